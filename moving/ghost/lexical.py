"""Ghost's newer texts: a tree of Lexical nodes in JSON."""

from html import escape

from moving.ghost.cards import card, hidden_on_the_web, lost

#: Nodes inside each other that are followed.
DEEPEST = 60

#: Bits of a text's format -> its mark. The others (underlined, code, highlighted) we have no mark for.
_FORMATS = [(1, "strong"), (2, "em"), (4, "s"), (32, "sub"), (64, "sup")]
_BOXES = {"quote": "blockquote", "extended-quote": "blockquote", "aside": "blockquote", "listitem": "li"}


def html_of(document):
    """The HTML of a Lexical document (a dict). Raises ValueError for what is none."""
    root = document.get("root")
    if not isinstance(root, dict):
        raise ValueError("no root")
    return _children(root, 0)


def has_card(document, name):
    """Whether one of the topmost nodes is a card of this name."""
    root = document.get("root")
    return isinstance(root, dict) and any(node.get("type") == name for node in _nodes(root))


def _nodes(node):
    children = node.get("children")
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []


def _children(node, depth):
    if depth > DEEPEST:
        raise ValueError(f"more than {DEEPEST} nodes inside each other")
    return "".join(_node(child, depth + 1) for child in _nodes(node))


def _node(node, depth):
    kind = node.get("type") if isinstance(node.get("type"), str) else ""
    match kind:
        case "text" | "extended-text" | "tk" | "hashtag":
            return _text(node)
        case "linebreak":
            return "<br>"
        case "tab":
            return " "
        case "zwnj" | "at-link-search":
            return ""
        case "paragraph" | "extended-paragraph":
            return f"<p>{_children(node, depth)}</p>"
        case "heading" | "extended-heading":
            tag = node.get("tag") if node.get("tag") in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
            return f"<{tag}>{_children(node, depth)}</{tag}>"
        case "link" | "autolink" | "at-link":
            url, title = str(node.get("url") or ""), str(node.get("title") or "")
            return f'<a href="{escape(url)}" title="{escape(title)}">{_children(node, depth)}</a>'
        case "list":
            tag = "ol" if node.get("listType") == "number" or node.get("tag") == "ol" else "ul"
            start = node.get("start")
            first = f' start="{start}"' if tag == "ol" and isinstance(start, int) and start > 1 else ""
            return f"<{tag}{first}>{_children(node, depth)}</{tag}>"
    if kind in _BOXES:
        return f"<{_BOXES[kind]}>{_children(node, depth)}</{_BOXES[kind]}>"
    if _nodes(node):
        return (
            lost("part that the web did not show to everybody")
            if hidden_on_the_web(node)
            else _children(node, depth)
        )
    return card(kind, node) if kind else ""


def _text(node):
    said = escape(str(node.get("text") or ""), quote=False)
    form = node.get("format") if isinstance(node.get("format"), int) else 0
    for bit, tag in _FORMATS:
        if form & bit:
            said = f"<{tag}>{said}</{tag}>"
    return said
