"""The one way in which an import asks the network: for a picture or a feed, from a public host, within limits.

An archive names its pictures by address, and whoever can write into it can write any address. So names are looked up
here and the connection goes to the very number that was judged; no redirect is followed without judging it anew.
"""

import http.client
import ipaddress
import socket
import ssl
from contextlib import closing
from io import BytesIO
from time import monotonic
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

SECONDS, REDIRECTS = 20, 3
PORTS = {"http": 80, "https": 443}
CHUNK = 64 * 1024


class NotFetched(Exception):
    """Why an address was not fetched, as a sentence."""


def fetch(url, *, most, accept="image/*", resolve=socket.getaddrinfo):
    """The content at `url` as a file in memory, at most `most` bytes. Raises NotFetched."""
    end = monotonic() + SECONDS
    for _hop in range(REDIRECTS + 1):
        try:
            with closing(_open(url, end, accept, resolve)) as connection:
                response = connection.getresponse()
                if response.status in (301, 302, 303, 307, 308) and response.getheader("Location"):
                    url = urljoin(url, response.getheader("Location"))
                    continue
                if response.status != 200:
                    raise NotFetched(_("The server answered %(status)d.") % {"status": response.status})
                return _read(response, connection, most, end)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotFetched(_("It could not be fetched: %(why)s.") % {"why": error}) from error
    raise NotFetched(_("It leads on more than %(number)d times.") % {"number": REDIRECTS})


def _open(url, end, accept, resolve):
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.username or parts.password:
        raise NotFetched(_("Only plain web addresses are fetched."))
    if (parts.port or PORTS[parts.scheme]) != PORTS[parts.scheme]:
        raise NotFetched(_("Only the usual ports are asked."))
    address = _public_address(parts.hostname, PORTS[parts.scheme], resolve)
    remaining = max(end - monotonic(), 0.1)
    connection = http.client.HTTPConnection(parts.hostname, PORTS[parts.scheme], timeout=remaining)
    connection.sock = socket.create_connection((address, PORTS[parts.scheme]), timeout=remaining)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(connection.sock, server_hostname=parts.hostname)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Host": parts.hostname, "User-Agent": "newsroom-import", "Accept": accept}
    connection.request("GET", _quoted(path), headers=headers)
    return connection


def _public_address(host, port, resolve):
    """The number to connect to. One private number among them refuses the name."""
    found = [info[4][0] for info in resolve(host, port, type=socket.SOCK_STREAM)]
    numbers = [ipaddress.ip_address(one.partition("%")[0]) for one in found]
    numbers = [getattr(one, "ipv4_mapped", None) or one for one in numbers]
    if not numbers or any(not one.is_global or one.is_multicast for one in numbers):
        raise NotFetched(_("%(host)s is no public host.") % {"host": host})
    return str(numbers[0])


def _quoted(path):
    """A path as HTTP can carry it: other letters than those of English as percent signs."""
    return "".join(
        character if "!" <= character <= "~" else "".join(f"%{byte:02X}" for byte in character.encode())
        for character in path
    )


def _read(response, connection, most, end):
    content = BytesIO()
    while True:
        if monotonic() > end:
            raise NotFetched(_("It took longer than %(seconds)d seconds.") % {"seconds": SECONDS})
        if connection.sock is not None:
            connection.sock.settimeout(max(end - monotonic(), 0.1))
        piece = response.read1(CHUNK)
        if not piece:
            break
        content.write(piece)
        if content.tell() > most:
            raise NotFetched(_("It is larger than %(most)d bytes.") % {"most": most})
    content.seek(0)
    return content
