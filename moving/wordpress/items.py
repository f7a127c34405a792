"""One item of a WordPress export as plain values, whatever its version, its theme and its plug-ins call them."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone

from moving.importing.body import words_of
from moving.wordpress.wxr import fields_of, name_of

#: Where plug-ins and themes of newsrooms keep the credit of a picture, the likeliest first.
CREDITS = (
    *[
        "_media_credit",
        "media_credit",
        "_photo_credit",
        "photo_credit",
        "_image_credit",
        "image_credit",
        "credit",
    ],
    *[
        "_credit",
        "photographer",
        "_photographer",
        "photographer_name",
        "isc_image_source",
        "_wp_attachment_source_name",
    ],
    *["attribution", "_attribution", "source_credit", "copyright", "_copyright", "photo_by", "credit_line"],
)
#: The agency beside it.
AGENCIES = ("_navis_media_credit_org", "media_credit_org", "photo_agency", "_photo_agency", "organization")

_IN_FILE = re.compile(r's:\d+:"(credit|copyright)";s:\d+:"((?:[^"\\]|\\.){1,300})"')


@dataclass(slots=True)
class Item:
    """What an item says. `terms` are (taxonomy, slug, name) in its order; `meta` has the first value of a key."""

    id: str
    line: int
    kind: str
    status: str
    title: str
    fields: dict
    meta: dict
    terms: list
    comments: int = 0
    old_slugs: list = field(default_factory=list)

    def text(self, name):
        return self.fields.get(name) or ""


def item_of(element, line):
    """The Item of an <item> element; None for one without a number."""
    fields = fields_of(element)
    number = fields.get("wp:post_id", "").strip()
    if not number:
        return None
    meta, terms, comments, old_slugs = {}, [], 0, []
    for child in element:
        name = name_of(child)
        if name == "wp:postmeta":
            said = fields_of(child)
            key, value = said.get("wp:meta_key", "").strip(), said.get("wp:meta_value", "")
            if key == "_wp_old_slug" and value:
                old_slugs.append(value.strip())
            meta.setdefault(key, value)
        elif name == "wp:comment":
            comments += 1
        elif name == "category" and (slug := (child.get("nicename") or "").strip()):
            domain = child.get("domain") or "category"
            terms.append(("post_tag" if domain == "tag" else domain, slug, "".join(child.itertext()).strip()))
    return Item(
        id=number,
        line=line,
        kind=fields.get("wp:post_type", "post").strip() or "post",
        status=fields.get("wp:status", "publish").strip() or "publish",
        title=words_of(fields.get("title", "")),
        fields=fields,
        meta=meta,
        terms=list(dict.fromkeys(terms)),
        comments=comments,
        old_slugs=old_slugs,
    )


def moment_of(item):
    """When the item was published there, or None when nothing in it is a date."""
    for name, zone in (("wp:post_date_gmt", UTC), ("wp:post_date", timezone.get_default_timezone())):
        if moment := _moment(item.text(name), zone):
            return moment
    try:
        moment = parsedate_to_datetime(item.text("pubDate").strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if 1900 <= moment.year <= 2200 else None


def _moment(text, zone):
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return moment if 1900 <= moment.year <= 2200 else None


def credit_of(item):
    """The credit of an attachment, from the fields of plug-ins or from what the camera's file said; or ""."""
    who = next(
        (words for key in CREDITS if (words := words_of(item.meta.get(key, ""))) and not words.isdigit()), ""
    )
    agency = next((words for key in AGENCIES if (words := words_of(item.meta.get(key, "")))), "")
    if who or agency:
        return "/".join(part for part in (who, agency) if part)
    found = dict(_IN_FILE.findall(item.meta.get("_wp_attachment_metadata", "")))
    return words_of(found.get("credit") or found.get("copyright") or "")
