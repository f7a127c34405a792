#!/bin/sh
# make run: from a bare checkout to a newsroom that answers. Every step is quick when there is nothing to do.
set -eu
cd "$(dirname "$0")/.."
. scripts/environment.sh

HOST=$(setting HOST 127.0.0.1)
PORT=$(setting PORT 8000)
DEMO=$(setting DEMO yes)
export HOST PORT

# First, because a taken port is no reason to wait for an installation.
python=.venv/bin/python
is_new_enough "$python" || find_python
"$python" scripts/port.py "$HOST" "$PORT"

SERVER=$(setting SERVER gunicorn)
case "$SERVER" in
    gunicorn)
        requirements=requirements.txt
        set -- -m gunicorn --config deploy/gunicorn.conf.py newsroom.wsgi
        ;;
    granian)
        requirements=requirements-dev.txt # the locked list that has it
        set -- -m newsroom.granian_server
        ;;
    *) fail "SERVER=$SERVER is neither gunicorn nor granian." ;;
esac
install "$requirements"

if [ ! -e .env ] && [ -z "${LOCAL_TRIAL:-}" ]; then
    say "# This checkout is a local trial. deploy/env.example says what a production site needs." \
        >.env
    say "LOCAL_TRIAL=yes" >>.env
fi

case "$DEMO" in
    no | No | NO | 0 | false | off) .venv/bin/python manage.py prepare --no-demo ;;
    *) .venv/bin/python manage.py prepare ;;
esac
say "  Stop      Ctrl-C
"
exec .venv/bin/python "$@"
