"""The credit at the end of a caption: most systems have one field for both."""

import re

#: What stands before a name, in the languages of the captions we have seen.
_WORDS = [
    *[
        "photo(?:graph)?s?",
        "images?",
        "pictures?",
        "pics?",
        "illustrations?",
        "credits?",
        "source",
        "courtesy",
    ],
    *[
        "foto(?:s|graf)?",
        "bild(?:er)?",
        "quelle",
        "crédits?",
        "fuente",
        "imagen",
        "immagine",
        "zdjęcie",
        "fot",
    ],
    *["фото", "світлина", "зображення", "ілюстрація", "джерело"],
]
_AGENCIES = [
    *[
        "AP",
        "AFP",
        "EPA",
        "PA",
        "DPA",
        "dpa",
        "Reuters",
        "Getty(?: Images)?",
        "Shutterstock",
        "Unsplash",
        "Bloomberg",
    ],
    *[
        "Xinhua",
        "ANSA",
        "Unian",
        "УНІАН",
        "Ukrinform",
        "Укрінформ",
        "Alamy",
        "Flickr",
        "Wikimedia(?: Commons)?",
    ],
    "Associated Press",
]
_JOINED = r"(?:[:/|]|\bby\b|\bof\b|\bvia\b|\bde\b|\bvon\b)"
_BEFORE_NAME = (
    rf"(?:(?:{'|'.join(_WORDS)})\.?(?:\s+(?:credit|courtesy|provided|supplied))?\s*{_JOINED}\s*|©\s*)"
)
_AGENCY = rf"\b(?:{'|'.join(_AGENCIES)})\b"

#: Characters of a caption that is looked at: what is longer is an essay, and ends with no credit.
LONGEST = 3000

_IN_BRACKETS = re.compile(r"^(?P<caption>.*?)\s*[(\[](?P<credit>[^()\[\]]{2,200})[)\]]\s*\.?\s*$", re.DOTALL)
_BY_A_WORD = re.compile(
    rf"^(?P<caption>.*?)(?:^|(?<=[.!?…»”\"’)])\s*|\s+[|–—/•·-]\s*|\n\s*)(?P<credit>{_BEFORE_NAME}(?:[^.!?\n]|(?<=\b\w)\.){{2,150}}(?:\.(?=\s*$))?)\s*$",
    re.DOTALL | re.IGNORECASE,
)
_STARTS = re.compile(rf"^{_BEFORE_NAME}", re.IGNORECASE)
_NAMED = re.compile(rf"{_AGENCY}|^[^\W\d_][^/]{{1,80}}/\s*[^\W\d_][^/]{{1,80}}$")


def split_credit(text):
    """(caption, credit) of a caption that ends with a credit, or (caption, "").

    >>> split_credit("Boats at the quay. (Ana Example/Coastline Pictures)")
    ('Boats at the quay.', 'Ana Example/Coastline Pictures')
    >>> split_credit("Boats at the quay. Photo: Ana Example")
    ('Boats at the quay.', 'Ana Example')
    >>> split_credit("Boats at the quay (left) on Monday (right)")
    ('Boats at the quay (left) on Monday (right)', '')
    """
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return text, ""
    for form in (_IN_BRACKETS, _BY_A_WORD):
        if match := form.match(text):
            credit = match["credit"].strip()
            if form is _BY_A_WORD or _STARTS.match(credit) or _NAMED.search(credit):
                name = _STARTS.sub("", credit).strip(" .:")
                if name:
                    return match["caption"].strip(" |–—/•·-"), name
    return text, ""
