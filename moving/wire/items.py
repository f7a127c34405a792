"""Items of agencies and feeds in one form: RSS, Atom, IPTC ninjs (JSON) and IPTC NewsML-G2 (XML)."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

from moving.importing.body import words_of

#: Items of one file that are read.
MOST = 2000


@dataclass
class WireItem:
    """One item. `id` is the sender's for ever; a later version has the same one."""

    id: str
    headline: str
    html: str = ""
    standfirst: str = ""
    byline: str = ""
    sender: str = ""
    link: str = ""
    at: datetime | None = None
    embargo: datetime | None = None
    terms: str = ""
    subjects: list = field(default_factory=list)
    picture: dict = field(default_factory=dict)  # src, alt, caption, credit
    is_canceled: bool = False


def read(content):
    """The WireItems of a feed or of agency items (bytes). Raises ValidationError."""
    text = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in (b"{", b"["):
        return _ninjs(text)[:MOST]
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    if re.search(rb"<!\s*(?:ENTITY|DOCTYPE)", text[:100_000], re.IGNORECASE):
        raise ValidationError(
            _("The feed declares entities (<!DOCTYPE or <!ENTITY), as no feed does: it was not read.")
        )
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValidationError(_("The feed cannot be read: %(why)s") % {"why": str(error)[:200]}) from error
    if root is None:
        raise ValidationError(_("The feed is empty."))
    readers = {"rss": _rss, "RDF": _rss, "feed": _atom, "newsItem": _newsml, "newsMessage": _newsml}
    reader = readers.get(_name(root))
    if reader is None:
        raise ValidationError(
            _("This is neither RSS nor Atom nor NewsML-G2: it begins with <%(name)s>.")
            % {"name": _name(root)}
        )
    return reader(root)[:MOST]


# --- Feeds ---


def _rss(root):
    home = _said(_first(root, "channel"), "link")
    items = []
    for one in _all(root, "item"):
        link = _said(one, "link")
        guid = _said(one, "guid") or one.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or link
        if not guid:
            continue
        full, short = _said(one, "encoded"), _said(one, "description")
        enclosure = _first(one, "enclosure")
        picture = (
            enclosure.get("url")
            if enclosure is not None and (enclosure.get("type") or "").startswith("image/")
            else ""
        )
        items.append(
            WireItem(
                id=guid if ":" in guid else f"{home}#{guid}",
                headline=words_of(_said(one, "title")),
                html=full or short,
                standfirst=words_of(short) if full else "",
                byline=words_of(_said(one, "creator")),
                sender=words_of(_said(_first(root, "channel"), "title")),
                link=link,
                at=moment_of(_said(one, "pubDate") or _said(one, "date")),
                subjects=[
                    words for tag in _all(one, "category") if (words := words_of("".join(tag.itertext())))
                ],
                picture={"src": picture} if picture else {},
            )
        )
    return items


def _atom(root):
    items = []
    for one in _all(root, "entry"):
        content, links = _first(one, "content"), [tag for tag in one if _name(tag) == "link"]
        link = next((tag.get("href", "") for tag in links if tag.get("rel", "alternate") == "alternate"), "")
        author = _first(one, "author")
        if not (_said(one, "id") or link):
            continue
        items.append(
            WireItem(
                id=_said(one, "id") or link,
                headline=words_of(_said(one, "title")),
                html=_markup(content) if content is not None else _markup(_first(one, "summary")),
                standfirst=words_of(_markup(_first(one, "summary"))) if content is not None else "",
                byline=words_of(_said(author, "name")),
                sender=words_of(_said(root, "title")),
                link=link,
                at=moment_of(_said(one, "published") or _said(one, "updated")),
                subjects=[tag.get("term", "") for tag in _all(one, "category") if tag.get("term")],
            )
        )
    return items


def _markup(element):
    """The HTML that an element of Atom holds, whichever of the three ways it is written in."""
    if element is None:
        return ""
    if element.get("type") == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    said = "".join(element.itertext())
    return said if element.get("type") == "html" else escape(said)


# --- Agencies ---


def _ninjs(text):
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        try:  # one item a line
            said = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError) as error:
            raise ValidationError(
                _("The JSON cannot be read: %(why)s") % {"why": str(error)[:200]}
            ) from error
    found = said if isinstance(said, list) else said.get("items", [said]) if isinstance(said, dict) else []
    return [_ninjs_item(one) for one in found if isinstance(one, dict) and isinstance(one.get("uri"), str)]


