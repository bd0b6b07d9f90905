/* SPDX-License-Identifier: MIT */
#include "logs/languages.h"

#include <stdlib.h>

enum severity {
    SEVERITY_DEBUG,
    SEVERITY_LOG,
    SEVERITY_INFO,
    SEVERITY_NOTICE,
    SEVERITY_WARNING,
    SEVERITY_ERROR,
    SEVERITY_FATAL,
    SEVERITY_PANIC,
};

static const char *const severity_names[] = {
    "DEBUG", "LOG", "INFO", "NOTICE", "WARNING", "ERROR", "FATAL", "PANIC",
};

static const char *const tag_names[] = {
    "", "DETAIL", "HINT", "CONTEXT", "STATEMENT", "QUERY", "LOCATION", "BACKTRACE",
};

struct word {
    const char *word;
    int means; /* enum severity or enum tag */
};

/* In the order of their bytes. */
/* clang-format off */
static const struct word severities[] = {
    { "ATTENTION", SEVERITY_WARNING },
    { "ATTENZIONE", SEVERITY_WARNING },
    { "DEBUG", SEVERITY_DEBUG },
    { "ERREUR", SEVERITY_ERROR },
    { "ERROR", SEVERITY_ERROR },
    { "ERRORE", SEVERITY_ERROR },
    { "FATAL", SEVERITY_FATAL },
    { "FATALE", SEVERITY_FATAL },
    { "FATALT", SEVERITY_FATAL },
    { "FEHLER", SEVERITY_ERROR },
    { "FEL", SEVERITY_ERROR },
    { "HINWEIS", SEVERITY_NOTICE },
    { "INFO", SEVERITY_INFO },
    { "LOG", SEVERITY_LOG },
    { "LOGG", SEVERITY_LOG },
    { "NOTICE", SEVERITY_NOTICE },
    { "NOTIFICA", SEVERITY_NOTICE },
    { "NOTIS", SEVERITY_NOTICE },
    { "PANIC", SEVERITY_PANIC },
    { "PANICO", SEVERITY_PANIC },
    { "PANIK", SEVERITY_PANIC },
    { "VARNING", SEVERITY_WARNING },
    { "WARNING", SEVERITY_WARNING },
    { "WARNUNG", SEVERITY_WARNING },
    { "ІНФОРМАЦІЯ", SEVERITY_INFO },
    { "ВАЖНО", SEVERITY_FATAL },
    { "ЗАМЕЧАНИЕ", SEVERITY_NOTICE },
    { "ЗАПИСУВАННЯ", SEVERITY_LOG },
    { "ИНФОРМАЦИЯ", SEVERITY_INFO },
    { "НАЛАГОДЖЕННЯ", SEVERITY_DEBUG },
    { "ОТЛАДКА", SEVERITY_DEBUG },
    { "ОШИБКА", SEVERITY_ERROR },
    { "ПАНІКА", SEVERITY_PANIC },
    { "ПАНИКА", SEVERITY_PANIC },
    { "ПОВІДОМЛЕННЯ", SEVERITY_NOTICE },
    { "ПОМИЛКА", SEVERITY_ERROR },
    { "ПОПЕРЕДЖЕННЯ", SEVERITY_WARNING },
    { "ПРЕДУПРЕЖДЕНИЕ", SEVERITY_WARNING },
    { "СООБЩЕНИЕ", SEVERITY_LOG },
    { "ФАТАЛЬНО", SEVERITY_FATAL },
    { "გამართვა", SEVERITY_DEBUG },
    { "გაფრთხილება", SEVERITY_NOTICE },
    { "ინფორმაცია", SEVERITY_INFO },
    { "პანიკა", SEVERITY_PANIC },
    { "ჟურნალი", SEVERITY_LOG },
    { "ფატალური", SEVERITY_FATAL },
    { "შეცდომა", SEVERITY_ERROR },
    { "信息", SEVERITY_INFO },
    { "嚴重錯誤", SEVERITY_PANIC },
    { "日志", SEVERITY_LOG },
    { "日誌", SEVERITY_LOG },
    { "注意", SEVERITY_NOTICE },
    { "灾难性错误", SEVERITY_PANIC },
    { "致命錯誤", SEVERITY_FATAL },
    { "致命错误", SEVERITY_FATAL },
    { "警告", SEVERITY_WARNING },
    { "调试", SEVERITY_DEBUG },
    { "資訊", SEVERITY_INFO },
    { "錯誤", SEVERITY_ERROR },
    { "错误", SEVERITY_ERROR },
    { "除錯", SEVERITY_DEBUG },
    { "경고", SEVERITY_WARNING },
    { "디버그", SEVERITY_DEBUG },
    { "로그", SEVERITY_LOG },
    { "손상", SEVERITY_PANIC },
    { "알림", SEVERITY_NOTICE },
    { "오류", SEVERITY_ERROR },
    { "정보", SEVERITY_INFO },
    { "치명적오류", SEVERITY_FATAL },
};

