"""What must be right before a story becomes public. Each problem is a sentence that says what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles import rendering
from images.figures import Figure
from images.models import Image


def before_publishing(article, at):
    """The ValidationErrors that keep the desk copy from becoming public at the moment `at`."""
    problems = [problem for check in CHECKS for problem in check(article, at)]
    return [ValidationError(message, code=code) for code, message in problems]


def has_words(article, at):
    if not article.headline.strip():
        yield "headline", _("The story has no headline.")
    if not rendering.plain_text(article.body):
        yield "body", _("The story has no text yet.")


def has_a_byline(article, at):
    if not article.bylines.exists():
        yield "byline", _("The story has no author. Add a byline.")


def embargo_is_over(article, at):
    if article.embargo and at < article.embargo:
        yield "embargo", _("The story is under embargo. Choose a moment after the embargo ends.")


def pictures_are_described(article, at):
    """A credit is owed to the photographer, a description to readers who cannot see the picture."""
    for place, figure in figures(article):
        if figure is None:
            yield (
                "picture",
                _("%(place)s: the picture is no longer in the library. Remove it.") % {"place": place},
            )
            continue
        if not figure.credit:
            yield "credit", _("%(place)s has no credit. Write who made the picture.") % {"place": place}
        if not figure.alt:
            yield "alt", _("%(place)s has no alternative text. Write what is seen.") % {"place": place}


def figures(article):
    """(where it stands, its Figure or None when the picture is gone) for every picture of a desk copy."""
    if article.lead_image_id:
        yield _("The lead picture"), article.lead_figure
    blocks = [block for block in rendering.references(article.body) if block.kind == "figure"]
    images = Image.objects.in_bulk([block.id for block in blocks])
    for number, block in enumerate(blocks, start=1):
        image = images.get(block.id)
        words = {name: block.data.get(name, "") for name in ("alt", "caption", "credit")}
        yield _("Picture %(number)d in the text") % {"number": number}, image and Figure.of(image, **words)


CHECKS = (has_words, has_a_byline, embargo_is_over, pictures_are_described)
