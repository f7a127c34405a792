"""Readers who visit the site through the page cache, or past it."""

import gzip
import io
from dataclasses import dataclass
from urllib.parse import quote

import brotli
from django.core.handlers.wsgi import WSGIHandler

from newsroom.page_cache import behind_page_cache


@dataclass
class Visit:
    """What a reader got."""

    status: int
    headers: dict
    raw: bytes

    @property
    def body(self):
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(self.headers.get("Content-Encoding"))
        return unpack(self.raw) if unpack and self.raw else self.raw

    @property
    def text(self):
        return self.body.decode()

    @property
    def was_made(self):
        """Whether the site made the page for this visit."""
        return not self.headers["Cache-Status"].startswith("newsroom; hit")


def environ(path, method="GET", **headers):
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": quote(query, safe="=&%+"),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SCRIPT_NAME": "",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }


def visit(app, path, method="GET", **headers):
    """One request to a WSGI application."""
    got = {}

    def start_response(status, headers, exc_info=None):
        got.update(status=int(status.split()[0]), headers=dict(headers))

    parts = app(environ(path, method, **headers), start_response)
    try:
        return Visit(got["status"], got["headers"], b"".join(parts))
    finally:
        if hasattr(parts, "close"):
            parts.close()


def new_cache(settings, folder):
    """One process with a page cache; a second one with the same `shelf` is another process of the same server."""
    settings.VAR_DIR = folder
    settings.PAGE_CACHE = True
    return behind_page_cache(WSGIHandler())