static const struct word tags[] = {
    { "ANFRAGE", TAG_QUERY },
    { "ANWEISUNG", TAG_STATEMENT },
    { "ASTUCE", TAG_HINT },
    { "BACKTRACE", TAG_BACKTRACE },
    { "CONSULTA", TAG_QUERY },
    { "CONTESTO", TAG_CONTEXT },
    { "CONTEXT", TAG_CONTEXT },
    { "CONTEXTE", TAG_CONTEXT },
    { "CONTEXTO", TAG_CONTEXT },
    { "DETAIL", TAG_DETAIL },
    { "DETALJ", TAG_DETAIL },
    { "DETALLE", TAG_DETAIL },
    { "DETTAGLI", TAG_DETAIL },
    { "DÉTAIL", TAG_DETAIL },
    { "FRÅGA", TAG_QUERY },
    { "HINT", TAG_HINT },
    { "INSTRUCTION", TAG_STATEMENT },
    { "ISTRUZIONE", TAG_STATEMENT },
    { "KONTEXT", TAG_CONTEXT },
    { "LOCATION", TAG_LOCATION },
    { "PILE D'APPEL", TAG_BACKTRACE },
    { "QUERY", TAG_QUERY },
    { "REQUÊTE", TAG_QUERY },
    { "SATS", TAG_STATEMENT },
    { "SENTENCIA", TAG_STATEMENT },
    { "STATEMENT", TAG_STATEMENT },
    { "SUGGERIMENTO", TAG_HINT },
    { "TIPP", TAG_HINT },
    { "TIPS", TAG_HINT },
    { "ZUSAMMENHANG", TAG_CONTEXT },
    { "ІНСТРУКЦІЯ", TAG_STATEMENT },
    { "ВІДОМОСТІ", TAG_DETAIL },
    { "ВІДСТЕЖУВАТИ", TAG_BACKTRACE },
    { "ЗАПИТ", TAG_QUERY },
    { "ЗАПРОС", TAG_QUERY },
    { "КОНТЕКСТ", TAG_CONTEXT },
    { "ОПЕРАТОР", TAG_STATEMENT },
    { "ПОДРОБНОСТИ", TAG_DETAIL },
    { "ПОДСКАЗКА", TAG_HINT },
    { "СТЕК", TAG_BACKTRACE },
    { "УКАЗІВКА", TAG_HINT },
    { "დეტალები", TAG_DETAIL },
    { "კონტექსტი", TAG_CONTEXT },
    { "მინიშნება", TAG_HINT },
    { "მოთხოვნა", TAG_QUERY },
    { "ოპერატორი", TAG_STATEMENT },
    { "სტეკი", TAG_BACKTRACE },
    { "バックトレース", TAG_BACKTRACE },
    { "ヒント", TAG_HINT },
    { "上下文", TAG_CONTEXT },
    { "問い合わせ", TAG_QUERY },
    { "回溯", TAG_BACKTRACE },
    { "提示", TAG_HINT },
    { "文", TAG_STATEMENT },
    { "文脈", TAG_CONTEXT },
    { "查詢", TAG_QUERY },
    { "查询", TAG_QUERY },
    { "詳情", TAG_DETAIL },
    { "詳細", TAG_DETAIL },
    { "详情", TAG_DETAIL },
    { "语句", TAG_STATEMENT },
    { "陳述式", TAG_STATEMENT },
    { "내용", TAG_CONTEXT },
    { "명령 구문", TAG_STATEMENT },
    { "상세정보", TAG_DETAIL },
    { "역추적", TAG_BACKTRACE },
    { "쿼리", TAG_QUERY },
    { "힌트", TAG_HINT },
};
/* clang-format on */

enum { WORD_MAX = 48 };

static int
compare(const void *key, const void *item)
{
    const struct str *word = key;
    const char *other = ((const struct word *)item)->word;
    size_t n = strlen(other);
    int order = memcmp(word->p, other, MIN(word->n, n));

    return order ? order : (word->n > n) - (word->n < n);
}

/* Without blanks at its end; French ends its tags in a no-break space. */
static struct str
trim_end(struct str word)
{
    for (;;) {
        if (word.n && word.p[word.n - 1] == ' ')
            word.n--;
        else if (str_ends(word, STR("\u00a0")))
            word.n -= 2;
        else
            return word;
    }
}

/* The row of the word before the first colon of `line`; `ret_after` gets what is behind it. */
static const struct word *
word_of(struct str line, const struct word *table, size_t n, struct str *ret_after)
{
    size_t colon = str_find_byte(str_head(line, WORD_MAX), ':');
    struct str word;
    const struct word *row;

    if (colon == SIZE_MAX || colon == 0)
        return NULL;
    word = trim_end(str_head(line, colon));
    row = word.n ? bsearch(&word, table, n, sizeof(*table), compare) : NULL;
    if (row)
        *ret_after = str_skip(line, colon + 1);
    return row;
}

enum tag
tag_of(struct str line, struct str *ret)
{
    struct str after;
    const struct word *row = word_of(line, tags, LEN(tags), &after);

    if (!row || !(after.n == 0 || after.p[0] == ' '))
        return TAG_NONE;
    if (ret)
        *ret = str_skip(after, str_starts(after, STR("  ")) ? 2 : after.n > 0);
    return (enum tag)row->means;
}

const char *
tag_name(enum tag tag)
{
    return tag_names[tag];
}

struct str
severity_of(struct str line, struct str *ret)
{
    struct str after;
    const struct word *row = word_of(line, severities, LEN(severities), &after);

    if (!row || !str_starts(after, STR("  ")) || str_starts(after, STR("   ")))
        return (struct str){ 0 };
    if (ret)
        *ret = str_skip(after, 2);
    return str_of(severity_names[row->means]);
}

struct str
severity_named(struct str word)
{
    const struct word *row = NULL;

    if (word.n)
        row = bsearch(&word, severities, LEN(severities), sizeof(*severities), compare);
    return row ? str_of(severity_names[row->means]) : (struct str){ 0 };
}
