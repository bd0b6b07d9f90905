/* SPDX-License-Identifier: MIT */
#include "logs/spots.h"

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool
is_word(char c)
{
    return is_alnum(c) || c == '_';
}

static char
at_of(struct str text, size_t at)
{
    return at < text.n ? text.p[at] : '\0';
}

static char
before(struct str text, size_t at)
{
    return at > 0 ? text.p[at - 1] : '\0';
}

/* How many bytes of `set` (and letters and digits) stand at `at`. */
static size_t
run_of(struct str text, size_t at, const char *set)
{
    size_t n = 0;

    while (at + n < text.n &&
           (is_alnum(text.p[at + n]) || (text.p[at + n] && strchr(set, text.p[at + n]))))
        n++;
    return n;
}

static size_t
skip_spaces(struct str text, size_t at)
{
    while (is_space(at_of(text, at)))
        at++;
    return at;
}

/* `word` (lower case) stands at `at` in any case and is a whole word. */
static bool
is_here(struct str text, size_t at, const char *word)
{
    size_t n = strlen(word);

    if (at + n > text.n || is_word(at_of(text, at + n)))
        return false;
    for (size_t i = 0; i < n; i++)
        if ((text.p[at + i] | 0x20) != word[i])
            return false;
    return true;
}

static bool
begins_with(struct str text, const char *lower)
{
    size_t n = strlen(lower);

    for (size_t i = 0; i < n; i++)
        if (i >= text.n || (text.p[i] | 0x20) != lower[i])
            return false;
    return true;
}

static void
add_plain(struct spots *s, const char *rule, struct str text, size_t from, size_t n)
{
    struct spot found = {
        .rule = rule, .from = from, .to = from + n, .inner = str_head(str_skip(text, from), n)
    };

    if (n > 0 && !str_starts(found.inner, STR("‹secret")))
        spots_add(s, &found);
}

/* Role statements. */

/* "pass", "password", "pasword", "passwd", "passwrd": whatever a hurried hand makes of it. */
static bool
is_passwordish(struct str word)
{
    return word.n >= 3 && word.n <= 12 && (word.p[0] | 0x20) == 'p' &&
           ((word.p[1] | 0x20) == 'a' || (word.p[1] | 0x20) == 's' ||
            (word.p[1] | 0x20) == 'w') &&
           ((word.p[word.n - 1] | 0x20) == 'd' || is_here(word, 0, "pass") || word.n >= 7);
}

/* What may follow PASSWORD without being one. */
static bool
is_no_password(struct str text, size_t at)
{
    static const char *const words[] = { "null", "valid", "login", "nologin", "expire", "in" };

    for (size_t i = 0; i < LEN(words); i++)
        if (is_here(text, at, words[i]))
            return true;
    return str_starts(str_skip(text, at), STR("‹")) ||
           strchr(";:=<,)", at_of(text, at)) != NULL;
}

/* A statement is walked word by word to its end; what is told by the words before a string
 * decides whether it is a secret. */
struct walk {
    struct str text;
    const char *rule;
    struct spots *s;
    bool harmless; /* behind VALID UNTIL, SET name, COMMENT IS: strings are none */
    bool password; /* the last word was PASSWORD */
};

static size_t
walk_string(struct walk *w, size_t at)
{
    struct spot found = { .rule = w->rule };
    size_t open = at + (at_of(w->text, at) == '\\');
    bool identifier = at_of(w->text, open) == '"' && !w->password;

    if (!spot_quoted(w->text, at, &found))
        return at + 1 + (at_of(w->text, at + 1) == at_of(w->text, at));
    identifier |= before(w->text, at) == '@' || at_of(w->text, found.to) == '@'; /* MySQL */
    if (!w->harmless && !identifier && !str_starts(found.inner, STR("‹secret ")))
        spots_add(w->s, &found);
    w->password = false;
    return found.to;
}

static size_t
walk_word(struct walk *w, size_t at)
{
    size_t n = run_of(w->text, at, "_");
    struct str word = str_head(str_skip(w->text, at), n);
    size_t next = skip_spaces(w->text, at + n);

    w->password = is_passwordish(word);
    w->harmless &= !w->password;
    if (is_here(w->text, at, "until") || is_here(w->text, at, "set") ||
        is_here(w->text, at, "is"))
        w->harmless = true;
    if (w->password && at_of(w->text, next) == '=')
        next = skip_spaces(w->text, next + 1);
    if (!w->password || next >= w->text.n || is_no_password(w->text, next) ||
        strchr("'\"$`\\", w->text.p[next]) ||
        (strchr("eEuUxXbBnN", w->text.p[next]) && strchr("'&", at_of(w->text, next + 1)) &&
         at_of(w->text, next + 1)))
        return next > at + n ? next : at + n;
    /* PASSWORD hunter2: a syntax error, and a leak all the same */
    n = 0;
    while (next + n < w->text.n && !is_space(w->text.p[next + n]) &&
           !strchr(";'\"", w->text.p[next + n]))
        n++;
    add_plain(w->s, w->rule, w->text, next, n);
    return next + MAX(n, 1);
}

