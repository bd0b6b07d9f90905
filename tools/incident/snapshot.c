/* SPDX-License-Identifier: MIT */
#include "snapshot.h"

#include "dashboard.h"

static enum status
read_size(const char *size, uint64_t *ret_width, uint64_t *ret_height)
{
    struct str height = str_of(size);
    struct str width = str_cut(&height, 'x');

    if (!str_to_u64(width, ret_width) || !str_to_u64(height, ret_height) || *ret_width < 1 ||
        *ret_height < 1 || *ret_width > 1000 || *ret_height > 1000)
        return fail(ERR_USAGE, "'%s' is not a size: WxH in characters, as 80x24", size);
    return OK;
}

enum status
snapshot_print(const struct view *v, const char *size, enum glyphs glyphs, bool color,
               struct strbuf *out)
{
    AUTO(cells) c = { 0 };
    uint64_t width, height;
    enum status st = read_size(size, &width, &height);

    if (st == OK)
        st = cells_open(&c, (int)width, (int)height, glyphs);
    if (st != OK)
        return st;
    dashboard_draw(v, &c);
    cells_print(&c, color, out);
    return strbuf_check(out);
}
