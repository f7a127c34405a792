"""A picture as one story uses it: the library's picture with this story's wording."""

from dataclasses import dataclass

from images.models import Image
from images.sources import picture_of

SIZES = ("column", "wide")


@dataclass(frozen=True)
class Figure:
    """What a page prints: the wording is already decided, nothing is empty that the library could fill."""

    image: Image
    alt: str
    caption: str
    credit: str
    size: str

    @property
    def content_url(self):
        """The address of the largest JPEG, or "" while the picture has no renditions and is not shown."""
        picture = picture_of(self.image, "full")
        return picture.src if picture else ""

    @classmethod
    def of(cls, image, *, alt="", caption="", credit="", size="column"):
        """The figure of `image` in one use; an empty wording means "as in the library".

        An unknown `size` becomes "column": the words come from a stored story and must not break a page.
        """
        return cls(
            image=image,
            alt=alt.strip() or image.alt_text,
            caption=caption.strip() or image.caption,
            credit=credit.strip() or image.credit,
            size=size if size in SIZES else SIZES[0],
        )
