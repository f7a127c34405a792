"""The moment of a page: all of it is as it was at one time, and what depends on the clock says so."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

_page = ContextVar("page", default=None)


@dataclass
class Moment:
    """When a page is made, and the first time after that at which it would say something else."""

    at: datetime
    until: datetime | None = None


@contextmanager
def making(at):
    """The page made in this block is of the moment `at`."""
    page = Moment(at)
    token = _page.set(page)
    try:
        yield page
    finally:
        _page.reset(token)


def now():
    """The moment of the page that is being made; outside of one, the time by the clock."""
    page = _page.get()
    return page.at if page else timezone.now()


def reached(limit, at):
    """Whether `at` is not before `limit`. A page that asks is another page from `limit` on.

    Code that compares times itself, after the database has answered, must ask this way.
    """
    page = _page.get()
    if page and at < limit:
        page.until = min(filter(None, [page.until, limit]))
    return limit <= at
