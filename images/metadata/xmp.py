"""Words in XMP, today's vocabulary: RDF in XML, as ISO 16684-1 lays it out.

The XML comes from strangers. It is parsed by expat with a limit on size and depth, and a document type, the only
place where entities can be declared, ends the reading before anything is expanded.
"""

from contextlib import suppress
from xml.parsers import expat

from images.metadata.said import MOST, iso_moment, said

#: Bytes. Photoshop's history can make a packet of a megabyte; more is no news.
LARGEST = 2 * 1024 * 1024
DEEPEST = 40
UTF16 = (b"\xff\xfe", b"\xfe\xff")

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
DC = "http://purl.org/dc/elements/1.1/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"

NAMES = {
    f"{DC} description": "caption",
    f"{PHOTOSHOP} Headline": "headline",
    f"{DC} title": "title",
    f"{DC} creator": "creator",
    f"{PHOTOSHOP} Credit": "credit",
    f"{PHOTOSHOP} Source": "source",
    f"{PHOTOSHOP} TransmissionReference": "reference",
    f"{DC} rights": "rights",
    f"{RIGHTS} UsageTerms": "terms",
    f"{PHOTOSHOP} Instructions": "instructions",
    f"{DC} subject": "keywords",
    f"{EXT} PersonInImage": "people",
    f"{CORE} Location": "sublocation",
    f"{PHOTOSHOP} City": "city",
    f"{PHOTOSHOP} State": "state",
    f"{PHOTOSHOP} Country": "country",
}
#: Where it was taken, when a file tells that from what it shows: parts of a structure.
CREATED = f"{EXT} LocationCreated"
PLACE = {
    f"{EXT} Sublocation": "sublocation",
    f"{EXT} City": "city",
    f"{EXT} ProvinceState": "state",
    f"{EXT} CountryName": "country",
}
LICENSOR, LICENSOR_NAME = f"{PLUS} Licensor", f"{PLUS} LicensorName"
DATE_CREATED = f"{PHOTOSHOP} DateCreated"


class Hostile(Exception):
    """The packet is built to cost more than it tells."""


class Node:
    """An element: its name as "namespace name", its attributes, its elements and its text."""

    def __init__(self, name, attributes):
        self.name, self.attributes, self.children, self.parts = name, attributes, [], []

    @property
    def text(self):
        return "".join(self.parts)


def read(packet):
    """What the XMP in `packet` says; nothing when it is damaged, hostile or too large."""
    with suppress(expat.ExpatError, Hostile, ValueError, LookupError):
        return words_of(properties(parse(packet)))
    return said({})


def words_of(found):
    words = {name: texts(found[key]) for key, name in NAMES.items() if key in found}
    for place in found.get(CREATED, [])[:1]:
        if isinstance(place, dict):
            created = {name: texts(place[key]) for key, name in PLACE.items() if key in place}
            words = {name: value for name, value in words.items() if name not in PLACE.values()} | created
    licensors = [one for one in found.get(LICENSOR, []) if isinstance(one, dict)]
    words["licensor"] = [text for one in licensors for text in texts(one.get(LICENSOR_NAME, []))]
    moments = [iso_moment(text) for text in texts(found.get(DATE_CREATED, []))]
    return said(words, moments[0] if moments else None)


def texts(values):
    return [value for value in values if isinstance(value, str)]


# --- From XML to properties -------------------------------------------------------------------------------


def parse(packet):
    """The root of the XML in `packet` as a Node."""
    if len(packet) > LARGEST:
        raise Hostile
    root = Node("", {})
    path = [root]

    def start(name, attributes):
        if len(path) > DEEPEST:
            raise Hostile
        node = Node(name, attributes)
        path[-1].children.append(node)
        path.append(node)

    def refuse(*args):
        raise Hostile

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: path.pop()
    parser.CharacterDataHandler = lambda data: path[-1].parts.append(data)
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.Parse(packet if packet.startswith(UTF16) else packet.strip(b"\0 \t\r\n"), True)
    return root


def properties(root):
    """{name: [value, ...]} of every rdf:Description below rdf:RDF; a value is text or a dict like this one."""
    found = {}
    for node in descriptions(root):
        for name, values in fields_of(node).items():
            found.setdefault(name, values)
    return found


def descriptions(node):
    for child in node.children:
        if node.name == f"{RDF} RDF":
            yield child
        else:
            yield from descriptions(child)


def fields_of(node):
    """The properties of a resource: its attributes, and its elements."""
    own = {name: [value] for name, value in node.attributes.items() if is_property(name)}
    return own | {child.name: values_of(child) for child in node.children[: 5 * MOST]}


def is_property(name):
    return " " in name and not name.startswith((RDF, XML))


def values_of(node):
    """A property's values: the items of its list, the one language of its alternatives, or the one value."""
    for child in node.children:
        if child.name == f"{RDF} Alt":
            return [value_of(item) for item in in_one_language(child.children)]
        if child.name in (f"{RDF} Bag", f"{RDF} Seq"):
            return [value_of(item) for item in child.children[:MOST]]
    return [value_of(node)]


def in_one_language(items):
    """The first alternative, or the one marked as the default (ISO 16684-1, 8.2.2.4)."""
    default = [item for item in items if item.attributes.get(f"{XML} lang", "").lower() == "x-default"]
    return (default or items)[:1]


def value_of(node):
    """Text, or a dict for a structure: its fields are attributes, elements, or those of an inner Description."""
    for child in node.children:
        if child.name == f"{RDF} Description":
            return fields_of(child)
    fields = fields_of(node)
    if f"{RDF} value" in fields:  # a value with remarks about it
        return "".join(texts(fields[f"{RDF} value"]))
    return fields or node.text
