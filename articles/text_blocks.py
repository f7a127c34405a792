"""Blocks that hold words of their own: how they are put in order, and how a page reads their parts.

In a body each is a <section data-block="…"> at the top level with ordinary paragraphs, lists or a table in it. A
paragraph with data-part is a line of the block's own: the source of a pull quote, a question, a date. So the words
stay words, for the search, the comparison and whoever reads the body without us.

This module knows no list of blocks: articles/rendering.py has it, and passes the kind.
"""

import re
from dataclasses import dataclass

from django.utils.safestring import mark_safe

from articles.dates import machine_date

#: What a table may hold, and the attributes of each. A caption and the parts of a table are read, and not kept.
TABLE_TAGS = {
    "table": (),
    "caption": (),
    "thead": (),
    "tbody": (),
    "tfoot": (),
    "tr": (),
    "th": ("colspan", "rowspan"),
    "td": ("colspan", "rowspan"),
}
#: A cell spans at most so many others; HTML allows 1,000, and no page has room for them.
MOST_SPANNED = 100

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_INLINE = frozenset(["a", "br", "em", "strong", "sub", "sup"])
_LISTS = ("ul", "ol")
_PART = re.compile(r'<p data-part="([^"]*)">')
_SECTION = re.compile(r'<section data-block="([a-z-]+)">(.*?)</section>', re.DOTALL)
_NUMBER = re.compile(r"[\s\d.,:%+\-–−/€$£₴]*\d[\s\d.,:%+\-–−/€$£₴]*")


# --- Cleaning ---------------------------------------------------------------------------------------------


def arranged(body, kinds):
    """A body that nh3 has been over, its text blocks in their one form and at the top level.

    `kinds` are the kinds of text blocks by name. A table without a block around it becomes one. What a block cannot
    hold follows it; a block inside of something else is unwrapped.
    """
    if not re.search(r"<(?:section|t[dhr]|table|caption|tbody)\b| data-part=", body):
        return body
    done = []
    for tag, attributes, source in _pieces(body):
        name = attributes.get("data-block")
        if tag == "section" and name in kinds:
            done.append(_settled(name, kinds[name], source))
        elif tag == "table" and "table" in kinds:
            done.append(_settled("table", kinds["table"], f"<table>{source}</table>"))
        elif tag == "section":
            done.append(source)  # its blocks come to the top with the next pass
        else:
            done.append(_plain(_rebuilt(tag, attributes, source)))
    return "".join(done)


def _pieces(source):
    """(tag, attributes, source inside) of each element at the top of well-formed HTML; words between: tag ""."""
    depth = start = 0
    opened = None
    for match in _TAG.finditer(source):
        closing, tag, attributes = match.groups()
        if tag == "br" or (tag == "hr" and depth):
            continue
        if depth == 0 and not closing and tag not in _INLINE:
            if source[start : match.start()].strip():
                yield "", {}, source[start : match.start()]
            opened = (tag, dict(_ATTRIBUTE.findall(attributes)), match.end())
            start = match.end()
            if tag == "hr":
                yield "hr", {}, ""
                opened = None
                continue
        depth = max(0, depth - 1) if closing else depth + 1
        if closing and depth == 0 and opened:
            yield opened[0], opened[1], source[opened[2] : match.start()]
            start, opened = match.end(), None
    if source[start:].strip():
        yield "", {}, source[start:]


def _rebuilt(tag, attributes, source):
    words = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{words}>" + ("" if tag == "hr" else f"{source}</{tag}>") if tag else source


def _plain(source):
    """HTML without what only text blocks may hold. Its words stay."""
    source = _PART.sub("<p>", source)
    source = re.sub(r"</(?:td|th|tr|caption)>", " ", source)
    return re.sub(rf"</?(?:section|{'|'.join(TABLE_TAGS)})\b[^>]*>", "", source)


def _inline(source):
    """HTML without any element that does not stand inside a line."""
    return _TAG.sub(lambda tag: tag[0] if tag[2] in _INLINE else " " if tag[1] else "", source).strip()


