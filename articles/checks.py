"""What is looked at before a story becomes public, and how much each finding weighs.

A check of the level "block" keeps the story from readers; "warn" asks for a reason; "off" is silent. The level
in CHECKS holds unless the setting CHECK_LEVELS names another; deploy/env.example names the checks.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ValidationError

from articles import inspection

LEVELS = BLOCK, WARN, OFF = "block", "warn", "off"

#: name: (level unless CHECK_LEVELS says otherwise, check). Checks give (field of the form, sentence) pairs.
CHECKS = {
    "headline": (BLOCK, inspection.has_a_headline),
    "body": (BLOCK, inspection.has_text),
    "byline": (BLOCK, inspection.has_a_byline),
    "section": (BLOCK, inspection.has_a_section),
    "embargo": (BLOCK, inspection.embargo_is_over),
    "picture": (BLOCK, inspection.pictures_are_there),
    "picture-files": (BLOCK, inspection.picture_files_can_be_made),
    "alt": (BLOCK, inspection.pictures_have_alt),
    "alt-file-name": (BLOCK, inspection.alt_is_no_file_name),
    "alt-repeats": (BLOCK, inspection.alt_says_something_new),
    "credit": (BLOCK, inspection.pictures_have_a_credit),
    "rights": (BLOCK, inspection.rights_allow_the_pictures),
    "single-use": (BLOCK, inspection.single_uses_are_single),
    "recording": (BLOCK, inspection.recordings_are_there),
    "transcript": (WARN, inspection.recordings_can_be_read),
    "malformed-link": (BLOCK, inspection.links_can_be_followed),
    "dead-link": (WARN, inspection.links_lead_somewhere),
    "rights-end": (WARN, inspection.rights_outlast_the_story),
    "caption": (WARN, inspection.pictures_have_a_caption),
    "headline-length": (WARN, inspection.headline_fits),
    "standfirst": (WARN, inspection.has_a_standfirst),
    "tags": (WARN, inspection.has_tags),
    "headings": (WARN, inspection.headings_are_in_order),
    "blocks": (WARN, inspection.blocks_are_whole),
    "notes": (WARN, inspection.no_notes_are_left),
    "language": (WARN, inspection.is_the_only_one_in_its_language),
}

#: These depend on the moment of publication, which a schedule page has still to ask for.
MOMENTARY = frozenset(["embargo", "rights", "recording", "rights-end", "dead-link"])


@dataclass(frozen=True)
class Finding:
    """One thing to look at: the check's name, its level, the sentence, and the field of the form it is about."""

    name: str
    level: str
    message: str
    where: str

    @property
    def blocks(self):
        return self.level == BLOCK

    @property
    def anchor(self):
        """Where the field stands on the form."""
        return "bylines-group" if self.where == "bylines" else f"id_{self.where}"


def report(article, at, *, bylines=None, tags=None):
    """Every Finding about the desk copy, were it public at the moment `at`; blocking ones come first.

    `bylines` and `tags` are how many a form that is not saved has; without them those in the database count.
    """
    return sorted(_findings(article, at, (BLOCK, WARN), bylines, tags), key=lambda found: not found.blocks)


def before_publishing(article, at):
    """The ValidationErrors that keep the desk copy from becoming public at the moment `at`."""
    return [
        ValidationError(found.message, code=found.name)
        for found in _findings(article, at, (BLOCK,), None, None)
    ]


def _findings(article, at, levels, bylines, tags):
    copy = inspection.Copy(
        article=article,
        at=at,
        bylines=article.bylines.count() if bylines is None else bylines,
        tags=article.tags.count() if tags is None else tags,
    )
    return [
        Finding(name, level, message, where)
        for name, (usual, check) in CHECKS.items()
        if (level := settings.CHECK_LEVELS.get(name, usual)) in levels
        for where, message in check(copy)
    ]


@register
def levels_are_known(app_configs, **kwargs):
    """articles.E001: a misspelt name or level would leave a check as it was, and nobody would notice."""
    return [
        Error(
            f"CHECK_LEVELS says {name}={level}, which means nothing.",
            hint=f"The checks are {', '.join(CHECKS)}; each may be {', '.join(LEVELS)}.",
            id="articles.E001",
        )
        for name, level in settings.CHECK_LEVELS.items()
        if name not in CHECKS or level not in LEVELS
    ]
