#!/bin/sh
# make lock: resolves pyproject.toml on the oldest Python we support, in an environment of its own.
set -eu
cd "$(dirname "$0")/.."
. scripts/environment.sh

python=${PYTHON:-python3.11}
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null ||
    fail "The lock is made with Python 3.11, the oldest we support, so that it fits newer ones too." \
        "If it is somewhere unusual: make lock PYTHON=/path/to/python3.11"
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$python" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check pip-tools

lock() {
    "$tools/bin/python" -m piptools compile --quiet --upgrade --strip-extras --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@" pyproject.toml
}
lock --output-file requirements.txt
lock --extra dev --extra postgres --extra redis --extra granian --output-file requirements-dev.txt
