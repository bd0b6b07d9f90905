/* SPDX-License-Identifier: MIT */
#include "sources/compressed.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "sources/file.h"

enum { INPUT = 64 << 10 };

struct compressed;

/* Fills `out`; sets `ended` after the last member, or calls source_lacks(). */
struct codec {
    const unsigned char magic[4];
    size_t magic_len;
    const char *name;
    bool (*begin)(struct compressed *c);
    size_t (*fill)(struct compressed *c);
    void (*end)(struct compressed *c);
};

struct compressed {
    struct source base;
    const struct codec *codec;
    z_stream z;
    ZSTD_DStream *zstd;
    bool inside; /* a member or frame is open */
    bool ended;
    size_t in_at, in_n;
    uint64_t at, read; /* bytes out, bytes in */
    unsigned char in[INPUT];
    char out[SOURCE_CHUNK];
};

/* False at the end of the file. */
static bool
more_input(struct compressed *c)
{
    ssize_t n;

    if (c->in_at < c->in_n)
        return true;
    do
        n = read(c->base.fd, c->in, sizeof(c->in));
    while (n < 0 && errno == EINTR);
    c->in_at = 0;
    c->in_n = n > 0 ? (size_t)n : 0;
    c->read += c->in_n;
    return n > 0;
}

static void
stop(struct compressed *c, const char *why)
{
    source_lacks(&c->base, "%s data %s at byte %llu: what follows cannot be read",
                 c->codec->name, why, (unsigned long long)(c->read - (c->in_n - c->in_at)));
    c->ended = true;
}

static bool
gzip_begin(struct compressed *c)
{
    return inflateInit2(&c->z, 15 + 16) == Z_OK;
}

static void
gzip_end(struct compressed *c)
{
    inflateEnd(&c->z);
}

/* A member ended. What follows may be another, zeros that pad the file, or nothing. */
static void
gzip_member_ended(struct compressed *c)
{
    c->inside = false;
    inflateReset(&c->z);
}

static size_t
gzip_fill(struct compressed *c)
{
    c->z.next_out = (Bytef *)c->out;
    c->z.avail_out = sizeof(c->out);
    while (c->z.avail_out > 0 && !c->ended) {
        int is;

        if (!more_input(c)) {
            if (c->inside)
                stop(c, "end in the middle");
            c->ended = true;
            break;
        }
        if (!c->inside && c->in[c->in_at] == 0) {
            c->in_at++;
            continue;
        }
        c->inside = true;
        c->z.next_in = c->in + c->in_at;
        c->z.avail_in = (uInt)(c->in_n - c->in_at);
        is = inflate(&c->z, Z_NO_FLUSH);
        c->in_at = c->in_n - c->z.avail_in;
        if (is == Z_STREAM_END)
            gzip_member_ended(c);
        else if (is != Z_OK && is != Z_BUF_ERROR)
            stop(c, "are damaged");
    }
    return sizeof(c->out) - c->z.avail_out;
}

static bool
zstd_begin(struct compressed *c)
{
    c->zstd = ZSTD_createDStream();
    return c->zstd && !ZSTD_isError(ZSTD_initDStream(c->zstd));
}

static void
zstd_end(struct compressed *c)
{
    ZSTD_freeDStream(c->zstd);
}

static size_t
zstd_fill(struct compressed *c)
{
    ZSTD_outBuffer out = { c->out, sizeof(c->out), 0 };

    while (out.pos < out.size && !c->ended) {
        ZSTD_inBuffer in;
        size_t left;

        if (!more_input(c)) {
            if (c->inside)
                stop(c, "end in the middle");
            c->ended = true;
            break;
        }
        in = (ZSTD_inBuffer){ c->in, c->in_n, c->in_at };
        left = ZSTD_decompressStream(c->zstd, &out, &in);
        c->in_at = in.pos;
        if (ZSTD_isError(left))
            stop(c, "are damaged");
        else
            c->inside = left > 0;
    }
    return out.pos;
}

static const struct codec codecs[] = {
    { { 0x1f, 0x8b }, 2, "gzip", gzip_begin, gzip_fill, gzip_end },
    { { 0x28, 0xb5, 0x2f, 0xfd }, 4, "zstd", zstd_begin, zstd_fill, zstd_end },
};

static const struct codec *
codec_of(const unsigned char magic[4])
{
    for (size_t i = 0; i < LEN(codecs); i++)
        if (memcmp(magic, codecs[i].magic, codecs[i].magic_len) == 0)
            return &codecs[i];
    return NULL;
}

bool
compressed_is(const unsigned char magic[4])
{
    return codec_of(magic) != NULL;
}

static enum status
compressed_next(struct source *s, struct source_chunk *ret, bool *ret_more)
{
    struct compressed *c = (struct compressed *)s;
    size_t n = c->ended ? 0 : c->codec->fill(c);

    *ret = (struct source_chunk){ { c->out, n }, c->at, false };
    c->at += n;
    *ret_more = n > 0;
    return OK;
}

static void
compressed_close(struct source *s)
{
    struct compressed *c = (struct compressed *)s;

    c->codec->end(c);
    close(s->fd);
    free(c);
}

static const struct source_ops compressed = {
    .kind = "file",
    .help = "gzip or zstd",
    .next = compressed_next,
    .close = compressed_close,
};

enum status
compressed_open(struct source **ret, int fd, const char *path, const unsigned char magic[4])
{
    struct compressed *c = calloc(1, sizeof(*c));
    struct stat st;

    if (c == NULL) {
        close(fd);
        return fail(ERR_SYSTEM, "no memory left");
    }
    c->base.ops = &compressed;
    c->base.fd = fd;
    c->codec = codec_of(magic);
    if (fstat(fd, &st) == 0)
        c->base.modified = SECONDS(st.st_mtim.tv_sec) + st.st_mtim.tv_nsec;
    if (!c->codec->begin(c)) {
        compressed_close(&c->base);
        return fail(ERR_SYSTEM, "%s: no memory to read %s", path, c->codec->name);
    }
    *ret = &c->base;
    return OK;
}