def _has_words(source):
    return bool(_TAG.sub("", source).replace("&nbsp;", " ").replace("\xa0", " ").strip())


def _settled(name, kind, source):
    """One text block in its one form, followed by what it cannot hold; "" when there is nothing in it."""
    first = last = ""
    inside, behind = [], []
    for tag, part, words in _lines(source, kind):
        if tag in ("figure", "div") or (tag == "table" and ("table" not in kind.inside or inside)):
            behind.append(words)
        elif tag == "table":
            caption, rows = _rows(words)
            first = first or caption
            inside += [f"<table><tbody>{rows}</tbody></table>"] if rows else []
        elif tag in _LISTS:
            inside.append(words)
        elif not _has_words(words):
            continue
        elif part == kind.first and part and not first:
            first = words
        elif part == kind.last and part and not last:
            last = words
        elif part == kind.each and part:
            inside.append(f'<p data-part="{part}">{words}</p>')
        else:
            (inside if "p" in kind.inside else behind).append(f"<p>{words}</p>")
    lines = [_line(kind.first, first), *inside, _line(kind.last, last)]
    if "table" in kind.inside and not inside:  # words around a table that is not there
        behind = [f"<p>{words}</p>" for words in (first, last) if words] + behind
        lines = []
    held = "".join(lines)
    return (f'<section data-block="{name}">{held}</section>' if held else "") + "".join(behind)


def _line(part, words):
    return f'<p data-part="{part}">{words}</p>' if words else ""


def _lines(source, kind):
    """(tag, part, words) of what stands in a block, flat: elements that this kind does not know are opened."""
    for tag, attributes, inside in _pieces(source):
        if tag in _LISTS and tag in kind.inside:
            if _has_words(inside):
                yield tag, "", _rebuilt(tag, attributes, _plain(inside))
        elif tag in ("figure", "div", "table"):
            yield tag, "", _rebuilt(tag, attributes, inside)
        elif tag in ("", "p", "h2", "h3", "caption"):
            heading = (kind.first or kind.each) if tag in ("h2", "h3") else ""
            yield "p", attributes.get("data-part", heading), _inline(inside)
        elif tag != "hr":
            yield from _lines(inside, kind)


def _rows(source):
    """(caption, rows as HTML) of a table; a table in a cell gives its words to that cell. No rows without a word."""
    caption, rows, cell, depth = [], [], None, 0
    position = 0
    into = None  # where words go: a cell, the caption, nowhere
    for match in _TAG.finditer(source):
        closing, tag, attributes = match.groups()
        if into is not None:
            into.append(source[position : match.start()])
        position = match.end()
        if tag == "table":
            depth += -1 if closing else 1
        elif depth > 1 or tag not in TABLE_TAGS:
            if into is not None:
                into.append(" " if tag in TABLE_TAGS else match[0])
        elif tag == "tr" and not closing:
            rows.append([])
        elif tag in ("td", "th"):
            if not closing:
                into = []
                cell = (tag, attributes, into)
            elif cell and rows:
                rows[-1].append(cell)
                into = cell = None
        elif tag == "caption":
            into = None if closing else caption
    kept = [[_cell(*cell) for cell in row] for row in rows if row]
    html = "".join(f"<tr>{''.join(row)}</tr>" for row in kept)
    return _inline("".join(caption)), html if _has_words(html) else ""


def _cell(tag, attributes, words):
    found = dict(_ATTRIBUTE.findall(attributes))
    spans = "".join(
        f' {name}="{int(found[name])}"'
        for name in ("colspan", "rowspan")
        if found.get(name, "").isascii()
        and found.get(name, "").isdecimal()
        and 1 < int(found[name][:4]) <= MOST_SPANNED
    )
    lines = [words for _tag, _part, words in _lines("".join(words), _Paragraphs) if _has_words(words)]
    return f"<{tag}{spans}>{''.join(f'<p>{_plain(line)}</p>' for line in lines)}</{tag}>"


