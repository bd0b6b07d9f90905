#!/bin/sh
# SPDX-License-Identifier: MIT
# The rehearsal: agrees with itself when nothing interferes, says so when something does, and
# leaves nothing behind but what it was asked for.
. "$(dirname "$0")/lib.sh"

rehearse() { incident rehearse --stack "$top/fixtures/stack/stack" --out "$@"; }
# In the background, by its own pid; a shell would have it ignore SIGINT there.
begin() { # OUT WORDS...
    out=$1
    shift
    env --default-signal=INT incident rehearse --stack "$top/fixtures/stack/stack" --out "$@" >"$out" 2>&1 &
    rehearsal=$!
}
# Ours alone: others may rehearse on this machine at the same time.
export TMPDIR="$scratch"
standing() { find "$scratch" -maxdepth 1 -name 'rehearsal.*' 2>/dev/null; }
none_stands() { [ -z "$(standing)" ]; }

# Is there what it takes?
stack_up probe --only postgres
stack down "$probe" >"$scratch/said"

# All four ways, two at a time
run_way() { # NAME OPTIONS...
    way=$1
    shift
    rehearse "$scratch/$way" "$@" >"$scratch/$way.out" 2>"$scratch/$way.err"
    echo $? >"$scratch/$way.code"
}
run_way rollback & run_way secret --mend=secret & wait
run_way pool --pool & run_way both --pool --mend=secret & wait
for way in rollback secret pool both; do
    if [ "$(cat "$scratch/$way.code")" != 0 ]; then sed 's/^/# /' "$scratch/$way.out" "$scratch/$way.err"; fi
    is "$(cat "$scratch/$way.code")" 0 "$way: what was found agrees with what was done"
    for file in report.html report.md incident.timeline; do
        ok "$way: $file is there" test -s "$scratch/$way/$file"
    done
    ok "$way: nothing on stderr" test ! -s "$scratch/$way.err"
done
ok "no animation where nobody looks on" no grep -q "$(printf '\033\|\r')" "$scratch/rollback.out"
ok "no stack is left" none_stands

# Somebody else mends it, behind its back, while it is failing
sabotage() {
    wait_until 60 standing_has_refused 10
    stack rollback "$(standing | head -n 1)"
}
standing_has_refused() {
    one=$(standing | head -n 1)
    [ -n "$one" ] && [ "$(stat -c %s "$one/run/tally" 2>/dev/null || echo 0)" -ge "$1" ]
}
begin "$scratch/mended.out" "$scratch/mended"
sabotage >"$scratch/said" 2>&1
wait "$rehearsal"
is "$?" 1 "mended behind its back: it does not say that all agrees"
ok "and names what differs" grep -q 'DIFFERS' "$scratch/mended.out"

# The application's own count says more than the logs hold
begin "$scratch/tally.out" "$scratch/tally" --json
wait_until 60 standing_has_refused 5
printf 'xxxxxx' >>"$(standing | head -n 1)/run/tally"
wait "$rehearsal"
is "$?" 1 "more refusals than were found: it does not say that all agrees"
ok "and only that differs" same "$(grep -c '"agrees":false' "$scratch/tally.out")" 1

# Interrupted and killed
for signal in INT TERM; do
    begin "$scratch/$signal.out" "$scratch/$signal"
    wait_until 30 grep -q '^healthy' "$scratch/$signal.out"
    kill -"$signal" "$rehearsal"
    wait "$rehearsal"
    is "$?" 4 "$signal: ended in order, without an answer"
    ok "$signal: and says so" grep -q 'interrupted' "$scratch/$signal.out"
    ok "$signal: no stack is left" none_stands
done
for step in nothing up healthy; do
    begin "$scratch/killed.out" "$scratch/killed"
    if [ "$step" = nothing ]; then sleep 0.7; else wait_until 30 grep -q "^$step" "$scratch/killed.out"; fi
    kill -9 "$rehearsal"
    wait "$rehearsal" 2>/dev/null
    ok "killed (-9) after $step: the stack goes down by itself" wait_until 15 none_stands
done

# Bad words
ok "a folder that cannot be made" exits 4 rehearse "$scratch/no/such/folder"
ok "no driver" exits 4 incident rehearse --out "$scratch/nodriver" --stack "$scratch/none"
ok "a way to mend there is none of" exits 2 rehearse "$scratch/x" --mend=prayer
ok "--dry-run does nothing" rehearse "$scratch/dry" --dry-run
ok "not even a folder" test ! -e "$scratch/dry"
done_testing
