"""How the paper looks to readers at this moment: its name, tagline, mark and colour, at no cost to a page.

A page asks for its sections anyway, and gets the stamp of the paper's row with each (pages.public_sections). What a
stamp stands for never changes, so each process remembers it. The page cache keeps the question for the sections with
the page: a new stamp makes every page anew.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe

from articles import accent
from articles.models import Paper
from articles.squeeze import squeezed

#: The stylesheets that know the accent, and where each says it: (rules in the light, rules in the dark).
SHEETS = {
    "site": "@layer tokens {{ :root {{ --brick: {light}; --flame: {glow} }} @media (prefers-color-scheme: dark) "
    "{{ :root {{ --brick: {dark}; --flame: {dark} }} }} }}",
    "lite": ":root {{ --accent: {light} }} @media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark} }} }}",
}
#: The accent the paper came with.
ACCENT = "#a93a0c"
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Look:
    """What the head of every page says. `accent` and `mark` are "" where the paper has them as it came."""

    name: str = field(default_factory=lambda: settings.SITE_NAME)
    tagline: str = field(default_factory=lambda: settings.SITE_TAGLINE)
    accent: str = ""
    mark: str = ""
    stamp: str = ""

    def sheet(self, kind):
        """The address of a stylesheet of SHEETS, with the accent in it where there is one."""
        own = static(f"css/{kind}.css")
        return reverse("sheet", args=[self.stamp, PurePosixPath(own).name]) if self.accent else own

    @property
    def site_sheet(self):
        return self.sheet("site")

    @property
    def lite_sheet(self):
        return self.sheet("lite")

    @property
    def icon(self):
        """The address of the small picture on a browser's tab."""
        return reverse("icon", args=[self.stamp]) if self.mark else static("img/favicon.svg")


def with_stamp(rows):
    """`rows`, sections or others that a page asks for anyway, each with the stamp of the paper."""
    return rows.annotate(paper_stamp=Subquery(Paper.objects.values("stamp")[:1]))


def look_of(sections):
    """The Look of a page that asked for these rows `with_stamp`; without any it costs a query."""
    if sections:
        stamp = sections[0].paper_stamp
    else:
        stamp = Paper.objects.values_list("stamp", flat=True).first()
    return (_remembered(stamp) if stamp else None) or Look()


def look():
    """The Look outside of pages: for feeds and other answers that ask for no sections."""
    return look_of([])


@lru_cache(maxsize=8)
def _remembered(stamp):
    paper = Paper.objects.filter(stamp=stamp).first()
    return paper and Look(
        name=paper.name or settings.SITE_NAME,
        tagline=paper.tagline or settings.SITE_TAGLINE,
        accent=paper.accent,
        mark=mark_safe(paper.mark),  # noqa: S308 (articles.mark wrote it)
        stamp=stamp,
    )


def sheet(request, stamp, name):
    """A stylesheet with the paper's colour at its end: still one request. An old address leads to today's."""
    kind = name.partition(".")[0]
    if kind not in SHEETS:
        raise Http404
    now = look()
    if request.path != now.sheet(kind):
        return redirect(now.sheet(kind))
    path = finders.find(f"css/{kind}.css")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    colours = {
        "light": now.accent,
        "dark": accent.for_the_dark(now.accent),
        "glow": accent.glow(now.accent),
    }
    return _for_good(squeezed(text + SHEETS[kind].format(**colours)), "text/css; charset=utf-8")


def icon(request, stamp):
    """The paper's mark as a picture of its own, in its colour."""
    now = look()
    if not now.mark:
        raise Http404
    if request.path != now.icon:
        return redirect(now.icon)
    drawing = now.mark.replace(
        "<svg ", f'<svg xmlns="http://www.w3.org/2000/svg" color="{now.accent or "#a93a0c"}" ', 1
    )
    return _for_good(drawing, "image/svg+xml")


def _for_good(content, kind):
    """May stay with readers: pages name another address after a change."""
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": FOR_GOOD})
