# SPDX-License-Identifier: MIT
"""The story of rotation.sh: TAP on stdout."""
import datetime
import json
import os
import random
import subprocess
import sys
import time

import psycopg2

DIR, PORT, LOG, STACK, BIN = sys.argv[1:]
ROUNDS = int(os.environ.get("ROUNDS", "8"))
APP = f"host=127.0.0.1 port={PORT} dbname=shop user=shop_app"
ADMIN = f"host={DIR}/sock port={PORT} dbname=postgres user=postgres"
random.seed(1)
count = failed = 0

admin = psycopg2.connect(ADMIN)
admin.autocommit = True


def ok(good, words):
    global count, failed
    count += 1
    failed += not good
    print(f"{'' if good else 'not '}ok {count} - {words}", flush=True)
    return good


def sql(text, *values):
    with admin.cursor() as c:
        c.execute(text, values)
        return c.fetchall() if c.description else None


def rotate(role="shop_app"):
    """The window in which it took effect, in seconds."""
    begun = time.time()
    sql(f"alter role {role} password '{random.getrandbits(64):x}'")
    return begun, time.time()


def run(*words, env=None, code=None):
    done = subprocess.run(["dbprobe", *words], capture_output=True, text=True,
                          env={**os.environ, **(env or {})}, timeout=60)
    if code is not None and done.returncode != code:
        print(f"# {words}: exit {done.returncode}, wanted {code}: {done.stderr}")
    return done


def objects(*words, **how):
    return [json.loads(line) for line in run("--json", *words, **how).stdout.splitlines()]


def seconds(stamp):
    return datetime.datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()


def salts_are_the_catalogues():
    same = 0
    for _ in range(ROUNDS):
        rotate()
        want = sql("select left(encode(sha256(decode(split_part(split_part(rolpassword, '$', 2), ':', 2),"
                   " 'base64')), 'hex'), 8) from pg_authid where rolname = 'shop_app'")[0][0]
        got = [objects("--silent", f"{APP} sslmode={mode}")[0]["addresses"][0]["salt"]
               for mode in ("disable", "require")]
        same += got == [want, want]
    ok(same == ROUNDS, f"the salt is the catalogue's, plain and under TLS: {same} of {ROUNDS}")


def looks_leave_nothing():
    before, took = os.path.getsize(LOG), []
    for _ in range(ROUNDS * 10):
        stages = objects("--silent", f"{APP} sslmode=disable")[0]["stages"]
        took.append(sum(s["ms"] for s in stages if s["name"] in ("connect", "startup")))
    grown, took = os.path.getsize(LOG) - before, sorted(took)
    ok(grown == 0, f"{len(took)} looks: {grown} bytes of log")
    print(f"# median of a look {took[len(took) // 2]:.1f} ms")


def brackets_hold():
    watch = subprocess.Popen(["dbprobe", "watch", "--json", "-t", f"{DIR}/watch.timeline",
                              f"{APP} sslmode=disable"], stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, text=True)
    first = json.loads(watch.stdout.readline())
    ok(first["event"] == "watching", "watch begins")
    inside, widths = 0, []
    for _ in range(ROUNDS):
        time.sleep(random.uniform(0.25, 0.9))
        begun, ended = rotate()
        seen = json.loads(watch.stdout.readline())
        low, high = seconds(seen["earliest"]), seconds(seen["latest"])
        inside += low <= ended and high >= begun
        widths.append(high - low)
    watch.terminate()
    rest = watch.stdout.read()
    ok(inside == ROUNDS and rest == "", f"each rotation lies in the bracket told: {inside} of {ROUNDS}")
    print(f"# widest bracket {max(widths) * 1000:.0f} ms")
    last = objects("rotated", "-t", f"{DIR}/watch.timeline", "--role", "shop_app", APP,
                   env={"PGPASSWORD": "wrong"})
    ok(last[0]["how"] == "salts recorded on the timeline" and
       seconds(last[0]["earliest"]) <= ended and seconds(last[0]["latest"]) >= begun,
       "and what was recorded tells it afterwards, with no way in")


