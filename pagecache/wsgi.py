"""The page cache in front of the site."""

import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from django.utils import timezone

from pagecache import moment
from pagecache.memory import Memory
from pagecache.pages import Page, bodies_of, etag_of, lasting
from pagecache.patience import patience
from pagecache.questions import Questions
from pagecache.standing import TROUBLE
from pagecache.watches import writes

#: Answers that are the same for everybody.
KEPT = ("200", "301", "302", "404", "410")
#: Seconds for which readers get the page as it was while somebody makes the new one.
WHILE_MADE = 0.5


class PageCache:
    """A WSGI application that answers from finished pages, and asks `app` for those it has not.

    `addresses` says what may be kept, `lookout` what is known of the newsroom, `shelf` is shared with other
    processes, `room` is how many bytes of pages this one holds, `watched` are the tables whose writes are counted.
    """

    def __init__(self, app, *, addresses, lookout, shelf, room, watched):
        self.app, self.addresses, self.lookout, self.shelf = app, addresses, lookout, shelf
        self.watched = frozenset(watched)
        self.memory = Memory(room)
        self._doubted = {}  # key -> when its page was first found to be perhaps no longer right

    def __call__(self, environ, start_response):
        key = self.addresses.key(environ)
        if key is None:
            return self._pass_on(environ, start_response)
        page = self.memory.get(key)
        try:
            standing = self.lookout.look()
            if page is None or not standing.proves(page, timezone.now()):
                return self._renew(key, page, environ, start_response)
        except TROUBLE:
            if page is None or not self.lookout.last_good(page):
                return self._try(environ, start_response)
            return page.answer(environ, start_response, "hit; detail=stale")
        return page.answer(environ, start_response, "hit")

    def _pass_on(self, environ, start_response):
        """What is none of the cache's business. While SQLite lets nobody read, it is told so at once, too: requests
        that wait would take all threads, and no reader would get even the pages that are kept.
        """
        try:
            with patience(sqlite=0 if self.lookout.is_out() else None, postgresql=None):
                return self.app(environ, start_response)
        finally:
            if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
                self.lookout.look_anew()

    def _try(self, environ, start_response):
        """Ask the site while the database does not answer; not for as long as the desk would wait.

        SQLite has just been waited for: a file that is locked refuses each question anew, and a page asks several.
        """
        with ExitStack() as limited:
            with suppress(*TROUBLE):
                limited.enter_context(patience(sqlite=0))
            return self.app(environ, start_response)

    def _renew(self, key, page, environ, start_response):
        """Prove the page again or make it, unless another thread or process is at it."""
        must_wait = page is None or self._doubted_for(key) > WHILE_MADE
        with self.shelf.alone(key, wait=must_wait) as alone, patience(postgresql=None):
            if not alone and not must_wait:
                return page.answer(environ, start_response, "hit; detail=being-renewed")
            self.lookout.look_anew()
            standing = self.lookout.look()
            for known in (self.memory.get(key), self.shelf.get(key)):
                if known is not None and (proved := self._prove(known, standing)):
                    self._keep(key, proved)
                    return proved.answer(environ, start_response, "hit")
            made = self._make(key, environ, standing)
        if isinstance(made, Page):
            return made.answer(environ, start_response, "fwd=miss; stored")
        if made.status.startswith("5") and page and self.lookout.last_good(page):
            return page.answer(environ, start_response, "hit; detail=stale")
        return made.answer(environ, start_response)

    def _doubted_for(self, key):
        """Seconds since the page there was first found to be perhaps no longer right."""
        now = time.monotonic()
        return now - self._doubted.setdefault(key, now)

    def _keep(self, key, page):
        self.memory.put(key, page)
        self._doubted.pop(key, None)

    def _prove(self, page, standing):
        """The page with a proof of this moment, or None when it would be another page now."""
        now = timezone.now()
        if standing.proves(page, now):
            return page
        # What compared times itself may say something else later than it noted, or earlier than it was made.
        if page.proved_at > now or (page.until is not None and page.until <= now):
            return None
        written = writes()
        if page.questions.answers(now) != page.answers or writes() != written:
            return None
        return page.proved(standing, now) if written == standing.written else None

    def _make(self, key, environ, standing):
        """Let the site make the page: a Page that is kept, or an Answer for this reader only."""
        at, questions = timezone.now(), Questions()
        with moment.making(at) as page, questions.recorded(at):
            answer = Answer.of(self.app, self.addresses.request(key, environ))
        if not (answer.may_be_kept and questions.only_reads and questions.tables <= self.watched):
            self._doubted.pop(key, None)
            return answer
        answers = questions.answers(at)
        before, etag = self.memory.get(key), etag_of(answer.body)
        if before and before.etag == etag:  # the answers differ in what no reader sees
            bodies = before.bodies
        else:
            bodies = bodies_of(answer.body, answer.header("Content-Type"))
        made = Page(
            status=answer.status,
            headers=lasting(answer.headers),
            bodies=bodies,
            etag=etag,
            questions=questions,
            answers=answers,
            written=standing.written,
            proved_at=at,
            until=page.until,
        )
        if writes() == standing.written:  # else somebody wrote between its questions
            self._keep(key, made)
            self.shelf.put(key, made)
        return made


@dataclass
class Answer:
    """What the site answered, whole."""

    status: str
    headers: list
    body: bytes

    @classmethod
    def of(cls, app, environ):
        got = {}

        def start_response(status, headers, exc_info=None):
            got.update(status=status, headers=headers)

        parts = app(environ, start_response)
        try:
            body = b"".join(parts)
        finally:
            with suppress(AttributeError):
                parts.close()
        return cls(got["status"], got["headers"], body)

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def may_be_kept(self):
        return (
            self.status.startswith(KEPT)
            and self.header("Cache-Control").startswith("public")
            and not self.header("Set-Cookie")
        )

    def answer(self, environ, start_response):
        headers = [*self.headers, ("Cache-Status", "newsroom; fwd=bypass")]
        start_response(self.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]
