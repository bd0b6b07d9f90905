# SPDX-License-Identifier: MIT
# What is needed, for what, how to see whether it is there, and what it is called in Debian and
# Ubuntu. Sourced by ./rehearse and ./check:  packages_want build rehearse

packages='
build    command:cc             gcc
build    command:meson          meson
build    command:ninja          ninja-build
build    command:pkg-config     pkg-config
build    module:libpq           libpq-dev
build    module:libpcre2-8      libpcre2-dev
build    module:libcurl         libcurl4-openssl-dev
build    module:ncursesw        libncurses-dev
build    module:sqlite3         libsqlite3-dev
build    module:jansson         libjansson-dev
build    module:zlib            zlib1g-dev
build    module:libzstd         libzstd-dev
build    module:libcrypto       libssl-dev
build    module:libutf8proc     libutf8proc-dev
build    file:/usr/share/zoneinfo/Europe/Berlin  tzdata
rehearse command:python3        python3
rehearse command:initdb         postgresql
rehearse command:nginx          nginx-light
rehearse python:flask           python3-flask
rehearse python:psycopg2        python3-psycopg2
rehearse python:gunicorn        gunicorn
check    command:clang          clang
check    command:clang-format   clang-format
check    command:valgrind       valgrind
check    command:scdoc          scdoc
check    module:vterm           libvterm-dev
check    command:tmux           tmux
check    command:pgbouncer      pgbouncer
check    command:faketime       faketime
check    command:curl           curl
check    command:openssl        openssl
check    command:pgrep          procps
'

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# packages_have KIND:WHAT
packages_have() {
    case $1 in
    command:initdb) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null ;;
    command:*) command -v "${1#*:}" >/dev/null ;;
    module:*) pkg-config --exists "${1#*:}" 2>/dev/null ;;
    # Not the first python3 on the PATH, but the one the packages belong to.
    python:*) (cd / && /usr/bin/python3 -c "import ${1#*:}" 2>/dev/null || python3 -c "import ${1#*:}" 2>/dev/null) ;;
    file:*) [ -e "${1#*:}" ] ;;
    esac
}

# packages_missing PURPOSE...: their Debian names, in one line.
packages_missing() {
    echo "$packages" | while read -r purpose have name; do
        case " $* " in *" $purpose "*) packages_have "$have" || printf '%s ' "$name" ;; esac
    done
}

# packages_want PURPOSE...: installs what is missing. Without apt, or without the right to, says
# in one command what to do, and fails.
packages_want() {
    missing=$(packages_missing "$@")
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "Missing, by their names in Debian: $missing" >&2
        if command -v dnf >/dev/null; then
            echo "Install them:  sudo dnf install $(packages_provides "$@")" >&2
        fi
        return 1
    fi
    as=
    if [ "$(id -u)" -ne 0 ]; then
        as=sudo
        # Where nobody can be asked for a password, sudo must not need one.
        if ! command -v sudo >/dev/null || { [ ! -t 0 ] && ! sudo -n true 2>/dev/null; }; then
            echo "Missing. As root:  apt-get update && apt-get install -y $missing" >&2
            return 1
        fi
    fi
    echo "Installing: $missing" >&2
    packages_log=$(mktemp)
    if ! packages_install "$as" >"$packages_log" 2>&1; then
        tail -n 20 "$packages_log" >&2
        rm -f "$packages_log"
        echo "That did not work. By hand:  $as apt-get update && $as apt-get install -y $missing" >&2
        return 1
    fi
    rm -f "$packages_log"
    missing=$(packages_missing "$@")
    [ -z "$missing" ] || { echo "Installed, but not found: $missing" >&2; return 1; }
}

# The servers are needed as programs only: nothing shall start, now or after.
packages_install() {
    deny=/usr/sbin/policy-rc.d
    [ -e $deny ] && deny=
    if [ -n "$deny" ]; then
        trap '$1 rm -f "$deny"; exit 1' HUP INT TERM
        printf '#!/bin/sh\nexit 101\n' | $1 tee "$deny" >/dev/null && $1 chmod 755 "$deny"
    fi
    $1 env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update &&
        apt-get install -y --no-install-recommends $missing" </dev/null
    code=$?
    [ -z "$deny" ] || $1 rm -f "$deny"
    trap - HUP INT TERM
    return $code
}

# The same for dnf, which finds a package by what it provides.
packages_provides() {
    echo "$packages" | while read -r purpose have name; do
        case " $* " in *" $purpose "*) ;; *) continue ;; esac
        packages_have "$have" && continue
        case $have in
        command:initdb) printf 'postgresql-server ' ;;
        command:*) printf '/usr/bin/%s ' "${have#*:}" ;;
        module:*) printf "'pkgconfig(%s)' " "${have#*:}" ;;
        python:*) printf 'python3-%s ' "${have#*:}" ;;
        file:*) printf '%s ' "$name" ;;
        esac
    done
}

# quietly WORDS COMMAND...: says what is done and how long it took; shows the end of what it
# said only if it failed.
quietly() {
    words=$1
    shift
    quiet_log=$(mktemp)
    began=$(date +%s)
    if "$@" >"$quiet_log" 2>&1 </dev/null; then
        echo "$words: $(($(date +%s) - began)) s" >&2
        rm -f "$quiet_log"
    else
        echo "$words: failed" >&2
        grep -nE 'error|FAILED|undefined reference|ERROR' -A 3 "$quiet_log" | head -n 40 >&2
        tail -n 10 "$quiet_log" >&2
        rm -f "$quiet_log"
        return 1
    fi
}