static size_t
walk_step(struct walk *w, size_t at)
{
    char c = w->text.p[at], next = at_of(w->text, at + 1);
    bool prefixed = next == '\'' && strchr("eExXbBnN", c) && !is_word(before(w->text, at));

    if (c == '\'' || c == '"' || c == '$' || c == '`' || prefixed ||
        ((c | 0x20) == 'u' && str_starts(str_skip(w->text, at + 1), STR("&'"))) ||
        (c == '\\' && (next == '"' || next == '\'')))
        return walk_string(w, at);
    if (is_word(c))
        return walk_word(w, at);
    return at + 1;
}

/* ALTER|CREATE ROLE|USER|GROUP: every string to the end of the statement, whatever stands
 * between. */
static void
find_role_statement(struct str text, size_t at, size_t length, const char *rule,
                    struct spots *s)
{
    struct walk w = { .text = text, .rule = rule, .s = s };
    size_t verb = skip_spaces(text, at + length);
    size_t name;

    if (verb == at + length || is_word(before(text, at)) ||
        !(is_here(text, verb, "role") || is_here(text, verb, "user") ||
          is_here(text, verb, "group")))
        return;
    name = skip_spaces(text, verb + run_of(text, verb, "_"));
    if (is_here(text, name, "mapping"))
        return;
    while (name < text.n && text.p[name] != ';') {
        if (text.p[name] == '\n' && !spot_goes_on(text, name))
            return;
        name = walk_step(&w, name);
    }
}

/* PASSWORD 'x' without the statement it belongs to; IDENTIFIED BY 'x'. */
static void
find_before_string(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    struct spot found = { .rule = rule };
    size_t next = skip_spaces(text, at + length);

    if (next == at + length || at_of(text, next) == '"' || at_of(text, next) == '`' ||
        !spot_quoted(text, next, &found))
        return;
    if (!spot_is_blank(found.inner) && !is_space(found.inner.p[0]))
        spots_add(s, &found);
}

/* Keys and values. */

static bool
has_digit_or_cases(struct str value)
{
    bool lower = false, upper = false, digit = false;

    for (size_t i = 0; i < value.n; i++) {
        digit |= value.p[i] >= '0' && value.p[i] <= '9';
        lower |= value.p[i] >= 'a' && value.p[i] <= 'z';
        upper |= value.p[i] >= 'A' && value.p[i] <= 'Z';
    }
    return digit || (lower && upper);
}

/* The word after "--password ". */
static void
add_argument(struct spots *s, const char *rule, struct str text, size_t at)
{
    struct str rest = str_skip(text, at), word = str_head(rest, str_find_byte(rest, ' '));

    word = str_head(word, str_find_byte(word, '\n'));
    if (!spot_is_blank(word))
        add_plain(s, rule, text, at, word.n);
}

/* A key that says its value is a password, not something about one. `prior` stands before. */
static bool
is_password_key(struct str name, char prior)
{
    static const char *const about[] = { "file",   "FILE",  "encryption", "less",   "path",
                                         "length", "min",   "max",        "policy", "changed",
                                         "expir",  "reset", "_at",        "hint" };
    static const char *const begins[] = { "passw", "paswo", "passphr", "passcode", "pgpass" };
    bool is = false;

    for (size_t i = 0; i < LEN(about); i++)
        if (str_find(name, str_of(about[i])) != SIZE_MAX)
            return false;
    for (size_t i = 0; i < LEN(begins); i++)
        is |= begins_with(name, begins[i]);
    return is || ((name.n == 3 || name.n == 4) && !(prior >= 'a' && prior <= 'z'));
}

/* password=, "db_password": , PGPASSWORD=, Pwd=, --password x */
static void
find_password(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    struct spot found = { 0 };
    size_t word = length - !is_word(text.p[at + length - 1]);
    size_t key = at + word + run_of(text, at + word, "_-.");
    struct str name = str_head(str_skip(text, at), key - at);

    if (!is_password_key(name, before(text, at)))
        return;
    if (spot_value(text, key, &found) && !(name.n == 3 && found.inner.p[0] == '/')) {
        found.rule = rule;
        spots_add(s, &found);
    }
    if (before(text, at) == '-' && at_of(text, key) == ' ' && at_of(text, key + 1) != '-')
        add_argument(s, rule, text, key + 1);
}

