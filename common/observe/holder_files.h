/* SPDX-License-Identifier: MIT */
#pragma once
#include "observe/holders.h"

/* Holders that are text of this machine, and those that are JSON of other systems' clients:
 * what the rows of holder_kinds[] read by. */

enum status holder_process(struct holders *h, const struct holder_text *t);
enum status holder_env_file(struct holders *h, const struct holder_text *t);
enum status holder_passfile(struct holders *h, const struct holder_text *t);
enum status holder_service(struct holders *h, const struct holder_text *t);
enum status holder_userlist(struct holders *h, const struct holder_text *t);

enum status holder_docker(struct holders *h, const struct holder_text *t);
enum status holder_kubernetes(struct holders *h, const struct holder_text *t);
enum status holder_vault(struct holders *h, const struct holder_text *t);
enum status holder_aws(struct holders *h, const struct holder_text *t);
enum status holder_github(struct holders *h, const struct holder_text *t);
