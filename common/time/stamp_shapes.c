/* SPDX-License-Identifier: MIT */
#include "time/stamp_parts.h"

/* Tried from the top; a row that begins like another stands before it if it asks for more.
 * What each letter stands for is said in stamp.h. */
/* clang-format off */
const struct stamp_row stamp_shapes[] = {
    { "iso", "Y-m-dgH:M:Sfpz", "2026-11-22T02:46:50.310980+01:00",
      "2026-11-22T02:60:50Z", stamp_fast_iso, false },
    { "clf", "d/b/YgH:M:Sfpz", "22/Nov/2026:02:46:50 +0100",
      "22/Nov/2026:24:46:50 +0100", stamp_fast_clf, false },
    { "syslog", "b e H:M:Sfzq", "Nov  2 02:46:50", "Nov 31 02:46:50", NULL, false },
    { "slash", "Y/m/dgH:M:Sfpz", "2026/11/22 02:46:50.123456",
      "2026/11/22 02:46:61", NULL, false },

    /* A weekday first: ctime and its kin, mail, HTTP, systemd. */
    { "ctime", "a b e H:M:Sfpzqz", "Sun Nov 22 02:46:50.123456 2026",
      "Sun Nov 22 02:66:50 2026", NULL, false },
    { "ctime-year-first", "a b e YgH:M:Sfpz", "Sun Nov 22 2026 02:46:50 GMT+0100 (CET)",
      "Sun Nov 31 2026 02:46:50", NULL, false },
    { "mail", "a, e b YgH:M:Sfz", "Sun, 22 Nov 2026 01:46:50 GMT",
      "Sun, 22 Nov 26 01:46:50 GMT", NULL, false },
    { "http-850", "a, d-b-y H:M:Sz", "Sunday, 22-Nov-26 01:46:50 GMT",
      "Sunday, 32-Nov-26 01:46:50 GMT", NULL, false },
    { "weekday-iso", "a Y-m-d H:M:Sfz", "Sun 2026-11-22 02:46:50.256 CET",
      "Sun 2026-11-22 02h46", NULL, false },
    { "weekday-day", "a e b Ygk:M:Sfpz", "Sun 22 Nov 2026 02:46:50 AM CET",
      "Sun 22 Foo 2026 02:46:50", NULL, false },
    { "weekday-long", "a, b e, Ygk:M:Sfpz", "Sunday, November 22, 2026 2:46:50 AM",
      "Sunday, November 22, 2026", NULL, false },

    /* The month in letters. */
    { "day-dash", "e-b-Ygk:M:Sfpz", "22-Nov-2026 02:46:50.123 Europe/Berlin",
      "22-Nov-2026 02:46:83", NULL, false },
    { "day-dash-short", "e-b-ygk:M:Sfpz", "22-Nov-26 02:46:50", "22-Nov-26 02h46", NULL, false },
    { "day-word", "e b Ygk:M:Sfpz", "22 Nov 2026 02:46:50,123", "22 Nov 2026 a", NULL, false },
    { "day-word-no-year", "e b H:M:Sfz", "22 Nov 02:46:50.123", "22 Nov 02h46m", NULL, false },
    { "day-slash", "e/b/Ygk:M:Sfpz", "2/Nov/2026 02:46:50", "2/Nov/2026 a", NULL, false },
    { "day-slash-short", "e/b/ygk:M:Sfpz", "22/Nov/26 02:46:50",
      "22/Nov/26 25:46:50", NULL, false },
    { "day-glued", "dbYgk:M:Sfpz", "22Nov2026  2:46:50", "22Nov2026 a", NULL, false },
    { "month-word", "b e, Ygk:M:Sfpz", "Nov 22, 2026 2:46:50 AM", "Nov 22, 2026 a", NULL, false },
    { "month-word-short", "b e, Ygk:Mpz", "Nov 22, 2026 2:46 AM", "Nov 22, 2026 2:66", NULL, false },
    { "month-word-year", "b e Ygk:M:Sfpz", "Nov 22 2026 02:46:50",
      "Nov 22 2026 2pm", NULL, false },
    { "year-month-word", "Y b e H:M:Sfz", "2026 Nov 22 02:46:50.123", "2026 Nov 22 a", NULL, false },
    { "year-month-dash", "Y-b-dgH:M:Sfpz", "2026-Nov-22 02:46:50.123",
      "2026-Nov-31 02:46:50", NULL, false },
    { "month-dash", "b-d-Ygk:M:Sfpz", "Nov-22-2026 02:46:50", "Nov-22-2026 a", NULL, false },
    { "month-dash-short", "b-d-ygk:M:Sfpz", "Nov-22-26 02:46:50", "Nov-22-26 a", NULL, false },
    { "month-dash-no-year", "b-d H:M:Sf", "Nov-22 02:46:50", "Nov-22 02h46", NULL, false },

    /* Numbers alone. */
    { "iso-loose", "Y-n-egk:M:Sfpz", "2026-11-22  2:46:50", "2026-11-22  2:4:50", NULL, false },
    { "slash-loose", "Y/n/egk:M:Sfpz", "2026/1/2 2:46:50 PM", "2026/1/2 PM", NULL, false },
    { "dots", "Y.n.egk:M:Sfpz", "2026.11.22 02:46:50", "2026.11.22.1", NULL, false },
    { "colons", "Y:m:dgH:M:Sfz", "2026:11:22-02:46:50", "2026:11:22:02", NULL, false },
    { "db2", "Y-m-d-H.M.Sfw", "2026-11-22-02.46.50.123456+060", "2026-11-22-02.46", NULL, false },
    { "iso-dashes", "Y-m-dgH-M-Sfz", "2026-11-22T02-46-50Z", "2026-11-22-02", NULL, false },
    { "ordinal", "Y-jgH:M:Sfz", "2026-326T01:46:50.123Z", "2026-366T01:46:50.123Z", NULL, false },
    { "week", "Y-VgH:M:Sfz", "2026-W47-7 01:46:50", "2026-W54-7 01:46:50", NULL, false },
    { "slash-year-last", "D/Ygk:M:Sfpz", "11/22/2026, 2:46:50 AM", "13/13/2026 02:46:50", NULL, false },
    { "dash-year-last", "D-Ygk:M:Sfpz", "22-11-2026 02:46:50", "22-13-2026 02:46:50", NULL, false },
    { "dots-year-last", "e.n.Ygk:M:Sfpz", "22.11.2026 - 02:46:50", "22.13.2026 02:46:50", NULL, false },
    { "dots-year-last-short", "e.n.ygk:M:Sfpz", "22.11.26 02:46:50", "22.13.26 02:46:50", NULL, false },
    { "slash-short-year", "Ogk:M:Sfpz", "26/11/22 02:46:50", "26/13/32 02:46:50", NULL, false },
    { "compact-t", "Ymd\\THMSfz", "20261122T014650.123+0100", "20261322T014650Z", NULL, false },
    { "compact-clock", "Ymdgk:M:Sfpz", "20261122-02:46:50:123", "20261322-02:46:50", NULL, false },
    { "compact", "YmdgHMSfz", "20261122 024650", "20261122 026650", NULL, false },
    { "compact-dot", "Ymd.HMSf", "20261122.024650", "20261122.0246", NULL, true },
    { "compact-glued", "YmdHMSf", "20261122024650", "20261322024650", NULL, true },
    { "short-clock", "ymdgk:M:Sf", "261122  2:46:50", "261322  2:46:50", NULL, false },
    { "short-compact", "ymd HMS", "261122 024650", "261122 026650", NULL, true },
    { "short-dash", "y-m-d H:M:Sfz", "26-11-22 02:46:50", "26-13-22 02:46:50", NULL, true },
    { "glog", "Lmd H:M:Sf", "E1122 02:46:50.123456", "E1322 02:46:50.123456", NULL, false },
    { "glog-year", "LYmd H:M:Sf", "E20261122 02:46:50.123456", "E20261322 02:46:50", NULL, false },
    { "month-day", "m-d H:M:Sf", "11-22 02:46:50.123", "11-32 02:46:50.123", NULL, true },
    { "month-day-slash", "m/dgH:M:Sf", "11/22 02:46:50", "13/22 02:46:50", NULL, true },
    { "month-day-dot", "m.d H:M:Sf", "11.22 02:46:50", "13.22 02:46:50", NULL, true },

    /* Without seconds. */
    { "iso-short", "Y-m-dgH:Mpz", "2026-11-22 02:46", "2026-11-22 02:46:83", NULL, false },
    { "slash-short", "Y/m/dgH:Mpz", "2026/11/22 02:46", "2026/11/22 02:46:83", NULL, false },
    { "slash-year-last-short", "D/Ygk:Mpz", "11/22/2026 2:46 AM", "11/22/2026 2:66 AM", NULL, false },

    /* The time of day first. */
    { "clock-iso", "H:M:Sf Y-m-d", "02:46:50.123 2026-11-22", "02:46:50 2026-13-22", NULL, true },
    { "clock-slash", "H:M:Sf D/Y", "02:46:50 22/11/2026", "02:46:50 22/13/2026", NULL, true },
    { "clock-word", "H:M:Sf e b Y", "02:46:50 22 Nov 2026", "02:46:50 22 Foo 2026", NULL, true },
    { "clock", "H:M:Sfpz", "02:46:50.123456", "02:66:50.123456", NULL, true },

    /* Counted from 1970. */
    { "epoch", "x", "1795312010.256", "179531201", NULL, true },
    { "epoch-at", "@x", "@1795312010", "@179531201", NULL, false },
    { "tai64n", "@t", "@400000006b02499b0f424000", "@400000006b02499b0f42", NULL, false },
};
/* clang-format on */

const size_t stamp_shapes_len = LEN(stamp_shapes);
