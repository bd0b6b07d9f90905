/* SPDX-License-Identifier: MIT */
#include "net/api.h"
#include "observe/holder_files.h"

/* Every document of the text in turn: several answers may have been put one behind another. */
static enum status
each_document(struct holders *h, struct str text,
              enum status (*each)(struct holders *h, struct api_value root))
{
    enum status st = OK;

    for (text = str_trim(text); st == OK && text.n > 0;) {
        struct api *a;
        size_t used = 0;

        st = api_read(&a, text, &used);
        if (st != OK)
            return st;
        st = each(h, api_root(a));
        api_close(a);
        text = str_trim(str_skip(text, MAX(used, (size_t)1)));
    }
    return st;
}

/* The elements of an array, or the one object that stands in its place. */
static enum status
each_element(struct holders *h, struct api_value v,
             enum status (*each)(struct holders *h, struct api_value one))
{
    struct api_value first = api_at(v, 0);
    enum status st = OK;

    if (api_name(v, 0).n > 0 || !api_there(first))
        return each(h, v);
    for (size_t i = 0; st == OK && i < api_len(v); i++)
        st = each(h, api_at(v, i));
    return st;
}

static void
set_changed(struct holder *one, struct api_value when)
{
    double seconds;

    one->has_changed = holders_time(api_text(when), &one->changed);
    if (!one->has_changed && api_number(when, &seconds) && seconds > 0 && seconds < 9e9) {
        int64_t at = (int64_t)(seconds * 1000) * 1000000;

        one->changed = (struct span){ at, at + 999999 };
        one->has_changed = true;
    }
}

static void
set_taken(struct holder *one, struct str when, const char *mend)
{
    one->has_taken = holders_time(when, &one->taken);
    one->mend = mend;
}

static bool
set_secret(struct holder *one, struct str value)
{
    return one->has_secret = value.n > 0 && secret_set(&one->secret, value) == OK;
}

/* A pair of a container's environment, "NAME=value". */
static struct holder *
add_pair(struct holders *h, const char *kind, struct str name, struct str value)
{
    AUTO(secret) found = { 0 };
    struct holder *one;

    if (!holders_pair(h, name, value, &found))
        return NULL;
    one = holders_new(h, kind);
    if (!one)
        return NULL;
    one->has_secret = true;
    one->secret = found;
    found = (struct secret){ 0 };
    return one;
}

/* docker inspect CONTAINER. Its environment is fixed when it is created: a restart keeps it. */
static enum status
docker_one(struct holders *h, struct api_value c)
{
    struct api_value env = api_get(c, "Config.Env");
    struct str name = api_text(api_get(c, "Name")), created = api_text(api_get(c, "Created"));

    if (!api_there(api_get(c, "Config")))
        return fail(ERR_PARSE, "no answer of docker inspect");
    if (str_starts(name, STR("/")))
        name = str_skip(name, 1);
    for (size_t i = 0; i < api_len(env); i++) {
        struct str value = api_text(api_at(env, i)), variable = str_cut(&value, '=');
        struct holder *one = add_pair(h, "docker", variable, value);

        if (!one)
            continue;
        set_taken(one, created, "recreate");
        one->name = arena_strf(&h->memory, "container " STR_FMT " " STR_FMT, STR_ARG(name),
                               STR_ARG(variable));
    }
    return OK;
}

static enum status
docker_all(struct holders *h, struct api_value root)
{
    return each_element(h, root, docker_one);
}

enum status
holder_docker(struct holders *h, const struct holder_text *t)
{
    return each_document(h, t->text, docker_all);
}

static struct str
secret_name(struct holders *h, struct str space, struct str name)
{
    return arena_strf(&h->memory, "Secret " STR_FMT "/" STR_FMT, STR_ARG(space), STR_ARG(name));
}

/* The last write that the API server tells of. When it was created says nothing of that. */
static void
secret_changed(struct holder *one, struct api_value meta)
{
    struct api_value fields = api_get(meta, "managedFields");
    struct span when;

    for (size_t i = 0; i < api_len(fields); i++) {
        if (!holders_time(api_text(api_get(api_at(fields, i), "time")), &when))
            continue;
        if (!one->has_changed || when.low > one->changed.low)
            one->changed = when;
        one->has_changed = true;
    }
}

/* `data` is base64. */
static void
secret_value(struct holders *h, struct holder *one, struct api_value data)
{
    for (size_t i = 0; i < api_len(data) && !one->has_secret; i++) {
        struct str coded = api_text(api_at(data, i)), name = api_name(data, i);
        AUTO(secret) room = { 0 };
        size_t n = 0;

        if (secret_set(&room, coded) != OK ||
            !base64_read(coded, (uint8_t *)room.p, room.n, &n))
            continue;
        one->has_secret = holders_pair(h, name, (struct str){ room.p, n }, &one->secret);
    }
}

