"""Which file an address of the site has in a folder of plain files. Names only: no file is touched, no model known.

Pages end in index.html, and so do the links between them: a web server and a memory stick then show the same page.
"""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

#: Addresses that plain files cannot stand for: the desk, secrets, and what asks whether the server is well.
OUTSIDE = ("/admin/", "/preview/", "/healthz", "/readyz")
#: Files that pages use, which are copied as they are.
ASSETS = ("/static/", "/uploads/")
#: The words of a query that choose a page: the place in a list, and the part of a sitemap.
ARGUMENTS = ("before", "p")
SEARCH = "/search/"
NOT_FOUND = "404.html"

#: Feeds live at addresses of folders, like pages, but are no HTML.
_FEEDS = ("rss", "atom")
_PART = re.compile(r"[\w.~@!$()+,=-]{1,120}")
_VALUE = re.compile(r"[\w-]{1,60}")


def address_of(link, here="/"):
    """(address, fragment) of a link as it stands on the page `here`, or None when it has no file.

    An address is a decoded path with the one query word that chooses a page, if any.
    """
    try:
        parts = urlsplit(urljoin(here, link))
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith(OUTSIDE):
        return None
    if not all(
        _PART.fullmatch(part) and part.strip(".") for part in path.strip("/").split("/") if path != "/"
    ):
        return None
    if path.startswith(ASSETS):
        return path, ""
    if not path.endswith("/") and "." not in path.rpartition("/")[2]:
        path += "/"
    chosen = {name: value for name, value in parse_qsl(parts.query) if name in ARGUMENTS}
    chosen = {name: value for name, value in chosen.items() if _VALUE.fullmatch(value)}
    query = f"?{urlencode(chosen)}" if chosen and path != SEARCH else ""
    return path + query, f"#{parts.fragment}" if parts.fragment else ""


def file_of(address):
    """The name of an address's file, with slashes, from the top of the folder."""
    path, _, query = address.partition("?")
    folder, _, name = path[1:].rpartition("/")
    stem, _, ending = (name or _index(folder)).partition(".")
    if query:
        stem = "-".join(part for pair in parse_qsl(query) for part in pair) if not name else f"{stem}.{query}"
        stem = stem.replace("=", "-")
    return f"{folder}/{stem}.{ending}".lstrip("/")


def _index(folder):
    return "index.xml" if folder.rpartition("/")[2] in _FEEDS else "index.html"


def way_up(file):
    """What leads from a file to the top of the folder: "../" for each folder it is in."""
    return "../" * file.count("/")
