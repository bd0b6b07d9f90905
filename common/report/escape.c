/* SPDX-License-Identifier: MIT */
#include "report/escape.h"

#include "base/utf8.h"

/* Adds `text` with every byte of `bytes` replaced by the word of the same place. */
static void
replace(struct strbuf *out, struct str text, const char *bytes, const char *const *words)
{
    for (size_t i = 0; i < text.n; i++) {
        const char *at = text.p[i] ? strchr(bytes, text.p[i]) : NULL;

        if (at)
            strbuf_adds(out, words[at - bytes]);
        else
            strbuf_addc(out, text.p[i]);
    }
}

static void
show(struct strbuf *out, struct str text, const char *bytes, const char *const *words)
{
    AUTO(strbuf) safe = { 0 };

    utf8_show(&safe, text, false);
    replace(out, strbuf_str(&safe), bytes, words);
}

void
escape_html(struct strbuf *out, struct str text)
{
    static const char *const words[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };

    show(out, text, "&<>\"'", words);
}

void
escape_script(struct strbuf *out, struct str json)
{
    static const char *const words[] = { "\\u0026", "\\u003c", "\\u003e" };

    replace(out, json, "&<>", words);
}

void
escape_markdown(struct strbuf *out, struct str text)
{
    static const char *const words[] = {
        "\\\\", "\\`", "\\*", "\\_", "\\[", "\\]", "&lt;", "&gt;", "&amp;", "\\|", "\\#", "\\~",
    };

    show(out, text, "\\`*_[]<>&|#~", words);
}