static enum status
kubernetes_secret(struct holders *h, struct api_value s)
{
    struct api_value meta = api_get(s, "metadata");
    struct holder *one = holders_new(h, "kubernetes");

    if (!one)
        return ERR_LIMIT;
    one->name =
        secret_name(h, api_text(api_get(meta, "namespace")), api_text(api_get(meta, "name")));
    secret_changed(one, meta);
    secret_value(h, one, api_get(s, "data"));
    /* Certificates, tokens and the like are nobody's database password. */
    if (api_len(api_get(s, "data")) > 0 && !one->has_secret)
        h->len--;
    return OK;
}

/* When the container of that name was started; empty if it does not run. */
static struct str
container_started(struct api_value pod, struct str name)
{
    struct api_value all = api_get(pod, "status.containerStatuses");

    for (size_t i = 0; i < api_len(all); i++)
        if (str_eq(api_text(api_get(api_at(all, i), "name")), name))
            return api_text(api_get(api_at(all, i), "state.running.startedAt"));
    return STR("");
}

struct pod {
    struct holders *h;
    struct api_value pod, container;
};

/* The container has `secret`'s value by its environment or a frozen mount. */
static struct holder *
add_consumer(const struct pod *p, struct str secret, const char *how)
{
    struct holder *one = holders_new(p->h, "kubernetes");
    struct api_value meta = api_get(p->pod, "metadata");
    struct str container = api_text(api_get(p->container, "name"));

    if (!one)
        return NULL;
    set_taken(one, container_started(p->pod, container), "restart");
    one->name = arena_strf(&p->h->memory, "pod " STR_FMT " " STR_FMT " (%s)",
                           STR_ARG(api_text(api_get(meta, "name"))), STR_ARG(container), how);
    if (secret.n > 0)
        one->source = secret_name(p->h, api_text(api_get(meta, "namespace")), secret);
    return one;
}

static void
pod_environment(const struct pod *p)
{
    struct api_value env = api_get(p->container, "env"),
                     from = api_get(p->container, "envFrom");

    for (size_t i = 0; i < api_len(env); i++) {
        struct api_value one = api_at(env, i);
        struct str secret = api_text(api_get(one, "valueFrom.secretKeyRef.name"));
        struct str name = api_text(api_get(one, "name")),
                   value = api_text(api_get(one, "value"));
        AUTO(secret) found = { 0 };
        struct holder *said;

        if (secret.n > 0)
            (void)add_consumer(p, secret, "env");
        if (value.n == 0 || !holders_pair(p->h, name, value, &found))
            continue;
        said = add_consumer(p, STR(""), "env, in clear");
        if (said)
            (void)set_secret(said, secret_reveal(&found));
    }
    for (size_t i = 0; i < api_len(from); i++) {
        struct str secret = api_text(api_get(api_at(from, i), "secretRef.name"));

        if (secret.n > 0)
            (void)add_consumer(p, secret, "env");
    }
}

/* The Secret behind a volume's name. */
static struct str
volume_secret(struct api_value pod, struct str volume)
{
    struct api_value all = api_get(pod, "spec.volumes");

    for (size_t i = 0; i < api_len(all); i++)
        if (str_eq(api_text(api_get(api_at(all, i), "name")), volume))
            return api_text(api_get(api_at(all, i), "secret.secretName"));
    return STR("");
}

/* A mounted Secret follows its source within a minute or so; a subPath of it never does. */
static void
pod_mounts(const struct pod *p)
{
    struct api_value mounts = api_get(p->container, "volumeMounts");

    for (size_t i = 0; i < api_len(mounts); i++) {
        struct api_value one = api_at(mounts, i);
        struct str secret = volume_secret(p->pod, api_text(api_get(one, "name")));
        bool frozen = api_there(api_get(one, "subPath"));
        struct holder *added;

        if (secret.n == 0)
            continue;
        added = add_consumer(p, secret, frozen ? "subPath" : "mount");
        if (added && !frozen) {
            added->has_taken = false;
            added->why =
                STR("the file follows the Secret; whether it is read again is not known");
        }
    }
}

static enum status
kubernetes_pod(struct holders *h, struct api_value pod)
{
    struct api_value all = api_get(pod, "spec.containers");

    for (size_t i = 0; i < api_len(all); i++) {
        struct pod p = { h, pod, api_at(all, i) };

        pod_environment(&p);
        pod_mounts(&p);
    }
    return OK;
}

