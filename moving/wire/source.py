"""Items of agencies and feeds as drafts, brought in like an archive: each once, and never over the desk's words."""

from html import escape

from django.utils.translation import gettext as _

from articles.moments import clock
from authors.models import Author
from moving.importing.parts import Picture
from moving.importing.records import Outline, Person, Story, Term


class WireSource:
    """The items of one feed or file. What an agency took back does not come."""

    system = "Wire"
    key = "wire"
    site = ""
    hosts = ()

    def __init__(self, items):
        self.items = [item for item in items if not item.is_canceled]
        self.canceled = [item for item in items if item.is_canceled]
        self.names = {item.byline for item in self.items if item.byline}

    def library(self):
        return []

    def people(self):
        """Those of the bylines who have a profile here; an agency's staff get none by themselves."""
        return [
            Person(id=author.name, name=author.name, slug=author.slug)
            for author in Author.objects.filter(name__in=self.names)
        ]

    def paths_of(self, person):
        return []

    def terms(self):
        names = dict.fromkeys(subject for item in self.items for subject in item.subjects)
        return [Term(id=name, name=name, slug=name) for name in names]

    def paths(self):
        return {}

    def outlines(self):
        return [Outline(item.id, "", item.headline, []) for item in self.items]

    def stories(self, only=None):
        for item in self.items:
            if only is None or item.id in only:
                yield self._story(item)

    def _story(self, item):
        lead = Picture(**item.picture) if item.picture else None
        return Story(
            id=item.id,
            where=_("item %(id)s") % {"id": item.id},
            headline=item.headline,
            html=f"<p>{escape(self._note(item))}</p>{item.html}",
            standfirst=item.standfirst,
            authors=[item.byline],
            first_terms=item.subjects,
            lead=lead,
            embargo=item.embargo,
            lone_addresses=True,
        )

    def _note(self, item):
        """What the desk has to know, in brackets: the check before publishing asks to remove it."""
        said = [
            item.sender or _("Wire"),
            item.byline,
            clock(item.at) if item.at else "",
            item.link,
            item.terms,
        ]
        return "[" + ", ".join(part.replace("[", "(").replace("]", ")") for part in said if part)[:190] + "]"

    def left_out(self):
        return {_("items that their sender took back"): len(self.canceled)}

    def troubles(self):
        return []

    def close(self):
        pass
