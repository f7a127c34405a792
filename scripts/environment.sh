# Sourced by the scripts beside it, with the checkout as the current folder: finding Python, filling .venv.

say() { printf '%s\n' "$*"; }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

# setting NAME DEFAULT: from the environment, else from .env, else the default.
setting() {
    eval "value=\${$1:-}"
    if [ -z "$value" ] && [ -f .env ]; then
        value=$(sed -n "s/^$1=//p" .env | tail -n 1 | tr -d "\"'")
    fi
    printf '%s' "${value:-$2}"
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# Sets $python to a Python that can create the environment, or ends with the reason why there is none.
find_python() {
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.13 python3.12 python3.11 python3 python; fi
    found='' bare=''
    for python in "$@"; do
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        if ! is_new_enough "$python"; then
            found="$found $version ($python)"
        elif "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            return
        else
            bare="$bare $version"
        fi
    done
    for version in $bare; do
        fail "Python $version is here, but not its venv module, which keeps this project's packages apart." \
            "On Debian and Ubuntu: apt-get install python$version-venv (or python3-venv). Then run make again."
    done
    fail "Python 3.11 or newer is needed; found${found:- no Python at all}." \
        "If it is installed under another name: make run PYTHON=/path/to/python3"
}

has_environment() { is_new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }

create_environment() {
    find_python
    say "Creating the environment .venv with Python $version"
    rm -rf .venv
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        fail "The environment .venv could not be created; the message above says why."
    fi
}

# install FILE: makes .venv hold what the requirements file locks. A copy of the file, put there only after
# success, is the mark; so an interrupted installation is done again and an unchanged file costs nothing.
install() {
    if cmp -s "$1" ".venv/$1" && .venv/bin/python -c '' 2>/dev/null; then return; fi
    has_environment || create_environment
    say "Installing the packages that $1 locks"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1" ||
        fail "The packages could not be installed; pip's message above says why. Mend it and run make again."
    cp "$1" ".venv/$1"
}