def expiry_is_told_apart():
    watch = subprocess.Popen(["dbprobe", "watch", "--json", f"{APP} sslmode=disable"],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    watch.stdout.readline()
    sql("alter role shop_app valid until '2020-01-01'")
    gone = json.loads(watch.stdout.readline())
    sql("alter role shop_app valid until 'infinity'")
    back = json.loads(watch.stdout.readline())
    watch.terminate()
    watch.wait()
    ok("changed" in gone["event"] and "back" in back["event"],
       "a role that expires shows another salt, and its own again afterwards")


OTHERS = ["checkpoint", "alter role shop_app connection limit 7", "alter role shop_app connection limit -1",
          "alter role shop_app rename to elsewhere; alter role elsewhere rename to shop_app",
          "alter role shop_app valid until '2031-01-01'", "alter role watcher password 'x'",
          "alter role shop_app set work_mem = '5MB'", "create table if not exists junk as select 1",
          "vacuum pg_authid"]


def the_wal_tells_when():
    exact = unsure = wrong = 0
    for _ in range(ROUNDS):
        for other in random.sample(OTHERS, random.randint(0, 3)):
            sql(other)
        begun, ended = rotate()
        for other in random.sample(OTHERS, random.randint(0, 3)):
            sql(other)
        said = objects("rotated", "--role", "shop_app", ADMIN)[0]
        if said["sure"]:
            low, high = seconds(said["earliest"]), seconds(said["latest"])
            inside = low <= ended and high >= begun and high - low < 0.1
            exact += inside
            wrong += not inside
        else:
            unsure += 1
        if not said["sure"] or not inside:
            print("#", said, begun, ended)
    ok(exact + unsure == ROUNDS and wrong == 0 and exact > 0,
       f"the commit told is the true one: {exact} of {ROUNDS}, {unsure} said to be unsure, {wrong} wrong")
    begun, ended = rotate()
    sql("drop extension pg_walinspect")
    said = objects("rotated", "--role", "shop_app", "--wal", f"{DIR}/data/pg_wal",
                   "--waldump", f"{BIN}/pg_waldump", ADMIN)[0]
    ok(said["how"] == "WAL, by pg_waldump" and begun <= seconds(said["latest"]) <= ended + 0.1,
       "by pg_waldump where the extension is not")
    said = run("--json", "rotated", "--role", "shop_app", ADMIN)
    ok(said.returncode == 1 and json.loads(said.stdout)["how"] == "gone", "what cannot be had is gone")
    ok("permission denied" in run("rotated", APP, env={"PGPASSWORD": password()}).stdout,
       "who may not see it is told so")
    sql("create extension pg_walinspect")


def password():
    value = f"{random.getrandbits(64):x}"
    sql(f"alter role shop_app password '{value}'")
    return value


def the_census_is_true():
    value, old, new = password(), [], []
    for i in range(3):
        old.append(psycopg2.connect(f"{APP} password={value} application_name=old-{i}"))
    time.sleep(0.05)
    value = password()
    time.sleep(0.05)
    for i in range(2):
        new.append(psycopg2.connect(f"{APP} password={value} application_name=new-{i}"))
    seen = objects("census", "--role", "shop_app", ADMIN)
    ok({s["application"]: s["predates"] for s in seen} ==
       {**{f"old-{i}": True for i in range(3)}, **{f"new-{i}": False for i in range(2)}},
       "the sessions of before, and no other, are older")
    seen = objects("census", APP, env={"PGPASSWORD": value})
    ok(len(seen) == 5 and all(s["seen"] for s in seen), "a role sees its own")
    sql("alter role watcher password 'w'")
    done = run("census", "--role", "shop_app", APP.replace("shop_app", "watcher"), env={"PGPASSWORD": "w"})
    ok("5 cannot be seen" in done.stdout and done.returncode == 3, "who may not see them is told so, not 0")
    for one in old + new:
        one.close()


def a_login_agrees():
    passwords = os.path.join(os.environ["BUILD"], "tests", "live", "passwords")
    done = subprocess.run([passwords, ADMIN, f"host=127.0.0.1 port={PORT} dbname=shop user=pwtest sslmode=disable",
                           str(ROUNDS * 4), str(ROUNDS * 8)], capture_output=True, text=True, timeout=600)
    print("".join(f"# {line}\n" for line in done.stdout.splitlines()), end="")
    ok(done.returncode == 0, "a verdict without a login is that of a login")


def holders_are_told():
    old = password()
    consumer = subprocess.Popen(["sleep", "60"], env={"DB_PASSWORD": old})
    time.sleep(0.1)
    new = password()
    fresh = subprocess.Popen(["sleep", "60"], env={"DATABASE_URL": f"postgresql://shop_app:{new}@db/shop"})
    with open(f"{DIR}/pgpass", "w", encoding="utf-8") as file:
        file.write(f"*:*:*:shop_app:{old}\n")
    done = run("--json", "drift", "--role", "shop_app", "--database", ADMIN, f"process:{consumer.pid}",
               f"process:{fresh.pid}", f"pgpass:{DIR}/pgpass")
    states = [json.loads(line)["state"] for line in done.stdout.splitlines()]
    ok(states == ["stale", "current", "stale"], "who has which secret")
    ok(old not in done.stdout + done.stderr and new not in done.stdout + done.stderr, "none is shown")
    for one in consumer, fresh:
        one.kill()
        one.wait()


def beacons_align_the_log():
    said = objects("beacon", "--log", LOG, f"{APP} sslmode=disable")[0]
    ok(said["found"] == said["sent"] == 3 and said["offset_low"] <= 0.001 and said["offset_high"] >= -0.001,
       "beacons are found again in the server's log, and its clock is ours")
    print(f"# half-width {(said['offset_high'] - said['offset_low']) * 500:.2f} ms")
    before = os.path.getsize(LOG)
    ok(run("beacon", "--dry-run", APP).returncode == 0 and os.path.getsize(LOG) == before,
       "a dry run leaves nothing")


for story in (salts_are_the_catalogues, looks_leave_nothing, brackets_hold, expiry_is_told_apart,
              the_wal_tells_when, the_census_is_true, a_login_agrees, holders_are_told,
              beacons_align_the_log):
    story()
print(f"1..{count}")
sys.exit(failed != 0)