/* token=, secret_key: , apikey= : words that prose uses too, so the value must look the part.
 */
static void
find_token(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    struct spot found = { 0 };
    size_t key = at + length + run_of(text, at + length, "_-");

    if (!spot_value(text, key, &found) || found.inner.n < 8 || !has_digit_or_cases(found.inner))
        return;
    for (size_t i = 0; i < found.inner.n; i++)
        if (is_space(found.inner.p[i]) || strchr("(){}<>", found.inner.p[i]))
            return;
    found.rule = rule;
    spots_add(s, &found);
}

/* <password>x</password> */
static void
find_element(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    size_t end = str_find_byte(str_skip(text, at + length), '<');

    if (end != SIZE_MAX && end < 256 && at_of(text, at + length + end + 1) == '/')
        add_plain(s, rule, text, at + length, end);
}

/* URLs. */

/* scheme://user:secret@host. A password may hold what a URL may not: @ and /. */
static void
find_userinfo(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    struct str rest = str_skip(text, at + length), run;
    size_t n = 0, colon, slash, last = SIZE_MAX;
    struct spot found = { .rule = rule, .spelling = SPELLED_PERCENT };

    while (n < rest.n && !is_space(rest.p[n]) && !strchr("\"'<>`", rest.p[n]))
        n++;
    run = str_head(rest, n);
    colon = str_find_byte(run, ':');
    slash = str_find_byte(run, '/');
    if (colon == SIZE_MAX || slash < colon)
        return;
    if (slash != SIZE_MAX && str_find_byte(str_head(run, slash), '@') != SIZE_MAX)
        run = str_head(run, slash);
    else if (slash != SIZE_MAX && colon + 1 + strspn(run.p + colon + 1, "0123456789") == slash)
        return; /* a port */
    for (size_t i = colon + 1; i < run.n; i++)
        if (run.p[i] == '@')
            last = i;
    if (last == SIZE_MAX || last == colon + 1)
        return;
    found.inner = str_head(str_skip(run, colon + 1), last - colon - 1);
    found.from = at + length + colon + 1;
    found.to = found.from + found.inner.n;
    if (!spot_is_blank(found.inner))
        spots_add(s, &found);
}

/* Things that are secrets by their shape. */

/* "SCRAM-SHA-256$4096:salt$stored:server" */
static void
find_verifier(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    size_t n = run_of(text, at + length, "+/=:$");

    if (n >= 20)
        add_plain(s, rule, text, at, length + n);
}

/* "md5" and 32 hex digits */
static void
find_md5(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    size_t n = 0;

    (void)length;
    while (at + 3 + n < text.n && strchr("0123456789abcdefABCDEF", text.p[at + 3 + n]) &&
           text.p[at + 3 + n])
        n++;
    if (n == 32 && !is_word(before(text, at)) && !is_word(at_of(text, at + 35)))
        add_plain(s, rule, text, at, 35);
}

/* "Authorization: Bearer x", "Authorization: Basic x", "authorization":"Token x" */
static void
find_authorization(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    struct spot found = { 0 };
    size_t from, scheme, n;

    if (!spot_value(text, at + length, &found) && found.inner.n == 0)
        return;
    from = (size_t)(found.inner.p - text.p);
    scheme = run_of(text, from, "-");
    if (at_of(text, from + scheme) == ' ')
        from += scheme + 1;
    n = run_of(text, from, "-._~+/=:");
    if (n >= 6 && !spot_is_blank(str_head(str_skip(text, from), n)))
        add_plain(s, rule, text, from, n);
}

/* "Bearer x" without its header */
static void
find_bearer(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    size_t from = at + length, n = run_of(text, from, "-._~+/=");

    if (n >= 16 && !is_word(before(text, at)) &&
        has_digit_or_cases(str_head(str_skip(text, from), n)))
        add_plain(s, rule, text, from, n);
}

/* header.payload.signature, each base64url */
static void
find_jwt(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    size_t n = run_of(text, at, "-_."), dots = 0;

    (void)length;
    for (size_t i = 0; i < n; i++)
        dots += text.p[at + i] == '.';
    if (text.p[at] == 'e' && text.p[at + 2] == 'J' && dots == 2 && n >= 24 &&
        !is_word(before(text, at)))
        add_plain(s, rule, text, at, n);
}

