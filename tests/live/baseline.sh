#!/bin/sh
# SPDX-License-Identifier: MIT
# baseline against servers that misbehave: every way has a class of its own, and an end.
. "$(dirname "$0")/lib.sh"

python3 "$(dirname "$0")/odd_server.py" >"$scratch/ports" &
odd=$!
trap 'kill $odd 2>/dev/null; cleanup' EXIT
wait_until 10 grep -q ready "$scratch/ports" || { echo "Bail out! no server"; exit 1; }
. "$scratch/ports"
url() { echo "http://127.0.0.1:$1/api/users"; }
# value KEY < JSON: of the last line
value() { tail -n 1 | python3 -c 'import json,sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

# class WORD PORT [OPTIONS]: one probe ends in this class, and within ten seconds.
class() {
    wanted=$1
    port=$2
    shift 2
    got=$(timeout 10 baseline --json -n 1 --timeout 1s --connect-timeout 1s "$@" "$(url "$port")" \
        2>"$scratch/err" | value error)
    is "$got" "$wanted" "$wanted, from a server that is $port"
}
baseline -q -n 1 "$(url "$good")" >"$scratch/out"
ok "a good server is well" [ $? -eq 0 ]
class refused 1
class reset "$reset"
class reset "$nothing"
class reset "$cut"
class too_large "$huge" --timeout 5s
class timeout_wait "$silent"
class timeout_body "$slow_body"
class timeout_wait "$slow"
class redirects "$loop" -L 5
class timeout_connect "$full"
class None "$bad_date"
class assert "$good" --contains nothing-of-the-kind
class status "$half" --expect 418
class slow "$good" --max-latency 1ns
got=$(timeout 10 baseline --json -n 1 --timeout 2s "$(url "$endless")" 2>/dev/null | value error)
ok "headers without an end come to an end" [ "$got" != None ]
got=$(timeout 10 baseline --json -n 1 "$(url "$garbage")" 2>/dev/null | value error)
is "$got" protocol "what is not HTTP is said to be so"
got=$(timeout 10 baseline --json -n 1 --timeout 1s "https://127.0.0.1:$good/" 2>/dev/null | value error)
is "$got" timeout_tls "TLS with a server that waits for something else"
got=$(timeout 10 baseline --json -n 1 "https://127.0.0.1:$garbage/" 2>/dev/null | value error)
is "$got" tls "TLS with a server that talks of something else"
got=$(timeout 10 baseline --json -n 1 http://nobody.invalid/ 2>/dev/null | value error)
is "$got" dns "a name that does not exist"
got=$(baseline --json -n 1 "$(url "$bad_date")" | value date)
is "$got" None "a Date that is none is not taken"

# Exit codes
ok "no answer at all is 4" exits 4 baseline -q -n 1 "$(url 1)"
ok "some that failed is 1" exits 1 baseline -q -n 20 --every 20ms --rate 50 "$(url "$half")"
ok "a bad option is 2" exits 2 baseline -n 1 --expect 99 "$(url "$good")"
printf '[a]\nurl = http://h/\nurk = 1\n' >"$scratch/routes"
ok "a bad file of routes is 2" exits 2 baseline -r "$scratch/routes"
baseline -r "$scratch/routes" 2>"$scratch/said"
ok "and its place is named" grep -q 'routes:3:1: ' "$scratch/said"
ok "a missing file of routes is said" exits 4 baseline -r "$scratch/nowhere"
ok "a load must be meant" exits 2 baseline --rate 1000 "$(url "$good")"

# A server that stands still for two seconds, asked ten times a second
baseline --json -q --rate 10 --every 100ms --for 6s "$(url "$stalling")" 2>/dev/null |
    python3 -c '
import json, sys
late = [p for p in map(json.loads, sys.stdin) if p["latency"] > 0.1]
print(len(late))' >"$scratch/late"
late=$(cat "$scratch/late")
ok "shows as about twenty late answers, not as one ($late)" [ "$late" -ge 16 -a "$late" -le 24 ]

# Clocks
clock() { timeout 20 baseline clock --json "$@" 2>/dev/null | tail -n 1 >"$scratch/clock"; }
holds() {
    python3 -c '
import json, sys
c = json.load(open(sys.argv[1]))
spans = [(c["offset_low"], c["offset_high"])] + [(o["offset_low"], o["offset_high"])
                                                 for o in c["others"]]
truths = [float(t) for t in sys.argv[2:]]
assert c["clocks"] == len(truths), c
assert all(any(low <= t <= high for low, high in spans) for t in truths), c
assert all(high - low < 0.08 for low, high in spans), c' "$scratch/clock" "$@"
}
clock "$(url "$good")"
ok "one clock, and it is ours" holds 0
clock "$(url "$two_clocks")"
ok "two clocks behind one name are two, and both right" holds 0.2 -0.5
clock "$(url "$mixed_clocks")"
ok "even where one connection bears both" holds 0.2 -0.5
ok "an answer from a cache says nothing of a clock" exits 3 baseline clock --for 2s "$(url "$aged")"
ok "nor does one without a Date" exits 3 baseline clock --for 2s "$(url "$no_date")"
ok "and who does not answer has none" exits 4 baseline clock --for 2s "$(url 1)"

# Twenty secrets: in headers from files and the environment, in URLs, in what servers say
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do echo "planted-$i-zq8x" ; done >"$scratch/planted"
printf '[echo]\nurl = http://me:planted-1-zq8x@127.0.0.1:%s/a?token=planted-2-zq8x&api_key=planted-3-zq8x\n' \
    "$echo" >"$scratch/secret-routes"
for i in 4 5 6 7 8 9 10 11 12 13; do
    echo "Bearer planted-$i-zq8x" >"$scratch/header-$i"
    echo "header = X-Header-$i=file:$scratch/header-$i" >>"$scratch/secret-routes"
done
for i in 14 15 16 17 18 19 20; do
    export "SECRET_$i=planted-$i-zq8x"
    echo "header = X-Variable-$i=env:SECRET_$i" >>"$scratch/secret-routes"
done
(
    cd "$scratch" || exit 1
    baseline --json -n 30 --every 20ms --rate 50 -t secrets.timeline -r secret-routes >secret-out 2>&1 &
    pid=$!
    sleep 0.4
    tr '\0' ' ' <"/proc/$pid/cmdline" >secret-cmdline
    wait "$pid"
    baseline -n 2 --every 20ms -t secrets.timeline -r secret-routes >>secret-out 2>&1
    baseline wait -t secrets.timeline --rate 50 --fail-fast -r secret-routes >>secret-out 2>&1
    baseline clock --for 1s -t secrets.timeline -r secret-routes >>secret-out 2>&1
    baseline record -n 5 --rate 50 -t secrets.timeline x -r secret-routes >>secret-out 2>&1
    cat secrets.timeline* >secret-store
)
ok "the server did show them" grep -q 'X-Header-4: .secret' "$scratch/secret-out"
ok "no planted secret is in any output" no grep -F -f "$scratch/planted" "$scratch/secret-out"
ok "nor in the timeline" no grep -a -F -f "$scratch/planted" "$scratch/secret-store"
ok "nor in the words of the command" no grep -F -f "$scratch/planted" "$scratch/secret-cmdline"
ok "a password in a word of the command is refused" exits 2 baseline "http://me:planted-1-zq8x@127.0.0.1:$echo/"

# wait
ok "a good route is recovered" exits 0 baseline wait --rate 50 --exclude 1/2 "$(url "$good")"
ok "half a good one is not" exits 1 baseline wait --rate 50 --max 100 --exclude 1/2 "$(url "$half")"
ok "out of time is undecided" exits 3 baseline wait --rate 10 --within 1s "$(url "$good")"
got=$(baseline wait --json --rate 50 --fail-fast "$(url "$unavailable")" | value routes)
ok "502s are told from 500s ($got)" sh -c "echo \"$got\" | grep -q \"'application': 0, 'absent': [1-9]\""
(
    baseline wait --json --rate 10 "$(url "$good")" >"$scratch/int" &
    pid=$!
    sleep 1
    kill -INT "$pid"
    wait "$pid"
)
ok "an interrupt gets the verdict so far" exits 0 grep -q '"verdict":"undecided"' "$scratch/int"

# Who is told
cat >"$scratch/told" <<EOF
#!/bin/sh
echo "\$BASELINE_STATE \$BASELINE_ROUTE \$BASELINE_ERROR" >>"$scratch/told.out"
EOF
chmod +x "$scratch/told"
url "$hook" >"$scratch/hook-url"
baseline -q -n 8 --every 50ms --rate 50 --metrics "$scratch/metrics" --junit "$scratch/junit" \
    --exec "$scratch/told" --webhook "file:$scratch/hook-url" "$(url "$unavailable")" "http://127.0.0.1:$good/b"
is "$(cat "$scratch/told.out")" "failing /api/users status" "a program is told of a change, once"
got=$(curl -s --noproxy '*' "$(url "$hook")" | grep -c '"state":"failing","route":"/api/users"')
is "$got" 1 "and so is a URL"
ok "metrics have an end" sh -c "[ \"\$(tail -n 1 $scratch/metrics)\" = '# EOF' ]"
ok "and count" grep -q '^baseline_failed_total{route="/api/users",.*} 8$' "$scratch/metrics"
ok "a test a route" python3 -c '
import sys, xml.etree.ElementTree as tree
suite = tree.parse(sys.argv[1]).getroot()[0]
assert suite.get("failures") == "1" and len(suite) == 2' "$scratch/junit"

# Baselines
baseline record --rate 50 -t "$scratch/t" monday "$(url "$good")" >"$scratch/out"
ok "a baseline is recorded" [ $? -eq 0 ]
ok "half the answers failing is worse" exits 1 baseline compare --rate 50 -t "$scratch/t" monday \
    "$(url "$good")" --connect-to "127.0.0.1:$half"
done_testing
