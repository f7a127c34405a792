"""One page of the site as a file: asked of the whole site as a reader would, and written with links between files."""

import io
import pickle
import re
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import blake2b
from itertools import accumulate, chain, pairwise, starmap
from urllib.parse import quote, urlsplit

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.template.loader import render_to_string

from articles.feed_content import absolute
from images.serving import NAME as RENDITION
from moving.site.files import ASSETS, NOT_FOUND, SEARCH, address_of, file_of, way_up
from moving.site.folder import write_whole
from moving.site.links import Links
from moving.site.search_page import search_page
from pagecache import moment
from pagecache.questions import Questions, answer
from pagecache.watches import writes
from pagecache.wsgi import Answer

#: Asked of the site for the page that a server shows where nothing is: no story can have this address.
NOWHERE = "/-/"
_LISTS = ("application/", "text/xml", "text/plain")
#: What stands between two lists of articles.stream.together.
_NEXT_LIST = re.compile(r" UNION ALL (?=SELECT \d+ AS list, story\.\* FROM \()")


@dataclass
class Made:
    """What became of one address: its file, if it has one, and what the page asked and leads to."""

    address: str
    file: str = ""
    sha256: str = ""
    size: int = 0
    changed: int = 0  # when the file was last written, in nanoseconds
    written: bool = False
    leads_to: list = field(default_factory=list)
    asked: list = field(default_factory=list)  # (key, and for a new one: SQL, parameters, answer)
    until: str = ""
    proved: bool = True  # False when somebody wrote meanwhile, or the page asked what nobody watches
    problem: str = ""


def lists_apart(sql, parameters):
    """The lists that articles.stream.together asks for in one question, each as a question: [(SQL, parameters)].

    Those beside a story are of its section and of the News Feed, so that all stories ask the same few.
    """
    lists = _NEXT_LIST.split(sql)
    ends = [*accumulate((part.count("%s") for part in lists), initial=0)]
    if len(lists) == 1 or ends[-1] != len(parameters):
        return [(sql, parameters)]
    return [(part, parameters[slice(*ends_of)]) for part, ends_of in zip(lists, pairwise(ends), strict=True)]


class Maker:
    """Makes pages in one process. `folder`: where; `at`: the one moment of all; `watched`: the tables that count."""

    def __init__(self, folder, at, *, origin, media, address, cursors, watched):
        self.folder, self.at, self.address, self.watched = folder, at, address, watched
        self.site_handler = WSGIHandler()
        self.site = urlsplit(origin)
        self.links = Links(origin, media, cursors.steady)
        self.known = {}  # key of a question -> its answer, as long as nobody writes
        self.written = None

    def make(self, address):
        """Write the file of one address and say what it is made of."""
        try:
            if address.startswith(ASSETS):
                return self._copy(address)
            return self._page(address)
        except OSError as error:
            return Made(address, problem=f"{address}: {error}", proved=False)

    def _page(self, address):
        before = writes()
        questions = Questions()
        with moment.making(self.at) as page, questions.recorded(self.at):
            if address == SEARCH:
                answer = search_page()
            else:
                answer = self._answer(address)
        made = Made(address, until=page.until.astimezone(UTC).isoformat() if page.until else "")
        made.asked = self._asked(questions, before)
        made.proved = writes() == before and questions.only_reads and questions.tables <= self.watched
        status = int(answer.status.split()[0])
        text = answer.body.decode()
        content_type = answer.header("Content-Type")
        if status in (301, 302):
            return self._moved(made, answer.header("Location"))
        if status not in (200, 404, 410):
            made.proved, made.problem = False, f"{address}: the site answers {answer.status}"
            return made
        if content_type.startswith("text/html"):
            text, found = self.links.in_page(text, address)
        elif content_type.startswith(_LISTS):
            text, found = self.links.in_list(text, self.address)
        else:
            found = ()  # a stylesheet or a drawing in the paper's own colour
        made.leads_to = sorted(found)
        file = NOT_FOUND if address == f"/{NOT_FOUND}" else file_of(address)
        if status == 404 and not file.endswith(".html"):
            return made
        self._write(made, file, [text.encode()])
        return made

    def _answer(self, address):
        """What the site answers. No request begins or ends for Django, which would close the connection each time."""
        response = self.site_handler.get_response(WSGIRequest(self._request(address)))
        return Answer(
            f"{response.status_code} {response.reason_phrase}", response.items(), b"".join(response)
        )

    def _request(self, address):
        path, _, query = (NOWHERE if address == f"/{NOT_FOUND}" else address).partition("?")
        secure = self.site.scheme == "https"
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": self.site.hostname,
            "SERVER_PORT": str(self.site.port or (443 if secure else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": self.site.netloc,
            "HTTP_X_FORWARDED_PROTO": self.site.scheme,
            "wsgi.url_scheme": self.site.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }

    def _moved(self, made, location):
        """A page that leads on by itself, because a folder has no other way to say that something moved."""
        place = address_of(location.removeprefix(self.site.geturl()))
        if place is None:
            made.problem = f"{made.address}: leads to {location}, which has no file"
            return made
        made.leads_to = [place[0]]
        file = file_of(made.address)
        if not file.endswith(".html"):
            return made  # such as /index.php: no server would show what it finds there
        context = {"target": way_up(file) + quote(file_of(place[0])) + place[1], "full": absolute(place[0])}
        self._write(made, file, [render_to_string("moving/moved.html", context).encode()])
        return made

    def _asked(self, questions, written):
        """The questions, with SQL, parameters and answer for those that this process has not told of yet."""
        if written != self.written:
            self.known, self.written = {}, written
        told = []
        with connection.cursor() as cursor:
            for sql, parameters in chain.from_iterable(starmap(lists_apart, questions.asked)):
                key = blake2b(f"{sql}{parameters!r}".encode(), digest_size=12).digest()
                if key in self.known:
                    told.append((key,))
                else:
                    self.known[key] = said = answer(cursor, sql, parameters, self.at)
                    told.append((key, sql, pickle.dumps(parameters), said))
        return told

    def _copy(self, address):
        made = Made(address)
        with ExitStack() as opened:
            try:
                content = opened.enter_context(self._open(address)).read()
            except OSError:
                answer = self._answer(address)
                if not answer.status.startswith("200"):
                    made.problem = f"{address}: the site has no such file"
                    return made
                content = answer.body
        self._write(made, file_of(address), [content])
        return made

    def _open(self, address):
        """A file that we know to be for readers; others are asked of the site."""
        folder, _, name = address[1:].partition("/")
        if folder == "uploads" and RENDITION.fullmatch(name):
            return default_storage.open(name)
        if folder == "static" and (path := finders.find(name)):
            return open(path, "rb")  # not collected, as on a developer's machine
        if folder == "static":
            return staticfiles_storage.open(name)
        raise FileNotFoundError(address)

    def _write(self, made, file, parts):
        made.file = file
        made.written, made.sha256, made.size, made.changed = write_whole(self.folder / file, parts)
