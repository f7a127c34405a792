"""Words in IPTC-IIM, the older vocabulary of picture agencies: a row of numbered fields in bytes.

The standard is the IPTC's "Information Interchange Model" 4.2: 0x1C, record, number, two bytes of length, value.
Fields of record 2 hold the words; field 1:90 says how they are encoded.
"""

from hashlib import md5

from images.metadata.said import MOST, iim_moment, said

MARK = 0x1C
#: ISO 2022's escape into UTF-8, the only value of 1:90 that agencies write.
UTF8 = b"\x1b%G"
ENCODING, RECORD = (1, 90), 2
DAY, TIME = 55, 60

NAMES = {
    5: "title",
    25: "keywords",
    40: "instructions",
    80: "creator",
    90: "city",
    92: "sublocation",
    95: "state",
    101: "country",
    103: "reference",
    105: "headline",
    110: "credit",
    115: "source",
    116: "rights",
    120: "caption",
}

#: Numbers of Photoshop's resources: the IIM itself, and its digest when the XMP beside it was last written.
IIM, DIGEST = 0x0404, 0x0425


def read(content):
    """What the IIM in `content` says; as much of it as is undamaged."""
    fields = fields_of(content)
    encoded = UTF8 in fields.get(ENCODING, [])
    texts = {
        name: [decoded(value, encoded) for value in fields[RECORD, number]]
        for number, name in NAMES.items()
        if (RECORD, number) in fields
    }
    day, clock = (decoded(fields.get((RECORD, number), [b""])[0], encoded) for number in (DAY, TIME))
    return said(texts, iim_moment(day, clock))


def fields_of(content):
    """{(record, number): [value, ...]}, up to the first byte that is no field."""
    fields, at = {}, 0
    while at + 5 <= len(content) and content[at] == MARK:
        key = content[at + 1], content[at + 2]
        size = int.from_bytes(content[at + 3 : at + 5], "big")
        if size & 0x8000:  # a length of more bytes: for whole pictures, never for words
            break
        values = fields.setdefault(key, [])
        if len(values) < MOST:
            values.append(content[at + 5 : at + 5 + size])
        at += 5 + size
    return fields


def decoded(value, encoded):
    """Text of `value`: UTF-8 when the file says so or it cannot be anything else, else the Latin-1 of Windows."""
    if encoded:
        return value.decode("utf-8", "ignore")  # agencies' programs cut a letter in two at the field's length
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace").replace("\ufffd", "")


def is_newer_than_xmp(content, digest):
    """Whether a program that knows no XMP changed the IIM later: its digest is no longer the one noted then."""
    return bool(digest) and digest != md5(content, usedforsecurity=False).digest()


def in_photoshop(content):
    """{number: value} of Photoshop's resources, as TIFF and a file's APP13 hold them."""
    found, at = {}, 0
    while content[at : at + 4] == b"8BIM" and at + 7 <= len(content):
        number = int.from_bytes(content[at + 4 : at + 6], "big")
        at += 7 + content[at + 6]
        at += at & 1
        size = int.from_bytes(content[at : at + 4], "big")
        found[number] = content[at + 4 : at + 4 + size]
        at += 4 + size + (size & 1)
    return found