/* AKIA and 16 capitals or digits: an AWS key id */
static void
find_aws(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    size_t n = run_of(text, at, "");

    if (n != 20 || length != 4 || is_word(before(text, at)))
        return;
    for (size_t i = 0; i < n; i++)
        if (text.p[at + i] >= 'a' && text.p[at + i] <= 'z')
            return;
    add_plain(s, rule, text, at, n);
}

/* A prefix that somebody's tokens have, and at least 16 bytes behind it */
static void
find_prefixed(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    size_t n = run_of(text, at, "-_.");

    while (n > 0 && strchr(".-", text.p[at + n - 1]))
        n--;
    if (n >= length + 16 && !is_word(before(text, at)) &&
        has_digit_or_cases(str_head(str_skip(text, at + length), n - length)))
        add_plain(s, rule, text, at, n);
}

/* base64 of "postgres": a DSN in a Secret object */
static void
find_encoded_dsn(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    size_t n = run_of(text, at, "+/=");

    if (memcmp(text.p + at, "cG9zdGdyZ", length) == 0 && n >= 16) {
        add_plain(s, rule, text, at, n);
        if (s->len)
            s->items[s->len - 1].spelling = SPELLED_BASE64;
    }
}

/* A PEM block of a private key, to its END or to the end of all */
static void
find_private_key(struct str text, size_t at, size_t length, const char *rule, struct spots *s)
{
    struct str rest = str_skip(text, at + length);
    size_t head = str_find(str_head(rest, 40), STR("PRIVATE KEY-----"));
    size_t body, end;

    if (head == SIZE_MAX)
        return;
    body = at + length + head + strlen("PRIVATE KEY-----");
    end = str_find(str_skip(text, body), STR("-----END"));
    add_plain(s, rule, text, body, end == SIZE_MAX ? text.n - body : end);
}

/* clang-format off */
const struct spot_rule spot_rules[] = {
    { "role-statement", "alter|create", find_role_statement,
      "ALTER ROLE app WITH pasword 'hunter2'" },
    { "password-literal", "password|passwd|identified by", find_before_string,
      "OPTIONS (user 'app', password 'hunter2')" },
    { "password", "pass|paswo|pgpass|pwd=|pwd:|pwd\"|pwd'|pwd ", find_password,
      "host=db user=app password=hunter2" },
    { "element", "password>|passwd>|secret>", find_element, "<password>hunter2</password>" },
    { "token", "token|secret|api_key|apikey|api-key|access_key|accesskey|account_key|"
             "accountkey|"
      "credential|signature=", find_token, "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfi" },
    { "secret-object", "kind", spots_in_object,
      "apiVersion: v1\ndata:\n  url: aHVudGVyMg==\nkind: Secret\n" },
    { "dsn", "://", find_userinfo, "postgresql://app:hunter2@db/shop" },
    { "scram-verifier", "scram-sha-256$|scram-sha-1$", find_verifier,
      "SCRAM-SHA-256$4096:c2FsdHNhbHQ=$c3RvcmVkc3RvcmVk:c2VydmVyc2VydmVy" },
    { "md5-verifier", "md50|md51|md52|md53|md54|md55|md56|md57|md58|md59|md5a|md5b|md5c|md5d|"
             "md5e|md5f",
      find_md5, "md5d41d8cd98f00b204e9800998ecf8427e" },
    { "authorization", "authorization", find_authorization,
      "Authorization: Basic YXBwOmh1bnRlcjI=" },
    { "bearer", "bearer ", find_bearer, "sent Bearer abcdef0123456789abcdef" },
    { "jwt", "eyjh|eyj0|eyjr|eyjw|eyjp|eyjz|eyjj|eyju|eyjl|eyja|eyjt", find_jwt,
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcHAifQ.c2lnbmF0dXJl" },
    { "aws-key-id", "akia|asia", find_aws, "AKIAIOSFODNN7EXAMPLE" },
    { "prefixed-token", "hvs.|hvb.|hvr.|ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|glpat-|xoxb-|"
             "xoxp-|xoxa-|"
      "sk_live_|rk_live_|npm_|dop_v1_|ya29.|"
      "aiza", find_prefixed, "ghp_abcdefghijklmnopqrstuvwxyz0123456789" },
    { "encoded-dsn", "cg9zdgdyz", find_encoded_dsn, "url: "
             "cG9zdGdyZXM6Ly9hcHA6aHVudGVyMkBkYi9zaG9w" },
    { "private-key", "-----begin ", find_private_key,
      "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----" },
};
/* clang-format on */
const size_t spot_rules_len = LEN(spot_rules);
