"""How agencies word a credit and a caption, and how the two become our two fields.

In a field of the file called creator, a photographer; in its credit line, whom the photographer or the agency
wants to be named (IPTC Photo Metadata Standard, "Creator" and "Credit Line"). Readers see photographer/agency.
"""

import re
import unicodedata

#: What begins a passage that only names who took the picture.
OPENINGS = (
    *["photo by", "photos by", "photograph by", "picture by", "image by", "photo credit should read"],
    *["photo credit:", "credit:", "foto:", "foto von"],
)
#: Words around the names, in a credit at a caption's end.
FILLERS = {
    *[
        "photo",
        "photos",
        "photograph",
        "picture",
        "image",
        "foto",
        "bild",
        "credit",
        "by",
        "von",
        "via",
        "the",
    ],
    *["should", "read", "c", "copyright", "and", "und"],
}
#: Characters. What is longer says more than who took the picture.
LONGEST_TAIL = 160
NOTICE = re.compile(
    r"©|\(c\)|\bcopyright\b|\ball rights reserved\b|\b(19|20)\d\d\b(\s*[-–]\s*(19|20)\d\d\b)?", re.I
)


def credit_of(words):
    """The credit as readers see it, from creator and credit line; "" when the file names nobody."""
    creator, line = ", ".join(words.get("creator", [])), ", ".join(words.get("credit", []))
    if not (creator or line):
        return holder_of(words.get("rights", [""])[0])
    if not line or contains(creator, line):
        return creator
    if not creator or contains(line, creator):
        return line
    photographer, slash, agency = creator.rpartition("/")
    if slash and contains(line, agency):  # “Arda Example/Agency” and “Agency via Desk”
        creator = photographer.strip()
    return f"{creator}/{line}"


def holder_of(notice):
    """Whom a copyright notice names: “© 2026 Arda Example. All rights reserved.” Long ones are terms, not names."""
    holder = " ".join(NOTICE.sub(" ", notice).split()).strip(" .,;:-–|/")
    return holder if len(holder) <= 80 else ""


def caption_of(words):
    """(caption, credit): without a credit at its end that the credit says already.

    What says more than the credit stays where it is. When the file names nobody elsewhere, the caption's own
    “(Photo by …)” becomes the credit.
    """
    caption, credit = words.get("caption", [""])[0], credit_of(words)
    body, tail = in_two(caption)
    if not tail:
        return caption, credit
    if not credit:
        name = without_opening(tail)
        return (body, name) if name != tail and caption.endswith((")", "]")) else (caption, "")
    known = tokens(" ".join([credit, *words.get("creator", []), *words.get("source", [])]))
    named = tokens(tail) - FILLERS
    return (body if named and named <= known else caption), credit


def in_two(caption):
    """(text, what may be a credit at its end, without brackets), or (caption, "")."""
    if caption.endswith((")", "]")):
        start = max(caption.rfind("("), caption.rfind("["))
        tail = caption[start + 1 : -1].strip()
    else:
        # The last sentence, if it begins like a credit or has the agencies' slash: “REUTERS/Arda Example”.
        text = caption.rstrip(".")
        start = max(text.rfind(end) for end in (". ", "? ", "! ", "” ", '" ', ") "))
        start, tail = (start + 1, text[start + 2 :].strip()) if start >= 0 else (-1, "")
        if "/" not in tail and without_opening(tail) == tail:
            return caption, ""
    if start < 0 or not tail or len(tail) > LONGEST_TAIL:
        return caption, ""
    return caption[:start].strip(), tail


def without_opening(tail):
    opening = next((one for one in OPENINGS if tail.lower().startswith(one)), "")
    return tail[len(opening) :].strip(" :")


def contains(text, part):
    """Whether `part` stands in `text` as whole words, whatever their case and accents."""
    return f" {' '.join(words_in(part))} " in f" {' '.join(words_in(text))} "


def tokens(text):
    return set(words_in(text))


def words_in(text):
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.findall(r"\w+", bare)
