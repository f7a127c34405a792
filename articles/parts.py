"""Parts of readers' pages that are drawn once for what they are made of, by whichever page comes first.

When a story is published, most pages change a little: a card more in the News Feed. All other cards, the masthead and
the text of each story come out as before, and are not drawn again.
"""

from django.utils.translation import get_language

from articles.look import Look
from pagecache.moment import now
from pagecache.parts import Parts

#: So many a process keeps; a page is made of some forty, of three thousand letters each.
PARTS = Parts(1500)
PLAIN = (str, int, type(None), Look)


def remembered(name, inputs, make):
    """What `make()` gives for a part of this name and {name: value} inputs, of which alone it is made.

    Two inputs are the same when the database said the same (`row`, see pagecache.prepared). With an input that cannot
    be compared, such as the unsaved story of a preview, the part is made anew.
    """
    try:
        key = (name, get_language(), *inputs, *map(_said, inputs.values()))
    except TypeError:
        return make()
    return PARTS.get(key, _moment(inputs.values()) or now(), make)


def _said(value):
    if isinstance(value, PLAIN):
        return type(value), value  # words that are HTML already look like words that are not
    if isinstance(value, (list, tuple)):
        return tuple(map(_said, value))
    row = getattr(value, "row", None)
    if row is None:
        raise TypeError
    return row


def _moment(values):
    """Whose readers look at the part: the moment that one of its stories knows."""
    for value in values:
        found = _moment(value) if isinstance(value, (list, tuple)) else getattr(value, "seen_at", None)
        if found:
            return found
    return None
