"""What a picture's file says about itself, as the words of the library's fields and the facts of the camera.

Three sources overlap in a file. They are asked in this order, value by value: XMP, IPTC-IIM, EXIF; last the loose
texts of PNG and GIF. docs/decisions/0030-what-a-file-says.md has the rules and where they come from. Damage in one
source is silence of that source, never an error: the pixels are what matters.
"""

from dataclasses import dataclass, field

from images.metadata import exif, iptc, xmp
from images.metadata.said import Said, said, taken_at
from images.metadata.wording import caption_of

#: Tags of TIFF, and the head of GIF's block with XMP.
TIFF_IIM, TIFF_PHOTOSHOP = 33723, 34377
GIF_XMP = b"!\xff\x0bXMP DataXMP"
#: What follows the packet there: bytes 255 to 0, so that a reader of blocks finds the end (XMP, part 3, 1.1.2).
GIF_XMP_END = bytes([1, *range(255, -1, -1), 0])
PNG_TEXTS = {"caption": "Description", "title": "Title", "creator": "Author", "rights": "Copyright"}


@dataclass(frozen=True)
class Metadata:
    """`words`: {name of a field of Image: text}, filled ones only. `taken_at`: a datetime, naive when the file
    knows no offset, or None. `camera`: make, model, lens, serials, owner, latitude, longitude, as far as known."""

    words: dict[str, str] = field(default_factory=dict)
    taken_at: object = None
    camera: dict = field(default_factory=dict)


def read(picture, file):
    """The Metadata of `picture`, opened by Pillow from `file` and loaded."""
    from_exif, camera = exif.read(picture)
    iim, digest = iim_of(picture)
    packet = xmp_of(picture, file)
    sources = [xmp.read(packet) if packet else Said(), iptc.read(iim), from_exif, loose_texts(picture)]
    if iptc.is_newer_than_xmp(iim, digest):
        sources[:2] = sources[1::-1]
    moments = [source.taken for source in sources if source.taken]
    return Metadata(fields(merged(sources)), taken_at(moments), camera)


def merged(sources):
    """{name: texts}, each of the first source that has it."""
    words = {}
    for source in sources:
        for name, texts in source.words.items():
            words.setdefault(name, texts)
    return words


def fields(words):
    """The texts by the names of Image's fields."""
    first = {name: texts[0] for name, texts in words.items()}
    caption, credit = caption_of(words)
    found = {
        "title": first.get("headline") or first.get("title", ""),
        "caption": caption,
        "credit": credit,
        "keywords": ", ".join(words.get("keywords", [])),
        "people": ", ".join(words.get("people", [])),
        "place": place(first),
        "usage_terms": "\n".join(
            distinct(first.get(name, "") for name in ("rights", "terms", "instructions"))
        ),
        "source": ", ".join(distinct(first.get(name, "") for name in ("source", "licensor", "reference"))),
    }
    return {name: text for name, text in found.items() if text}


def place(first):
    """From the smallest to the country; the state only where no town is named."""
    town = first.get("city") or first.get("state", "")
    return ", ".join(distinct([first.get("sublocation", ""), town, first.get("country", "")]))


def distinct(texts):
    return [text for text in dict.fromkeys(texts) if text]


# --- Where each format keeps them -------------------------------------------------------------------------


def xmp_of(picture, file):
    """The packet, or b""."""
    if picture.format == "GIF":
        return gif_xmp(file)
    return as_bytes(picture.info.get("xmp", b""))


def gif_xmp(file):
    """Pillow skips this block; its packet is not cut into pieces as GIF's other blocks are."""
    file.seek(0)
    content = file.read()
    start = content.find(GIF_XMP)
    end = content.find(GIF_XMP_END, start)
    return content[start + len(GIF_XMP) : end] if 0 <= start < end else b""


def iim_of(picture):
    """(IIM, the digest noted when XMP was last written), each b"" when there is none."""
    if picture.format == "TIFF":
        tags = picture.tag.tagdata  # as they stand in the file: some programs call these bytes numbers
        resources = iptc.in_photoshop(tags.get(TIFF_PHOTOSHOP, b""))
        own = tags.get(TIFF_IIM, b"")
    else:
        resources, own = picture.info.get("photoshop", {}), b""
    iim, digest = (as_bytes(resources.get(number, b"")) for number in (iptc.IIM, iptc.DIGEST))
    return own or iim, digest


def as_bytes(value):
    """Pillow gives some of these as text, and what it has read itself as a dictionary."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    return value if isinstance(value, bytes) else b""


def loose_texts(picture):
    """PNG's texts by keyword and GIF's comment, as weak as they are."""
    if picture.format == "GIF":
        comment = exif.text(picture.info.get("comment", b""))
        return said({"caption": [] if exif.is_noise(comment) else [comment]})
    if picture.format != "PNG":
        return Said()
    texts = {name: picture.info.get(keyword) for name, keyword in PNG_TEXTS.items()}
    return said({name: [text] for name, text in texts.items() if isinstance(text, str)})
