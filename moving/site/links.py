"""A page's links as plain files need them: from file to file, and to other sites as before."""

import html
import re
from functools import lru_cache
from urllib.parse import quote

from moving.site.files import NOT_FOUND, address_of, file_of, way_up

_TAG = re.compile(r"""<([a-zA-Z]+)(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_LINK = re.compile(r'(?<=\s)(href|src|srcset|action|poster|data-asks)="([^"]*)"')
#: What makes a script bring items of another page into this one (static/js/reader.js).
_IN_PLACE = re.compile(r' data-(?:show-more|newest="[^"]*")')


class Links:
    """The links of one site. `origin` is its address, `media` what the addresses of its pictures begin with.

    `steady(path, here, cursor)` is the cursor at which the next page of a list begins in the folder.
    """

    def __init__(self, origin, media, steady):
        self.origin, self.media, self.steady = origin, media, steady
        self._own = re.compile(re.escape(origin) + r"(/[^\s<>\"'&\\]*)")
        # Most links are those of the page before.
        self._read = lru_cache(maxsize=20_000)(self._read_anew)

    def in_page(self, text, here):
        """(the HTML of the page at the address `here` with links between files, the addresses it leads to)."""
        file = NOT_FOUND if here == f"/{NOT_FOUND}" else file_of(here)
        # Nobody knows how deep the address was that a server answers with this page.
        up = "/" if file == NOT_FOUND else way_up(file)
        found = self.pictures(text)

        def tag(match):
            whole = match[0]
            if "=" not in whole:
                return whole
            in_place = True

            def link(match):
                name, value = match[1], match[2]
                if name == "srcset":
                    parts = (one.strip().partition(" ") for one in value.split(","))
                    written = ", ".join(f"{local(one)} {width}".strip() for one, _, width in parts)
                else:
                    written = local(value, whole.startswith("<a "))
                return f'{name}="{written}"'

            def local(value, in_text=False):
                nonlocal in_place
                place = self._place(value, here, in_text)
                if place is None:
                    return html.escape(self.origin + html.unescape(value)) if value.startswith("/") else value
                address, rest = place
                found.add(address)
                target = file_of(address)
                # Items that a script brings from that page have links as seen from there.
                in_place = target.count("/") == file.count("/")
                return html.escape(up + quote(target) + rest)

            written = _LINK.sub(link, whole)
            return written if in_place else _IN_PLACE.sub("", written)

        return _TAG.sub(tag, text), found

    def in_list(self, text, address):
        """(a feed or sitemap with full addresses below `address`, the addresses it names)."""
        found = set()

        def full(match):
            place = self._place(match[1], "/", False)
            if place is None:
                return match[0]
            found.add(place[0])
            return address + (f"/{file_of(place[0])}" if "?" in place[0] else match[1])

        return self._own.sub(full, text), found

    def pictures(self, text):
        """The addresses of pictures that the text names in full, as shared links do."""
        places = (self._place(path, "/", False) for path in self._own.findall(text) if "/uploads/" in path)
        return {place[0] for place in places if place}

    def _place(self, value, here, in_text):
        """(address, what follows the file's name) of a link as it is written in HTML, or None."""
        place = self._read(value, "" if value.startswith("/") else here, in_text)
        if place and "?before=" in place[0]:
            path, _, cursor = place[0].partition("?before=")
            cursor = self.steady(path, here, cursor)
            return path + (f"?before={cursor}" if cursor else ""), place[1]
        return place

    def _read_anew(self, value, here, in_text):
        link = html.unescape(value).strip()
        if link.startswith("#") or not link:
            return None
        if link.startswith(self.media):
            link = f"/uploads/{link.removeprefix(self.media)}"
        if in_text and link.startswith(f"{self.origin}/"):
            link = link.removeprefix(self.origin)
        return address_of(link, here)
