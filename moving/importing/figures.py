"""What foreign HTML says of a picture: its file, its caption and its credit, wherever in its box they stand."""

import re

from moving.importing.credits import split_credit
from moving.importing.parts import Picture

_CREDIT = re.compile(r"(?:^|[\s_-])credits?(?:$|[\s_-])")


def picture_of(image):
    """The Picture of an <img>, or None for one that is a sign of writing or a counter of visits."""
    src = ""
    for name in ("data-orig-file", "data-src", "data-lazy-src", "data-original", "src"):
        value = (image.get(name) or "").strip()
        if value and not value.startswith("data:image/gif"):
            src = value
            break
    classes = (image.get("class") or "").split()
    if {"emoji", "wp-smiley"} & set(classes) or "/images/core/emoji/" in src:
        return None
    if (image.get("width") or "").strip() in ("0", "1") and (image.get("height") or "").strip() in ("0", "1"):
        return None
    number = next((word[9:] for word in classes if re.fullmatch(r"wp-image-\d+", word)), "")
    number = number or next(
        (value for name in ("data-id", "data-attachment-id") if (value := image.get(name) or "").isdecimal()),
        "",
    )
    if not src and not number:
        return None
    return Picture(src=src, number=number, alt=" ".join((image.get("alt") or "").split()))


def put_words(one, caption, credit):
    """Give a Picture its words; without a credit of its own that is looked for at the end of the caption."""
    one.caption, one.credit = (caption, credit) if credit else split_credit(caption)


def take_credit(element):
    """Take the credit out of a picture's box, which themes and plug-ins mark by a class; "" when there is none."""
    boxes = [one for one in element.iter() if _CREDIT.search(one.get("class") or "")]
    if not boxes or boxes[0] is element or boxes[0].find(".//img") is not None:
        return ""
    words = " ".join(boxes[0].text_content().split())
    boxes[0].drop_tree()
    return split_credit(words)[1] or words


def caption_of(element):
    """The words below a picture, wherever in its box they stand."""
    if (found := element.find(".//figcaption")) is not None:
        return " ".join(found.text_content().split())
    return words_of_class(element, "wp-caption-text") or words_of_class(element, "gallery-caption")


def own_caption(element):
    """The caption of a gallery itself, not that of one picture in it."""
    found = element.find("figcaption")
    return " ".join(found.text_content().split()) if found is not None else ""


def without_caption(element):
    """The box itself, after its caption was taken out; those of boxes inside it stay."""
    for caption in element.findall(".//figcaption"):
        if next(caption.iterancestors("figure"), element) is element:
            caption.drop_tree()
    return element


def words_of_class(element, name):
    """The words of the first element inside that has this class, as one line; "" when there is none."""
    found = next(iter(element.find_class(name)), None)
    return " ".join(found.text_content().split()) if found is not None else ""


def told_by(words, *sources):
    """What a page says of itself, with who wrote it and where behind it in brackets."""
    known = ", ".join(dict.fromkeys(filter(None, sources)))
    return f"{words} ({known})".strip() if known else words
