"""The block editor's markup as plain HTML: its comments say what each part is, its HTML is finished already.

What has no finished HTML (a void block) is filled in where that is possible, as a shared block is, or counted as lost.
"""

import json
import re
from html import escape

from moving.wordpress.autop import paragraphs

# The editor writes < and > in attributes as \u003c and \u003e.
_COMMENT = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+(?P<words>[^<>]*+)>"
)
#: Reusable blocks inside each other that are followed.
DEEPEST = 8
#: Blocks that only make room or repeat what the site shows anyway.
_NOTHING = frozenset(
    ["more", "nextpage", "spacer", "post-title", "post-date", "post-featured-image", "read-more"]
)
_FORMS = frozenset(
    ["jetpack/contact-form", "jetpack/subscriptions", "jetpack/mailchimp", "newspack-newsletters/subscribe"]
)


def has_blocks(text):
    """Whether a text was written in the block editor."""
    return "<!-- wp:" in text


def plain(text, *, reusable=None, footnotes=""):
    """The HTML of a text in blocks. `reusable`: the texts of shared blocks by number; `footnotes`: JSON."""
    return _Blocks(reusable or {}, footnotes).plain(text, ())


class _Blocks:
    def __init__(self, reusable, footnotes):
        self.reusable, self.footnotes = reusable, footnotes

    def plain(self, text, within):
        pieces, opened, at = [], [], 0
        for comment in _COMMENT.finditer(text):
            pieces.append(self._between(text[at : comment.start()], opened))
            at = comment.end()
            name = comment["name"].removeprefix("core/")
            if comment["end"]:
                if name in opened:
                    while opened and opened.pop() != name:
                        pass
            elif (said := comment["words"].removesuffix("--").rstrip()).endswith("/"):
                pieces.append(self._void(name, _words(said.removesuffix("/")), within))
            else:
                opened.append(name)
        pieces.append(self._between(text[at:], opened))
        return "".join(pieces)

    def _between(self, text, opened):
        """What stands in no block, or in one of the classic editor, has its paragraphs by empty lines."""
        if not opened or opened[-1] in ("freeform", "shortcode"):
            return paragraphs(text)
        if any(name in _FORMS for name in opened):
            return '<x-lost what="form"></x-lost>' if text.strip() else ""
        return text

    def _void(self, name, words, within):
        if name == "block":
            number = str(words.get("ref", ""))
            if number in within or len(within) >= DEEPEST:
                return ""
            if number not in self.reusable:
                return '<x-lost what="reusable block that is not in the export"></x-lost>'
            return self.plain(self.reusable[number], (*within, number))
        if name == "separator":
            return "<hr>"
        if name == "footnotes":
            return self._footnotes()
        if (name == "embed" or name.startswith("core-embed/")) and isinstance(words.get("url"), str):
            return f'<x-embed url="{escape(words["url"])}"></x-embed>'
        if name == "gallery" and isinstance(words.get("ids"), list):
            return f'<x-gallery ids="{",".join(str(number) for number in words["ids"])}"></x-gallery>'
        if name == "image" and words.get("id"):
            return (
                f'<img data-id="{escape(str(words["id"]))}" src="{escape(str(words.get("url", "")))}" alt="">'
            )
        return "" if name in _NOTHING else f'<x-lost what="block “{escape(name)}”"></x-lost>'

    def _footnotes(self):
        try:
            notes = json.loads(self.footnotes or "[]")
        except (ValueError, RecursionError):
            notes = []
        notes = [one for one in notes if isinstance(one, dict)] if isinstance(notes, list) else []
        return (
            "<ol>" + "".join(f"<li>{one.get('content', '')}</li>" for one in notes) + "</ol>" if notes else ""
        )


def _words(text):
    """The attributes of a block."""
    try:
        words = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        words = {}
    return words if isinstance(words, dict) else {}
