"""How gunicorn serves the newsroom, in a trial and in production. deploy/env.example documents the variables."""

import os

from newsroom.processes import as_one_begins, before_they_part, save_memory

_host = os.environ.get("HOST") or "127.0.0.1"
_port = os.environ.get("PORT") or "8000"

# Ignored when systemd hands over the listening socket, as newsroom.socket does.
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"

# Threads wait for the database and the disk together; a second process survives a crash of the first.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)

# Longer than the proxy keeps a connection idle (60 s in nginx.conf), so that it never sends into a closed one.
keepalive = 75
graceful_timeout = 30

# Loaded once, before the processes part, so that they share the memory of the code.
preload_app = True

save_memory()

# A process makes room for a fresh one after so many requests, each at another time: whatever leaks, however slowly,
# ends there. A few times a day on a busy site; nobody's request is lost.
max_requests = int(os.environ.get("WEB_MAX_REQUESTS") or 200_000)
max_requests_jitter = max_requests // 2

# No line per request, and no warnings: gunicorn's only warning about a request names the reader's address.
accesslog = None
loglevel = "error"

# A second door into the server, for a console nobody here uses.
control_socket_disable = True


def pre_fork(server, worker):
    before_they_part()


def post_worker_init(worker):
    as_one_begins()
