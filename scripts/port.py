"""scripts/port.py HOST PORT: ends with one sentence and exit code 1 when a server could not listen there.

Runs before the environment exists, so it uses the standard library alone.
"""

import errno
import socket
import sys


def refusal(host, port):
    """Why nobody can listen on host and port, as a sentence; "" when it is free."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        return f"PORT={port} is not a port number. Try: make run PORT=8001"
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, protocol) as listener:
            # As gunicorn does: a port that was left a moment ago counts as free.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
    except PermissionError:
        return f"Port {port} is reserved for the system. Try: make run PORT=8001"
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = int(port) + 1 if int(port) < 65535 else 8001
            return f"Port {port} is taken by another program. Try: make run PORT={other}"
        return f"HOST={host} is not an address of this machine. Try: make run HOST=127.0.0.1"
    return ""


if __name__ == "__main__":
    sys.exit(refusal(*sys.argv[1:]) or 0)