class _Paragraphs:
    """The kind of block that a cell is: paragraphs only."""

    inside = ("p",)
    first = last = each = ""


# --- Reading a cleaned body -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A question with its answer, or a date with what happened: safe HTML. `when` is the date as machines read it."""

    head: str
    words: str
    when: str = ""


def sections(body, replace):
    """A cleaned body with each text block replaced by `replace(kind's name, what is in it)`."""
    return _SECTION.sub(lambda match: replace(*match.groups()), body)


def found(body):
    """(kind's name, what is in it) of each text block of a cleaned body, in order."""
    return _SECTION.findall(body)


def context(name, kind, source):
    """What a template gets of one text block: `kind`, the words of its own lines by name, and what stands in it.

    `inside` is all of that as HTML, `items` its paragraphs, `entries` the questions or dates with what belongs to each,
    `table` a table's rows, their headings told from what is below and beside them.
    """
    lines, inside = {}, []
    for tag, attributes, words in _pieces(source):
        part = attributes.get("data-part")
        if part and part != kind.each:
            lines[part] = mark_safe(words)  # noqa: S308 (a cleaned body)
        else:
            inside.append((tag, part, words, _rebuilt(tag, attributes, words)))
    return {
        "kind": name,
        **lines,
        "inside": mark_safe("".join(html for *_rest, html in inside)),  # noqa: S308
        "items": [mark_safe(words) for _tag, _part, words, _html in inside],  # noqa: S308
        "entries": _entries(inside) if kind.each else [],
        "table": mark_safe(_table(source)) if "table" in kind.inside else "",  # noqa: S308
    }


def _entries(inside):
    entries = []
    for _tag, part, words, html in inside:
        if part:
            entries.append((words, []))
        else:
            entries = entries or [("", [])]
            entries[-1][1].append(html)
    return [
        Entry(mark_safe(head), mark_safe("".join(below)), machine_date(_TAG.sub("", head)))  # noqa: S308
        for head, below in entries
    ]


_ROW = re.compile(r"<tr>(.*?)</tr>")
_CELL = re.compile(r"<(t[dh])([^>]*)>(.*?)</\1>")


def _table(source):
    """A cleaned table as <thead> and <tbody>. Rows of headings alone at the top are the head."""
    rows = [_CELL.findall(row) for row in _ROW.findall(source)]
    top = 0
    while top < len(rows) - 1 and all(tag == "th" for tag, _spans, _words in rows[top]):
        top += 1
    numbers = _columns_of_numbers(rows[top:])
    head, body = _drawn(rows[:top], "col", numbers), _drawn(rows[top:], "row", numbers)
    return (f"<thead>{head}</thead>" if head else "") + f"<tbody>{body}</tbody>"


def _columns_of_numbers(rows):
    """The places of columns in which every cell with a word is a number: they are set flush with each other."""
    places = {}
    for row in rows:
        for place, (tag, _spans, words) in enumerate(row):
            text = _TAG.sub("", words).replace("&nbsp;", " ").strip()
            if text not in ("", "–", "—", "-"):
                places.setdefault(place, []).append(tag == "td" and bool(_NUMBER.fullmatch(text)))
    return {place for place, cells in places.items() if all(cells)}


def _drawn(rows, scope, numbers):
    return "".join(
        f"<tr>{''.join(_drawn_cell(cell, scope, place in numbers) for place, cell in enumerate(row))}</tr>"
        for row in rows
    )


def _drawn_cell(cell, scope, is_number):
    tag, spans, words = cell
    words = words.removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "<br>")
    tag = tag if words else "td"  # an empty corner is no heading
    if tag == "th":
        group = "group" if ("colspan" if scope == "col" else "rowspan") in spans else ""
        spans = f' scope="{scope}{group}"{spans}'
    number = ' class="number"' if is_number else ""
    return f"<{tag}{spans}{number}>{words}</{tag}>"
