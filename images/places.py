"""Where a picture may stand on a page, and what follows from the place: its shape, its width and its words.

The one list of it. Templates name a place (`{% figure story.lead "card-top" %}`); nothing else of a picture is
decided in them, so that no layout can forget whose picture it shows.
"""

from dataclasses import dataclass
from enum import Enum


class Words(Enum):
    """What stands below a picture."""

    ALL = "the caption, then the credit in brackets"
    CREDIT = "the credit: the picture stands large, but beside a headline of its own"
    NONE = "nothing: it is small, and its story or profile has the words"


@dataclass(frozen=True)
class Place:
    """`crop` is a name of images.crops.CROPS, `sizes` how wide the picture is on the screen.

    A `silent` picture stands beside its own headline or name. Read aloud it would say the same twice, so its
    alternative text is empty. A `first` picture is in sight when the page opens and is fetched before others.
    """

    crop: str
    sizes: str
    words: Words = Words.NONE
    silent: bool = False
    first: bool = False


PLACES = {
    # In a story.
    "lead": Place("lead", "(min-width: 78rem) 50rem, (min-width: 64rem) 65vw, 92vw", Words.ALL, first=True),
    "column": Place("full", "(min-width: 42rem) 38rem, 92vw", Words.ALL),
    "wide": Place("full", "(min-width: 78rem) 50rem, (min-width: 42rem) 38rem, 92vw", Words.ALL),
    # Several together. An upright picture stays whole: 3:2 would leave less than half of it.
    "gallery": Place("card", "(min-width: 78rem) 24rem, (min-width: 40rem) 46vw, 92vw", Words.ALL),
    "gallery-upright": Place("full", "(min-width: 78rem) 24rem, (min-width: 40rem) 46vw, 92vw", Words.ALL),
    "gallery-opening": Place("card", "(min-width: 78rem) 50rem, 92vw", Words.ALL),
    "side-by-side": Place("card", "(min-width: 78rem) 24rem, 46vw", Words.ALL),
    "side-by-side-upright": Place("full", "(min-width: 78rem) 24rem, 46vw", Words.ALL),
    # In a list: articles/_card.html, _feed_item.html and _related_card.html.
    "card-lead": Place(
        "card",
        "(min-width: 80rem) 55rem, (min-width: 64rem) 64vw, 92vw",
        Words.CREDIT,
        silent=True,
        first=True,
    ),
    "card-top": Place("card", "(min-width: 64rem) 17rem, (min-width: 40rem) 45vw, 6rem", silent=True),
    "card-feature": Place(
        "card", "(min-width: 80rem) 37rem, (min-width: 48rem) 45vw, 92vw", Words.CREDIT, silent=True
    ),
    "card-row": Place("card", "(min-width: 64rem) 11rem, (min-width: 40rem) 8rem, 6rem", silent=True),
    "card-mini": Place("card", "6rem", silent=True),
    "stream": Place("card", "(min-width: 64rem) 14rem, (min-width: 48rem) 8rem, 6rem", silent=True),
    "stream-opening": Place(
        "card",
        "(min-width: 64rem) 24rem, (min-width: 48rem) 8rem, 6rem",
        Words.CREDIT,
        silent=True,
        first=True,
    ),
    "related": Place("card", "(min-width: 40rem) 11rem, 82vw", silent=True),
    # People.
    "author-box": Place("square", "6rem", silent=True),
    "author": Place("square", "9rem", Words.CREDIT, first=True),
    # The desk's preview of a link on another site, which prints no words but the story's.
    "share": Place("share", "36rem"),
}
