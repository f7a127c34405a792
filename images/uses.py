"""Where a picture or recording is used, asked by the names of relations that point at it: nothing above is imported.

The rows behind them are written in the transaction of each save and publication, so they are the whole index. What
a use in a story means, only the layer of stories can say: settings.PICTURE_STORIES names its module.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from importlib import import_module
from operator import or_

from django.conf import settings
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import PROTECT, Exists, IntegerChoices, OuterRef, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from images.models import Image

#: Uses on the picture's form, and on a page of all of them.
SHORT, PAGE_SIZE = 10, 50
#: Profiles and sections that are named; nobody's portrait stands for more.
MOST_THINGS = 50


class State(IntegerChoices):
    """How public one use is, the most public first."""

    LIVE = 1, _("Live now")
    SCHEDULED = 2, _("Scheduled")
    THING = 3, _("Profile or section")
    DESK = 4, _("In a desk copy only")
    PAST = 5, _("In past versions only")


@dataclass(frozen=True)
class Place:
    """As what a picture stands in a use, and [(label, words)] that are others there than the library's."""

    name: str
    words: list = field(default_factory=list)


@dataclass(frozen=True)
class Use:
    """One thing in which a picture stands. `url` is its form, "" for who may not open it; `at` a moment to tell."""

    title: str
    url: str
    state: State
    places: list
    at: datetime | None = None
    note: str = ""


def uses(model=Image):
    """The relations through which stories, sections and profiles point at pictures; each keeps its picture."""
    return [relation for relation in model._meta.related_objects if relation.on_delete is PROTECT]


def is_used():
    """The condition that a picture stands somewhere: in a desk copy, a published version, a profile, a section."""
    rows = (
        relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        for relation in uses()
    )
    return reduce(or_, (Q(Exists(found)) for found in rows))


def stories():
    """The module that knows stories, see articles/picture_stories.py."""
    return import_module(settings.PICTURE_STORIES)


def things(thing, user):
    """The Uses in what has a form of its own, such as a profile or a section, in which it is one field."""
    found = []
    for relation in uses(type(thing)):
        if admin.site.is_registered(relation.related_model):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: thing})
            found += [(relation, row) for row in rows.order_by("pk")[:MOST_THINGS]]
    return sorted((_thing(*one, user) for one in found), key=lambda use: use.title)


def _thing(relation, row, user):
    model = relation.related_model._meta
    may_open = user.has_perm(f"{model.app_label}.view_{model.model_name}") or user.has_perm(
        f"{model.app_label}.change_{model.model_name}"
    )
    url = reverse(f"admin:{model.app_label}_{model.model_name}_change", args=[row.pk]) if may_open else ""
    title = f"{capfirst(model.verbose_name)}: {row}"
    return Use(title, url, State.THING, [Place(str(capfirst(relation.field.verbose_name)))])


@dataclass(frozen=True)
class Uses:
    """A page of the uses of one thing, the most public first; `counts` is [(state, number)] of all of them."""

    listed: list
    counts: list
    page: object

    @property
    def total(self):
        return self.page.paginator.count


def uses_of(thing, user, at, *, number=1, size=SHORT):
    """The Uses of a picture or recording for `user` at the moment `at`. A constant number of queries."""
    found = sorted([*things(thing, user), *stories().standing(thing, at)], key=lambda one: one.state)
    page = Paginator(found, size).get_page(number)
    told = stories().told(thing, [one for one in page if not isinstance(one, Use)], user)
    listed = [
        one if isinstance(one, Use) else told[one] for one in page if isinstance(one, Use) or one in told
    ]
    states = [one.state for one in found]
    counts = [(state, states.count(state)) for state in State if state in states]
    return Uses(listed, counts, page)
