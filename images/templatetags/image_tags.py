"""The one way to print a picture."""

from django import template

from images.places import PLACES, Words
from images.sources import picture_of, shown_as

register = template.Library()

# How wide a picture is on the screen, where the template does not say.
DEFAULT_SIZES = {
    "full": "(min-width: 48rem) 45rem, 100vw",
    "lead": "(min-width: 48rem) 45rem, 100vw",
    "card": "(min-width: 48rem) 20rem, 100vw",
    "square": "6rem",
    "share": "100vw",
}


@register.inclusion_tag("images/_figure.html")
def figure(figure, place):
    """`figure` (images.figures.Figure) as images/places.py says for `place`; nothing at all for no figure.

    Readers' pages print every picture with this tag, so that its words go where it goes.
    """
    if not figure:  # a template's missing variable arrives as ""
        return {}
    said = PLACES[place]
    return {
        "figure": figure,
        "picture": shown_as(figure.image, said.crop),
        "place": place,
        "alt": "" if said.silent else figure.alt,
        "caption": figure.caption if said.words is Words.ALL else "",
        "credit": "" if said.words is Words.NONE else figure.credit,
        "has_words": said.words is not Words.NONE,
        "sizes": said.sizes,
        "priority": said.first,
    }


@register.inclusion_tag("images/_picture.html")
def picture(image, crop="full", alt="", sizes="", priority=False):
    """`image` in `crop` without words, for the desk's tools; nothing at all while it has no renditions.

    `alt` is printed as given. `priority` is for the one picture that is seen first.
    """
    return {
        "picture": picture_of(image, crop),
        "alt": alt or "",
        "sizes": sizes or DEFAULT_SIZES[crop],
        "priority": priority,
    }
