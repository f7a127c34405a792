"""The file in which an editor says where things go, and the sections that follow when nothing is said.

[sections]                      # a category or tag there -> a section here, made when it is missing
"Politics" = "politics"
"politics-local" = { slug = "town", name = "Town" }

[defaults]
section = "news-feed"           # what no line and no first tag decides
pages = "pages"                 # where pages go
featured = "Featured"           # a tag for what is featured there; without it the mark is left out

[fields]                        # WordPress: a custom field there -> standfirst, editors_note, seo_title …
subtitle = "standfirst"
"""

import tomllib
from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.models import Section
from authors.slugs import make_slug

#: So many tags or categories may become sections by themselves: those with the most stories. The others are tags.
MOST_SECTIONS = 20

#: Fields of a story that a custom field may fill.
FIELDS = (
    "headline",
    "standfirst",
    "editors_note",
    "seo_title",
    "seo_description",
    "lead_credit",
    "lead_caption",
)

NO_SECTION = ("uncategorized", "uncategorised", "uncategorised-2", "allgemein", "без-категорії")


@dataclass
class Mapping:
    sections: dict = field(default_factory=dict)  # name or slug there, in small letters -> (slug, name)
    section: tuple = (Section.NEWS_FEED, "News Feed")
    pages: tuple = ("pages", "Pages")
    featured: str = ""
    fields: dict = field(default_factory=dict)


def read_mapping(path):
    """The Mapping in a TOML file. Raises ValidationError with a sentence."""
    try:
        with open(path, "rb") as file:
            said = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValidationError(_("The mapping cannot be read: %(why)s") % {"why": error}) from error
    unknown = set(said) - {"sections", "defaults", "fields"}
    unknown |= set(said.get("defaults", {})) - {"section", "pages", "featured"}
    if unknown:
        raise ValidationError(
            _("The mapping says %(words)s, which means nothing.") % {"words": ", ".join(sorted(unknown))}
        )
    if wrong := set(said.get("fields", {}).values()) - set(FIELDS):
        raise ValidationError(
            _("The mapping leads to %(wrong)s; it may lead to %(fields)s.")
            % {"wrong": ", ".join(sorted(map(str, wrong))), "fields": ", ".join(FIELDS)}
        )
    mapping = Mapping(fields=said.get("fields", {}))
    mapping.sections = {name.lower(): _section(words) for name, words in said.get("sections", {}).items()}
    defaults = said.get("defaults", {})
    mapping.featured = defaults.get("featured", "")
    for name in ("section", "pages"):
        if name in defaults:
            setattr(mapping, name, _section(defaults[name]))
    return mapping


def _section(words):
    """(slug, name) of what a line leads to."""
    if isinstance(words, dict):
        name = str(words.get("name") or words.get("slug") or "")
        slug = str(words.get("slug") or make_slug(name))
    else:
        slug = make_slug(str(words))
        name = str(words) if str(words) != slug else slug.replace("-", " ").capitalize()
    if not slug or not name:
        raise ValidationError(_("A section in the mapping has no name."))
    return slug[:60], name[:60]


class Sections:
    """Which section each story stands in; a section that is missing is made."""

    def __init__(self, mapping, terms, report):
        self.mapping, self.report = mapping, report
        self.terms = {term.id: term for term in terms}
        self.made = {section.slug: section for section in Section.objects.all()}
        often = Counter()
        for term in terms:
            often[self._upwards(term)[-1].id] += term.stories
        self.large = {pk for pk, number in often.most_common(MOST_SECTIONS) if number}

    def of(self, story):
        """The Section of a records.Story."""
        if story.is_page:
            return self.get(*self.mapping.pages, in_news_feed=False)
        for pk in story.first_terms:
            if pk in self.terms and (section := self.of_term(self.terms[pk])):
                return section
        return self.get(*self.mapping.section)

    def of_term(self, term):
        """The Section that a tag or category leads to, or None when it stays a tag."""
        for one in self._upwards(term):
            for name in (one.slug, one.name):
                if name.lower() in self.mapping.sections:
                    return self.get(*self.mapping.sections[name.lower()])
        top = self._upwards(term)[-1]
        slug = (make_slug(top.slug) or make_slug(top.name) or "section")[:60]
        if slug in self.made:
            return self.made[slug]
        if top.slug.lower() in NO_SECTION or top.id not in self.large:
            return None
        return self.get(slug, top.name[:60])

    def is_only(self, term, section):
        """Whether a category says no more than the section that its stories stand in: it is no tag as well then."""
        if not term.is_category:
            return False
        alone = self._upwards(term)[-1] is term
        return term.slug.lower() in NO_SECTION or (alone and self.of_term(term) == section)

    def _upwards(self, term):
        """The term and its parents, however they are knotted."""
        chain = [term]
        while (parent := self.terms.get(chain[-1].parent)) and parent not in chain:
            chain.append(parent)
        return chain

    def get(self, slug, name, *, in_news_feed=True):
        """The section with this slug, made when there is none."""
        if slug not in self.made:
            position = max((section.position for section in self.made.values()), default=0) + 1
            self.made[slug] = Section.objects.create(
                slug=slug, name=name, position=min(position, 32000), in_news_feed=in_news_feed
            )
            self.report.count("section", "written")
        return self.made[slug]