/* kubectl get secret,pod -o json: a List, or one object. */
static enum status
kubernetes_object(struct holders *h, struct api_value o)
{
    struct str kind = api_text(api_get(o, "kind"));
    struct api_value items = api_get(o, "items");
    enum status st = OK;

    if (str_eq(kind, STR("Secret")))
        return kubernetes_secret(h, o);
    if (str_eq(kind, STR("Pod")))
        return kubernetes_pod(h, o);
    if (!api_there(items))
        return kind.n > 0 ? OK : fail(ERR_PARSE, "no answer of kubectl -o json");
    for (size_t i = 0; st == OK && i < api_len(items); i++)
        /* One level: a List holds no Lists. */
        if (!api_there(api_get(api_at(items, i), "items")))
            st = kubernetes_object(h, api_at(items, i));
    return st;
}

enum status
holder_kubernetes(struct holders *h, const struct holder_text *t)
{
    return each_document(h, t->text, kubernetes_object);
}

/* vault kv metadata get (no value) and vault kv get (with it), engine version 2. */
static enum status
vault_one(struct holders *h, struct api_value v)
{
    struct api_value data = api_get(v, "data"), version = api_get(data, "current_version"),
                     value = api_get(data, "data");
    double number = 0;
    struct holder *one = holders_new(h, "vault");

    if (!one)
        return ERR_LIMIT;
    set_changed(one, api_get(data, "updated_time"));
    if (!one->has_changed)
        set_changed(one, api_get(data, "metadata.created_time"));
    if (!one->has_changed)
        return fail(ERR_PARSE, "no answer of vault kv get or vault kv metadata get");
    if (!api_number(version, &number))
        (void)api_number(api_get(data, "metadata.version"), &number);
    one->name = arena_strf(&h->memory, "v%.0f", number);
    for (size_t i = 0; i < api_len(value) && !one->has_secret; i++)
        one->has_secret =
            holders_pair(h, api_name(value, i), api_text(api_at(value, i)), &one->secret);
    return OK;
}

/* The answers name no path: it is what was asked for. */
static void
name_them(struct holders *h, size_t from, const char *what, const char *where)
{
    for (size_t i = from; i < h->len; i++)
        h->all[i].name =
            arena_strf(&h->memory, "%s %s " STR_FMT, what, where, STR_ARG(h->all[i].name));
}

enum status
holder_vault(struct holders *h, const struct holder_text *t)
{
    size_t before = h->len;
    enum status st = each_document(h, t->text, vault_one);

    name_them(h, before, "vault", t->where);
    return st;
}

/* aws secretsmanager describe-secret (no value) and get-secret-value (with it). */
static enum status
aws_one(struct holders *h, struct api_value v)
{
    struct str name = api_text(api_get(v, "Name")), text = api_text(api_get(v, "SecretString"));
    struct holder *one = holders_new(h, "aws");
    struct api *inner;
    size_t used;

    if (!one)
        return ERR_LIMIT;
    set_changed(one, api_get(v, "LastChangedDate"));
    if (!one->has_changed)
        set_changed(one, api_get(v, "CreatedDate"));
    if (name.n == 0 || !one->has_changed)
        return fail(ERR_PARSE, "no answer of aws secretsmanager describe-secret");
    one->name = arena_strf(&h->memory, "aws secret " STR_FMT, STR_ARG(name));
    if (text.n == 0 || text.p[0] != '{') {
        (void)set_secret(one, text);
        return OK;
    }
    if (api_read(&inner, text, &used) != OK)
        return OK;
    (void)set_secret(one, api_text(api_get(api_root(inner), "password")));
    api_close(inner);
    return OK;
}

enum status
holder_aws(struct holders *h, const struct holder_text *t)
{
    return each_document(h, t->text, aws_one);
}

/* gh api repos/OWNER/NAME/actions/secrets, or gh secret list --json name,updatedAt. GitHub
 * never shows a value. */
static enum status
github_one(struct holders *h, struct api_value v)
{
    struct str name = api_text(api_get(v, "name"));
    struct holder *one;

    if (name.n == 0 || (h->variable && !str_eq(name, str_of(h->variable))))
        return OK;
    one = holders_new(h, "github");
    if (!one)
        return ERR_LIMIT;
    one->name = arena_strf(&h->memory, "GitHub " STR_FMT, STR_ARG(name));
    set_changed(one, api_get(v, "updated_at"));
    if (!one->has_changed)
        set_changed(one, api_get(v, "updatedAt"));
    return one->has_changed ? OK : fail(ERR_PARSE, "no answer of gh secret list --json");
}

static enum status
github_all(struct holders *h, struct api_value root)
{
    struct api_value secrets = api_get(root, "secrets");

    return each_element(h, api_there(secrets) ? secrets : root, github_one);
}

enum status
holder_github(struct holders *h, const struct holder_text *t)
{
    return each_document(h, t->text, github_all);
}
