/* SPDX-License-Identifier: MIT */
/* Drives a fuzz harness without a fuzzer, as a test: over the seed files it is given, then
 * over a bounded number of mutations of them from a fixed seed, so that it always does the
 * same. With -Dfuzz=true (clang) libFuzzer takes this file's place. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { SEED_MAX = 1 << 16, ROUNDS = 2000 };

static uint64_t state = 88172645463325252u;

static uint64_t
next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static size_t
mutate(uint8_t *bytes, size_t n)
{
    size_t at = n ? next_random() % n : 0;

    switch (n ? next_random() % 4 : 3) {
    case 0:
        bytes[at] = (uint8_t)next_random();
        return n;
    case 1:
        memmove(bytes + at, bytes + at + 1, n - at - 1);
        return n - 1;
    case 2:
        return at;
    default:
        if (n == SEED_MAX)
            return n;
        memmove(bytes + at + 1, bytes + at, n - at);
        bytes[at] = (uint8_t)next_random();
        return n + 1;
    }
}

/* Exactly as many bytes as there are, so that a read past the end is seen. */
static void
run(const uint8_t *bytes, size_t n)
{
    uint8_t *exact = malloc(n ? n : 1);

    memcpy(exact, bytes, n);
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
}

static void
run_with_mutations(const uint8_t *seed, size_t n)
{
    static uint8_t bytes[SEED_MAX];
    size_t now = n;

    memcpy(bytes, seed, n);
    run(seed, n);
    for (int i = 0; i < ROUNDS; i++) {
        if (i % 16 == 0) {
            memcpy(bytes, seed, n);
            now = n;
        }
        now = mutate(bytes, now);
        run(bytes, now);
    }
}

int
main(int argc, char **argv)
{
    static uint8_t seed[SEED_MAX];

    run_with_mutations(seed, 0);
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");

        if (file == NULL) {
            printf("not ok %d - %s cannot be read\n", i, argv[i]);
            continue;
        }
        run_with_mutations(seed, fread(seed, 1, sizeof(seed), file));
        fclose(file);
        printf("ok %d - nothing breaks on %s and %d mutations of it\n", i, argv[i], ROUNDS);
    }
    printf("ok %d - nothing breaks on nothing\n1..%d\n", argc, argc);
    return 0;
}
