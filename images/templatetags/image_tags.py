"""The one way to print a picture."""

from django import template

from images.sources import picture_of

register = template.Library()

# How wide a picture is on the screen, where the template does not say.
DEFAULT_SIZES = {
    "full": "(min-width: 48rem) 45rem, 100vw",
    "card": "(min-width: 48rem) 20rem, 100vw",
    "square": "6rem",
    "share": "100vw",
}


@register.inclusion_tag("images/_picture.html")
def picture(image, crop="full", alt="", sizes="", priority=False):
    """`image` in `crop`; nothing at all while it has no renditions.

    `alt` is printed as given, so that a picture beside its own headline can stay silent (alt=""). `priority`
    is for the one picture that the reader sees first.
    """
    return {
        "picture": picture_of(image, crop),
        "alt": alt or "",
        "sizes": sizes or DEFAULT_SIZES[crop],
        "priority": priority,
    }
