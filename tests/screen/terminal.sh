#!/bin/sh
# The dashboard on a real terminal (tmux on a socket of its own): what it shows is what
# --snapshot prints, keys and sizes reach it, and the terminal is given back as it was.
# usage: terminal.sh INCIDENT SAMPLE_TIMELINE
set -u
incident=$1
make=$2
command -v tmux >/dev/null || { echo "1..0 # SKIP no tmux"; exit 0; }
dir=$(mktemp -d)
export LC_ALL=C.UTF-8 XDG_STATE_HOME="$dir" XDG_CONFIG_HOME="$dir" HOME="$dir"
unset NO_COLOR INCIDENT_TIMELINE TMUX
mux() { timeout 10 tmux -S "$dir/mux" -f /dev/null "$@"; }
trap 'mux kill-server 2>/dev/null; rm -rf "$dir"' EXIT
n=0
bad=0
check() {
    n=$((n + 1))
    [ "$1" = 0 ] || { bad=1; mux capture-pane -p | sed 's/^/# /'; printf 'not '; }
    echo "ok $n - $2"
}
# Until the screen holds (or, with "no", no longer holds) the words: five seconds at most.
sees() {
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
        mux capture-pane -p | grep -qF -- "$1" && return 0
        sleep 0.2
    done
    return 1
}
# Quits, and waits for the shell to have the terminal again.
leave() {
    mux send-keys q
    mux send-keys clear Enter "echo g\\one" Enter
    sees gone && mux send-keys clear Enter
}
# What follows the status line: that has the time of day in it.
body() { sed 1d | sed 's/ *$//'; }

"$make" "$dir/shop.timeline" || exit 1
mux new-session -d -x 100 -y 30 "sh -c 'stty -a >$dir/before; exec sh'"
mux send-keys "$incident -t $dir/shop.timeline; echo exit \$?; stty -a >$dir/after" Enter

sees 'e next failure' && sees 'RECOVERED'
check $? "it comes up with the answer"
mux capture-pane -p | body >"$dir/live"
"$incident" --snapshot 100x30 -t "$dir/shop.timeline" | body >"$dir/frame"
diff "$dir/frame" "$dir/live" >"$dir/diff"
check $? "it shows what --snapshot prints"
mux send-keys 2
sees 'first failure'
check $? "a digit goes to a pane"
mux send-keys Escape '1' '\' 'postgres' Enter
sees '\postgres ·'
check $? "the filter works as one types"
mux send-keys Escape F1
sees 'any key returns'
check $? "F1 helps"
mux send-keys x
mux resize-window -x 40 -y 10
sees '? keys -' || sees '? keys ─'
check $? "it follows the size of the window"
mux resize-window -x 20 -y 4
sees 'RECOVERED'
check $? "down to one line"
mux resize-window -x 100 -y 30
sees 'e next failure'
check $? "and up again"
mux send-keys G
"$make" "$dir/shop.timeline" 'somebody wrote this'
sees 'somebody wrote this'
check $? "what another tool records appears"
mux send-keys r
sees 'report written to' && [ -s "$dir/shop.html" ]
check $? "r writes the report beside the timeline"
mux send-keys q
sees 'exit 0'
check $? "q ends it"
for i in 1 2 3 4 5 6 7 8 9 10; do [ -s "$dir/after" ] && break; sleep 0.2; done
cmp -s "$dir/before" "$dir/after"
check $? "the terminal is as it was"

colours() { mux capture-pane -p -e | grep -c "$(printf '\033')\[3[0-7]"; }
mux send-keys clear Enter "$incident -t $dir/shop.timeline" Enter
sees 'e next failure' && [ "$(colours)" -gt 0 ]
check $? "failures are red"
rm -f "$dir/after"
mux send-keys C-z
sees Stopped
mux send-keys "stty -a >$dir/after" Enter
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -s "$dir/after" ] && break; sleep 0.2; done
cmp -s "$dir/before" "$dir/after"
check $? "Ctrl-Z gives the terminal back"
mux send-keys clear Enter fg Enter
sees 'e next failure'
check $? "and fg comes back to it"
leave
mux send-keys "NO_COLOR=1 $incident -t $dir/shop.timeline" Enter
sees 'e next failure' && [ "$(colours)" = 0 ]
check $? "with NO_COLOR there is no colour"
leave
mux send-keys "LC_ALL=C $incident -t $dir/shop.timeline" Enter
sees 'e next failure' && ! mux capture-pane -p | LC_ALL=C grep -q '[^ -~]'
check $? "without UTF-8 it is ASCII"
leave
mux send-keys "TERM=dumb $incident -t $dir/shop.timeline; echo exit \$?" Enter
sees 'exit 4' && mux capture-pane -p | grep -q 'cannot place text'
check $? "a terminal that cannot place text is told of --snapshot"

for sig in TERM INT HUP SEGV; do
    rm -f "$dir/after"
    mux send-keys clear Enter
    mux send-keys "$incident -t $dir/shop.timeline & pid=\$!; fg; stty -a >$dir/after" Enter
    sees 'e next failure'
    pid=$(pgrep -P "$(mux list-panes -F '#{pane_pid}')" -f "$dir/shop.timeline" | head -1)
    [ -n "$pid" ] && kill -s "$sig" "$pid"
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -s "$dir/after" ] && break; sleep 0.2; done
    cmp -s "$dir/before" "$dir/after" && ! mux capture-pane -p | grep -q 'e next failure'
    check $? "SIG$sig gives the terminal back"
done
echo "1..$n"
exit $bad
