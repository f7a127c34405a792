"""Classic texts as paragraphs: there an empty line begins a new one, and a line's end is a line's end."""

import re

_BLOCKS = [
    *[
        "table",
        "thead",
        "tfoot",
        "caption",
        "col",
        "colgroup",
        "tbody",
        "tr",
        "td",
        "th",
        "div",
        "dl",
        "dd",
        "dt",
        "ul",
    ],
    *[
        "ol",
        "li",
        "form",
        "blockquote",
        "address",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "fieldset",
        "legend",
    ],
    *[
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "nav",
        "figure",
        "figcaption",
        "details",
        "summary",
        "center",
    ],
    *["x-gallery", "x-embed", "x-file", "x-lost", "x-bookmark", "x-changed", "noscript"],
]
_TOKEN = re.compile(
    rf"(<(?P<whole>pre|script|style|textarea|svg)\b.*?(?:</(?P=whole)\s*>|\Z)|<!--.*?(?:-->|\Z)|"
    rf"</?(?P<tag>{'|'.join(_BLOCKS)})(?=[\s/>])[^<>]*>)",
    re.DOTALL | re.IGNORECASE,
)
#: In these a line's end is a blank, and no paragraph begins.
_ONE_LINE = {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dt",
    "summary",
    "figcaption",
    "caption",
    "legend",
    "x-file",
    "x-bookmark",
}
_VOID = {"hr", "col"}


def paragraphs(text):
    """`text` with its paragraphs marked as HTML."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pieces, opened, at = [], [], 0
    for token in _TOKEN.finditer(text):
        pieces.append(_run(text[at : token.start()], opened))
        pieces.append(token[0])
        at = token.end()
        tag = (token["tag"] or "").lower()
        if not tag or tag in _VOID or token[0].endswith("/>"):
            continue
        if not token[0].startswith("</"):
            opened.append(tag)
        elif tag in opened:
            while opened and opened.pop() != tag:
                pass
    pieces.append(_run(text[at:], opened))
    return "".join(pieces)


def _run(text, opened):
    if not text.strip():
        return text
    inside = opened[-1] if opened else ""
    if inside in _ONE_LINE:
        return text
    if inside == "p":
        return text.strip("\n").replace("\n", "<br>\n")
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n\s*", text.strip())]
    return "".join(f"<p>{part.replace(chr(10), f'<br>{chr(10)}')}</p>" for part in parts if part.strip())
