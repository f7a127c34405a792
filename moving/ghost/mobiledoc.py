"""Ghost's older texts: mobiledoc 0.3, sections of markers in JSON."""

from html import escape

from moving.ghost.cards import card

_TAGS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "ul", "ol", "pull-quote"])
_MARKS = frozenset(["b", "strong", "i", "em", "s", "sub", "sup", "u", "code", "a", "del", "mark"])
_BOXES = {"aside": "blockquote"}


def html_of(document):
    """The HTML of a mobiledoc document (a dict). Raises ValueError for what is none."""
    sections = document.get("sections")
    if not isinstance(sections, list) or not str(document.get("version", "")).startswith("0.3"):
        raise ValueError("no mobiledoc 0.3")
    return "".join(
        _section(section, document) for section in sections if isinstance(section, list) and section
    )


def has_card(document, name):
    """Whether the document has a card of this name."""
    cards = document.get("cards")
    return isinstance(cards, list) and any(
        isinstance(one, list) and one and one[0] in (name, f"card-{name}") for one in cards
    )


def _section(section, document):
    match section:
        case [1, str(tag), list(markers), *_]:
            tag = tag.lower() if tag.lower() in _TAGS else "p"
            if tag == "pull-quote":
                return f'<div class="kg-pull-quote"><p>{_markers(markers, document)}</p></div>'
            tag = _BOXES.get(tag, tag)
            return f"<{tag}>{_markers(markers, document)}</{tag}>"
        case [2, str(src), *_]:
            return f'<figure><img src="{escape(src)}" alt=""></figure>'
        case [3, str(tag), list(items), *_]:
            tag = "ol" if tag.lower() == "ol" else "ul"
            inside = "".join(
                f"<li>{_markers(item, document)}</li>" for item in items if isinstance(item, list)
            )
            return f"<{tag}>{inside}</{tag}>"
        case [10, int(number), *_]:
            match _at(document.get("cards"), number):
                case [str(name), dict(data), *_]:
                    return card(name, data)
                case [str(name), *_]:
                    return card(name, {})
    return ""


def _markers(markers, document):
    said, open_marks = [], []
    for marker in markers:
        match marker:
            case [int(kind), list(opened), int(closed), value, *_]:
                pass
            case _:
                continue
        for number in opened:
            begin, end = _mark(_at(document.get("markups"), number))
            said.append(begin)
            open_marks.append(end)
        said.append(
            _atom(_at(document.get("atoms"), value)) if kind == 1 else escape(str(value), quote=False)
        )
        for _one in range(min(closed, len(open_marks))):
            said.append(open_marks.pop())
    return "".join([*said, *reversed(open_marks)])


def _mark(markup):
    match markup:
        case [str(tag), list(words), *_] if tag.lower() == "a":
            href = next(
                (str(value) for name, value in zip(words[::2], words[1::2], strict=False) if name == "href"),
                "",
            )
            return f'<a href="{escape(href)}">', "</a>"
        case [str(tag), *_] if tag.lower() in _MARKS - {"a"}:
            return f"<{tag.lower()}>", f"</{tag.lower()}>"
    return "", ""


def _atom(atom):
    match atom:
        case ["soft-return" | "soft-break", *_]:
            return "<br>"
        case [_name, str(text), *_]:
            return escape(text, quote=False)
    return ""


def _at(found, number):
    return (
        found[number]
        if isinstance(found, list) and isinstance(number, int) and 0 <= number < len(found)
        else None
    )
