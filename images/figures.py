"""A picture as one story uses it: the library's picture with this story's wording."""

from dataclasses import dataclass

from images.models import Image
from images.sources import picture_of

SIZES = ("column", "wide")


@dataclass(frozen=True)
class Figure:
    """What a page prints: the wording is already decided, nothing is empty that the library could fill.

    A `decorative` one says nothing that the words around it do not: `alt` is then empty on purpose.
    """

    image: Image
    alt: str
    caption: str
    credit: str
    size: str
    decorative: bool = False

    @property
    def row(self):
        """What the database said of the picture (see pagecache.prepared), and the words of this use."""
        return self.image.row, self.alt, self.caption, self.credit, self.size

    @property
    def content(self):
        """The whole picture as the largest JPEG; None while it has no renditions and is not shown."""
        return picture_of(self.image, "full")

    @property
    def share(self):
        """The picture for cards on other sites (1.91 to 1, JPEG), or None."""
        return picture_of(self.image, "share")

    @classmethod
    def of(cls, image, *, alt="", caption="", credit="", size="column", decorative=False):
        """The figure of `image` in one use; an empty wording means "as in the library".

        An unknown `size` becomes "column": the words come from a stored story and must not break a page.
        """
        return cls(
            image=image,
            alt="" if decorative else alt.strip() or image.alt_text,
            caption=caption.strip() or image.caption,
            credit=credit.strip() or image.credit,
            size=size if size in SIZES else SIZES[0],
            decorative=bool(decorative),
        )

    @classmethod
    def shown(cls, image, at, **words):
        """The figure of `image` if readers may see it at the moment `at`; None otherwise, and for no image."""
        return cls.of(image, **words) if image is not None and image.rights_allow(at) else None