def _ninjs_item(one):
    def text(name, plural=""):
        """A field of ninjs 1, or the main one of its list in ninjs 2 and 3."""
        if isinstance(one.get(name), str):
            return one[name]
        several = [
            part
            for part in one.get(plural) or ()
            if isinstance(part, dict) and isinstance(part.get("value"), str)
        ]
        return next(
            (part["value"] for part in several if part.get("role") == "main"),
            several[0]["value"] if several else "",
        )

    html = text("body_html") or text("body_xhtml")
    for part in one.get("bodies") or ():
        if (
            isinstance(part, dict)
            and isinstance(part.get("value"), str)
            and "html" in str(part.get("contenttype", "html"))
        ):
            html = html or part["value"]
    plain = text("body_text", "bodies")
    html = html or "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", plain) if part.strip())
    subjects = [
        part.get("name") for part in one.get("subject") or one.get("subjects") or () if isinstance(part, dict)
    ]
    return WireItem(
        id=one["uri"],
        headline=words_of(text("headline", "headlines") or text("title")),
        html=html,
        standfirst=words_of(text("description_text", "descriptions")),
        byline=words_of(text("byline")),
        sender=words_of(text("provider") or text("copyrightholder") or text("source")),
        at=moment_of(text("firstcreated") or text("versioncreated")),
        embargo=moment_of(text("embargoed")),
        terms=words_of(text("usageterms")),
        subjects=[name for name in subjects if isinstance(name, str)],
        picture=_ninjs_picture(one.get("associations")),
        is_canceled=text("pubstatus") in ("canceled", "cancelled", "withheld"),
    )


def _ninjs_picture(associations):
    several = associations.values() if isinstance(associations, dict) else associations or ()
    for one in several:
        if not isinstance(one, dict) or one.get("type") != "picture":
            continue
        renditions = one.get("renditions")
        renditions = list(renditions.values()) if isinstance(renditions, dict) else renditions or []
        renditions = [
            part for part in renditions if isinstance(part, dict) and isinstance(part.get("href"), str)
        ]
        if renditions:
            largest = max(
                renditions, key=lambda part: part["width"] if isinstance(part.get("width"), int) else 0
            )
            words = {
                name: str(one.get(key) or "")
                for name, key in (("alt", "headline"), ("caption", "description_text"))
            }
            return {
                "src": largest["href"],
                "credit": str(one.get("byline") or one.get("copyrightholder") or ""),
                **words,
            }
    return {}


def _newsml(root):
    items = [root] if _name(root) == "newsItem" else _all(root, "newsItem")
    found = []
    for one in items:
        about, status = _first(one, "contentMeta"), _first(one, "pubStatus")
        inline, data = _first(one, "inlineXML"), _first(one, "inlineData")
        if one.get("guid") is None or (inline is None and data is None):
            continue  # a picture or a package
        body = _first(inline, "body.content")
        body = _first(inline, "body") if body is None else body
        plain = "".join((inline if data is None else data).itertext())
        html = escape(plain) if body is None else "".join(_plain_markup(child) for child in body)
        meta = _first(one, "itemMeta")
        found.append(
            WireItem(
                id=one.get("guid"),
                headline=words_of(_said(about, "headline") or _said(meta, "title")),
                html=html,
                standfirst=words_of(_said(about, "description")),
                byline=words_of(_said(about, "by")),
                sender=words_of(_said(about, "creditline") or _said(_first(one, "provider"), "name")),
                at=moment_of(_said(meta, "firstCreated") or _said(meta, "versionCreated")),
                embargo=moment_of(_said(meta, "embargoed")),
                terms=words_of(_said(_first(one, "rightsInfo"), "usageTerms")),
                subjects=[words for tag in _all(about, "subject") if (words := words_of(_said(tag, "name")))],
                is_canceled=status is not None
                and (status.get("qcode") or "").endswith(("canceled", "withheld")),
            )
        )
    return found


def _plain_markup(element):
    """An element with its names as HTML knows them, whatever their namespace (NITF, XHTML)."""
    if not isinstance(element.tag, str):
        return escape(element.tail or "")
    names = {
        "hl2": "h2",
        "q": "q",
        "bq": "blockquote",
        "block": "div",
        "person": "span",
        "org": "span",
        "location": "span",
    }
    tag = names.get(_name(element), _name(element))
    href = f' href="{escape(element.get("href"))}"' if tag == "a" and element.get("href") else ""
    inside = escape(element.text or "") + "".join(_plain_markup(child) for child in element)
    return f"<{tag}{href}>{inside}</{tag}>{escape(element.tail or '')}"


# --- XML in few words ---


def _name(element):
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _all(element, name):
    return list(element.iter("{*}" + name)) if element is not None else []


def _first(element, name):
    return next(iter(element.iter("{*}" + name)), None) if element is not None else None


def _said(element, name):
    """The text of an element's own child of this name, or ""."""
    if element is None:
        return ""
    own = next(
        (child for child in element if _name(child) == name and "".join(child.itertext()).strip()), None
    )
    return "".join(own.itertext()).strip() if own is not None else ""


def moment_of(text):
    """The moment of a date as RSS, Atom and IPTC write it, or None."""
    text = text.strip()
    for read_date in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read_date(text.replace("Z", "+00:00") if read_date is datetime.fromisoformat else text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment if 1900 <= moment.year <= 2200 else None
    return None
