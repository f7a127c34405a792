"""Which requests the page cache answers, and what makes two of them the same page."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

#: Longer addresses are nobody's; Django says so.
LONGEST = 400


@dataclass(frozen=True)
class Addresses:
    """The addresses of one site that may be kept."""

    host: str  # as it stands in every page, whatever host was asked for
    is_own_host: object  # (host) -> bool
    is_secure: object  # (environ) -> bool
    arguments: object  # (path) -> the words of a query that choose a page there; all others are left out
    outside: tuple  # beginnings of paths that are none of the cache's business

    def key(self, environ):
        """What the page of this request is kept under, or None."""
        path = environ.get("PATH_INFO") or "/"
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or path.startswith(self.outside):
            return None
        if len(path) > LONGEST or not self.is_own_host(environ.get("HTTP_HOST", "")):
            return None
        return self.is_secure(environ), path, self._query(path, environ.get("QUERY_STRING", ""))

    def _query(self, path, query):
        if not query:
            return ""
        try:
            chosen = parse_qsl(query[: 4 * LONGEST], max_num_fields=20)
        except ValueError:
            return ""
        # The last of a name counts, as in Django.
        names = self.arguments(path)
        return urlencode(sorted({name: value for name, value in chosen if name in names}.items()))

    def request(self, key, environ):
        """The request by which a page is made for everybody: nothing a reader sends can get into it."""
        secure, path, query = key
        own = ("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "REMOTE_ADDR")
        made = {name: environ[name] for name in own if name in environ}
        made |= {name: value for name, value in environ.items() if name.startswith("wsgi.")}
        return made | {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": self.host,
            "HTTP_X_FORWARDED_PROTO": "https" if secure else "http",
            "wsgi.url_scheme": "https" if secure else "http",
        }
