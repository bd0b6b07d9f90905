/* SPDX-License-Identifier: MIT */
#include "observe/holder_files.h"

/* clang-format off */
const struct holder_kind holder_kinds[] = {
    { .name = "process", .help = "a running process: what its environment was when it began",
      .read = holder_process, .path = "/proc/%/environ",
      .sample = "DB_PASSWORD=s3sample",
      .sample_name = "process HERE DB_PASSWORD" },
    { .name = "env-file", .help = "a .env file",
      .read = holder_env_file, .path = "%",
      .sample = "# comment\nexport DATABASE_URL=\"postgresql://app:s3sample@db/shop\"\n",
      .sample_name = "HERE line 2" },
    { .name = "pgpass", .help = "a password file of libpq",
      .read = holder_passfile, .path = "%",
      .sample = "db:5432:shop:app:s3sample\n",
      .sample_name = "HERE line 1" },
    { .name = "service", .help = "a connection service file of libpq",
      .read = holder_service, .path = "%",
      .sample = "[shop]\nhost=db\npassword=s3sample\n",
      .sample_name = "HERE [shop]" },
    { .name = "userlist", .help = "the auth_file of pgbouncer",
      .read = holder_userlist, .path = "%",
      .sample = "\"app\" \"s3sample\"\n",
      .sample_name = "HERE line 1" },
    { .name = "docker", .help = "a container, by docker inspect",
      .read = holder_docker, .argv = { "docker", "inspect", "%" },
      .sample = "[{\"Name\":\"/web-1\",\"Created\":\"2026-11-20T10:00:00.123456789Z\","
                "\"Config\":{\"Env\":[\"PATH=/bin\",\"PGPASSWORD=s3sample\"]}}]",
      .sample_name = "container web-1 PGPASSWORD" },
    { .name = "kubernetes", .help = "Secrets and Pods of a namespace, by kubectl get -o json",
      .read = holder_kubernetes,
      .argv = { "kubectl", "get", "secrets,pods", "--namespace", "%", "-o", "json",
                "--show-managed-fields" },
      .sample = "{\"kind\":\"List\",\"items\":[{\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\","
                "\"namespace\":\"shop\",\"creationTimestamp\":\"2026-08-20T10:00:00Z\"},"
                "\"data\":{\"password\":\"czNzYW1wbGU=\"}}]}",
      .sample_name = "Secret shop/db" },
    { .name = "vault", .help = "a secret of Vault's KV engine, version 2: its metadata",
      .read = holder_vault, .argv = { "vault", "kv", "metadata", "get", "-format=json", "%" },
      .sample = "{\"data\":{\"current_version\":7,\"updated_time\":\"2026-11-22T03:06:08.11Z\"}}",
      .sample_name = "vault HERE v7" },
    { .name = "aws", .help = "a secret of AWS Secrets Manager: its description",
      .read = holder_aws,
      .argv = { "aws", "secretsmanager", "describe-secret", "--output", "json", "--secret-id", "%" },
      .sample = "{\"Name\":\"shop/db\",\"LastChangedDate\":\"2026-11-22T03:06:08.118000+00:00\"}",
      .sample_name = "aws secret shop/db" },
    { .name = "github", .help = "GitHub Actions secrets of OWNER/NAME: when they were updated",
      .read = holder_github, .argv = { "gh", "api", "repos/%/actions/secrets" },
      .sample = "{\"total_count\":1,\"secrets\":[{\"name\":\"DB_PASSWORD\","
                "\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"2026-08-20T10:11:12Z\"}]}",
      .sample_name = "GitHub DB_PASSWORD" },
};
/* clang-format on */

const size_t holder_kinds_len = LEN(holder_kinds);
