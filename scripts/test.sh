#!/bin/sh
# make test: the arguments go to pytest. Browser tests are never skipped silently: without a browser this ends.
set -eu
cd "$(dirname "$0")/.."
. scripts/environment.sh

find_chromium() {
    if [ -n "${CHROMIUM:-}" ]; then
        command -v "$CHROMIUM" >/dev/null || fail "CHROMIUM=$CHROMIUM is not a program."
        return
    fi
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        CHROMIUM=$(command -v "$name") && return
    done
    return 1
}

install_chromium() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then as_root=env; else as_root='sudo -n env'; fi
    $as_root true 2>/dev/null || return 1
    say "Installing the package chromium for the browser tests"
    log=$(mktemp)
    if $as_root DEBIAN_FRONTEND=noninteractive sh -c \
        'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium' >"$log" 2>&1
    then rm -f "$log"; return 0; fi
    tail -n 5 "$log"
    rm -f "$log"
    return 1
}

install requirements-dev.txt
find_chromium || { install_chromium && find_chromium; } ||
    fail "The browser tests need Chromium or Chrome, and none was found. On Debian: apt-get install chromium." \
        "If it is somewhere unusual: make test CHROMIUM=/path/to/chromium"

export CHROMIUM LOCAL_TRIAL=yes
python=.venv/bin/python
"$python" -m ruff check .
"$python" -m ruff format --check .
"$python" manage.py makemigrations --check --dry-run
# A process that has nothing left takes tests from the other: the slow ones, with a browser, stand together.
exec "$python" -m pytest -n auto --dist worksteal "$@"
