"""A finished page as it is kept: compressed, with its headers, and with what proves that it is right."""

import gzip
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b

import brotli

from pagecache.questions import Questions

#: Headers that are written anew for each answer.
_OWN = {"content-length", "content-encoding", "vary", "etag", "cache-status", "connection", "date"}
#: Below this many bytes, compressing costs more than it saves.
_SMALL = 256
_TEXT = ("text/", "application/xml", "application/rss+xml", "application/atom+xml", "application/json")
_TEXT += ("application/feed+json", "application/manifest+json", "image/svg")


@dataclass(frozen=True)
class Page:
    """The answer at one address, and the Standing at which it was last known to be right."""

    status: str
    headers: tuple
    bodies: dict  # name of the encoding ("" for none) -> bytes
    etag: str
    questions: Questions
    answers: bytes
    written: int
    proved_at: datetime
    until: datetime | None

    @property
    def size(self):
        """About how many bytes of memory the page takes."""
        return sum(map(len, self.bodies.values())) + 2000 + 300 * len(self.questions.asked)

    def proved(self, standing, at):
        return replace(self, written=standing.written, proved_at=at)

    def answer(self, environ, start_response, how):
        """Send it to a reader: whole, as 304 to one who has it, or without the body to HEAD."""
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")) if "br" in self.bodies else ""
        headers = [*self.headers, ("ETag", f'"{self.etag}{encoding and "-"}{encoding}"')]
        headers += [("Cache-Status", f"newsroom; {how}")]
        if "br" in self.bodies:
            headers.append(("Vary", "Accept-Encoding"))
        if self.etag in environ.get("HTTP_IF_NONE_MATCH", "") and self.status.startswith("200"):
            start_response("304 Not Modified", [pair for pair in headers if pair[0] != "Content-Type"])
            return []
        body = self.bodies[encoding] if encoding in self.bodies else gzip.decompress(self.bodies["gzip"])
        if encoding:
            headers.append(("Content-Encoding", encoding))
        headers.append(("Content-Length", str(len(body))))
        start_response(self.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def bodies_of(body, content_type):
    """The body in the encodings readers ask for; a small one or a picture as it is."""
    if len(body) < _SMALL or not content_type.startswith(_TEXT):
        return {"": body}
    return {"br": brotli.compress(body, quality=5), "gzip": gzip.compress(body, 6, mtime=0)}


def etag_of(body):
    return blake2b(body, digest_size=12).hexdigest()


def lasting(headers):
    """The headers of an answer that are the same each time it is sent."""
    return tuple((name, value) for name, value in headers if name.lower() not in _OWN)


@lru_cache(maxsize=256)
def encoding_for(accepted):
    """The best encoding that a reader's Accept-Encoding allows: "br", "gzip" or ""."""
    refused = {"0", "0.0", "0.00", "0.000"}
    wanted = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        wanted[name.strip()] = parameters.replace(" ", "").removeprefix("q=") not in refused
    return next((name for name in ("br", "gzip") if wanted.get(name)), "")
