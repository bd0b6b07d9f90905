/* SPDX-License-Identifier: MIT */
#include "report/style.h"

/* clang-format off */
const char *const report_style[] = {
":root{color-scheme:light dark;--paper:#fdfdfc;--ink:#1c2024;--quiet:#59626d;--line:#d8dce1;"
"--wash:#f3f4f5;--well:#858f9a;--bad:#b3261e;--good:#1a6b49}\n",
"@media(prefers-color-scheme:dark){:root{--paper:#15181b;--ink:#e3e6e9;--quiet:#9ba5b0;"
"--line:#30363c;--wash:#1d2125;--well:#6d7782;--bad:#ff8f85;--good:#6fd0a3}}\n",
"*{box-sizing:border-box}\n",
"html{-webkit-text-size-adjust:100%}\n",
"body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"
"\"Segoe UI\",Roboto,\"Noto Sans\",\"Liberation Sans\",\"DejaVu Sans\",sans-serif;"
"font-variant-numeric:tabular-nums}\n",
"main{max-width:43rem;margin:0 auto;padding:3.5rem 1.25rem 6rem}\n",
"h1{font-size:1.75rem;line-height:1.25;font-weight:600;margin:.2rem 0 1.6rem;"
"letter-spacing:-.01em;overflow-wrap:anywhere}\n",
"h2{font-size:1.12rem;line-height:1.3;font-weight:600;margin:3.2rem 0 .9rem}\n",
"p{margin:0 0 .9rem}\n",
"header+section h2{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n",
"header+section p:first-of-type{font-size:1.14rem;line-height:1.5}\n",
"header+section strong{font-weight:400}\n",
"a{color:inherit;text-decoration-color:var(--quiet);text-underline-offset:.2em}\n",
"a:focus-visible,.scroll:focus-visible{outline:2px solid var(--ink);outline-offset:2px}\n",
"strong{font-weight:600}\n",
".quiet,caption,figcaption,.prompt,dt{color:var(--quiet)}\n",
".state{margin:0;font-weight:600;text-transform:uppercase;letter-spacing:.08em;font-size:.8rem;"
"color:var(--quiet)}\n",
".state.failing{color:var(--bad)}\n",
".state.recovered,.state.healthy{color:var(--good)}\n",
"code{font:.86em/1.45 ui-monospace,\"SF Mono\",Menlo,Consolas,\"Liberation Mono\","
"\"DejaVu Sans Mono\",monospace;overflow-wrap:anywhere}\n",
"bdi{overflow-wrap:anywhere}\n",
".figures{display:grid;grid-template-columns:1.7fr 1fr 1fr 1fr;gap:1.2rem;"
"margin:1.8rem 0;padding:1.2rem 0;border:solid var(--line);border-width:1px 0}\n",
".figures div{display:flex;flex-direction:column}\n",
".figures dd{margin:0;font-size:1.35rem;line-height:1.25;font-weight:600;letter-spacing:-.01em}\n",
".figures dt{font-size:.82rem;line-height:1.35;margin-top:.2rem}\n",
"figure{margin:1.6rem 0 1.2rem}\n",
"figcaption,caption{font-size:.82rem;text-align:left}\n",
"figcaption{margin-top:.3rem}\n",
"caption{padding:0 0 .4rem}\n",
".scroll{overflow-x:auto;margin:1.3rem 0}\n",
"table{border-collapse:collapse;width:100%;font-size:.86rem;line-height:1.42}\n",
"th,td{text-align:left;vertical-align:top;padding:.36rem .9rem .36rem 0;font-weight:400;"
"border-top:1px solid var(--line)}\n",
"th:last-child,td:last-child{padding-right:0}\n",
"td,[data-is]{white-space:nowrap}td.wide{white-space:normal}\n",
"thead th{border-top:0;color:var(--quiet);font-size:.78rem;white-space:nowrap;"
"vertical-align:bottom}\n",
".number{text-align:right;white-space:nowrap;padding-right:1.5rem}\n",
"tr:target>*{background:var(--wash)}\n",
".wide{min-width:7.5rem}\n",
".command{margin:0 0 .9rem}\n",
".command code{display:inline-block;margin-top:.15rem;padding:.3rem .6rem;background:var(--wash);"
"border-radius:4px}\n",
".blank{border:1px solid var(--line);border-radius:4px;min-height:5.5rem;margin:0 0 1rem}\n",
"svg{display:block;width:100%;height:auto;overflow:visible;font-size:11.5px}\n",
"svg text{fill:var(--ink)}\n",
".end{text-anchor:end}.mid{text-anchor:middle}\n",
"svg .tick,svg .total,svg .note{fill:var(--quiet)}\n",
".hair{stroke:var(--line);stroke-width:1}.base{stroke:var(--well);stroke-width:1}\n",
".calm{fill:var(--well);opacity:.5}.well{fill:var(--well)}.bad{fill:var(--bad)}.change{fill:var(--well)}\n",
".rotation{fill:var(--ink)}.whisker{stroke:var(--ink);stroke-width:1.5}\n",
".doubt{fill:var(--well);opacity:.25}\n",
".share{stroke:var(--good);stroke-width:2}.share-bad{stroke:var(--bad);stroke-width:2}\n",
".onset{fill:var(--bad);opacity:.55}.recovery{fill:var(--good);opacity:.55}\n",
"svg .bad-ink{fill:var(--bad)}svg .good-ink{fill:var(--good)}\n",
"@media(max-width:34rem){.figures{grid-template-columns:1fr 1fr}main{padding-top:1.5rem}figure{overflow-x:auto}svg{min-width:34rem}}\n",
"@page{size:A4;margin:18mm 16mm}\n",
"@media print{:root{--paper:#fff;--ink:#000;--quiet:#4a4a4a;--line:#bbb;--wash:#f2f2f2;"
"--well:#888;--bad:#a3160f;--good:#0f5a3a}body{font-size:9.5pt;line-height:1.4}"
"main{max-width:none;padding:0}h2{margin-top:1.6rem;break-after:avoid}"
"figure,tr,.figures,.blank{break-inside:avoid}.scroll{overflow:visible;margin:.7rem 0}"
"thead{display:table-header-group}th,td{padding-top:.2rem;padding-bottom:.2rem}.blank{min-height:3.5rem}a{text-decoration:none}"
"*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n",
"@media(prefers-contrast:more){:root{--quiet:var(--ink);--line:var(--ink)}}\n",
};
/* clang-format on */
const size_t report_style_len = LEN(report_style);
