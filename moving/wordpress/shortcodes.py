"""Shortcodes as plain HTML: pictures with captions, galleries, embeds, sound, films; others lose their brackets."""

import re
from bisect import bisect_left
from html import escape

#: Shortcodes inside each other that are followed.
DEEPEST = 20

_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s\]\["'=]++)"""
_TOKEN = re.compile(
    rf"\[(?P<open>\[?)(?P<close>/?)(?P<name>[a-zA-Z][\w-]*+)"
    rf"(?P<words>(?:\s*+=\s*+{_VALUE})?(?:\s++(?:[\w:-]++\s*+=\s*+{_VALUE}|{_VALUE}))*+)\s*+(?P<alone>/?)\](?P<shut>\]?)"
)
_WORD = re.compile(rf"([\w:-]+)\s*=\s*({_VALUE})|({_VALUE})")
_FIRST_IMAGE = re.compile(r"(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.IGNORECASE)

#: Shortcodes that stand without attributes and without an end.
ALONE = frozenset(
    [
        "gallery",
        "playlist",
        "contact-form",
        "contact-form-7",
        "toc",
        "recent_posts",
        "sharethis",
        "ad",
        "adsense",
    ]
)
_SOURCES = (
    "src",
    "mp4",
    "m4v",
    "webm",
    "ogv",
    "wmv",
    "flv",
    "mp3",
    "m4a",
    "ogg",
    "wav",
    "wma",
    "url",
    "href",
)


def expand(text, attached=()):
    """`text` with its shortcodes as HTML. `attached` are the numbers of the pictures that belong to the post."""
    text = text.replace("“]", '"]').replace("&#8221;]", '"]').replace("″]", '"]')
    return _expand(text, attached, 0) if "[" in text else text


def _expand(text, attached, depth):
    pieces, at = [], 0
    ends = _ends(text)
    for token in _TOKEN.finditer(text):
        if token.start() < at:
            continue
        name = token["name"].lower()
        if token["open"] and token["shut"]:  # doubled brackets: the shortcode itself is meant
            pieces += [text[at : token.start()], token[0][1:-1]]
            at = token.end()
            continue
        end = None if token["close"] or token["alone"] else _first_after(ends.get(name, ()), token.end())
        known = name in _KNOWN
        if token["close"] or not (known or end or token["alone"] or "=" in token["words"] or name in ALONE):
            if token["close"] and (known or name in ends) and ("_" in name or "-" in name or known):
                pieces.append(text[at : token.start()])  # an end without a beginning
                at = token.end()
            continue
        pieces.append(text[at : token.start()])
        inside, at = ("", token.end()) if end is None else (text[token.end() : end[0]], end[1])
        if known:
            pieces.append(_KNOWN[name](_words(token["words"]), inside, attached))
        else:
            pieces.append(f'<x-lost what="shortcode [{escape(name)}]"></x-lost>')
            pieces.append(_expand(inside, attached, depth + 1) if depth < DEEPEST else inside)
    pieces.append(text[at:])
    return "".join(pieces)


def _ends(text):
    """{name: [(start, end)]} of the ends of shortcodes."""
    found = {}
    for token in re.finditer(r"\[/([a-zA-Z][\w-]*)\]", text):
        found.setdefault(token[1].lower(), []).append(token.span())
    return found


def _first_after(spans, at):
    place = bisect_left(spans, (at, 0))
    return spans[place] if place < len(spans) else None


def _words(text):
    """The attributes of a shortcode; those without a name are numbered."""
    found = {}
    for name, value, alone in _WORD.findall(text.lstrip(" =") if text.lstrip().startswith("=") else text):
        found[name.lower() if name else str(len(found))] = (value or alone).strip("\"'")
    return found


def _caption(words, inside, attached):
    inside = expand(inside) if "[media-credit" in inside else inside
    image = _FIRST_IMAGE.search(inside)
    if image is None:
        return inside
    caption = (inside[: image.start()] + inside[image.end() :]).strip() or words.get("caption", "")
    number = re.search(r"\d+", words.get("id", ""))
    tag = image[0]
    if number and "wp-image-" not in tag:
        tag = re.sub(r"<img\b", f'<img data-id="{number[0]}"', tag, count=1, flags=re.IGNORECASE)
    wide = "alignwide" if words.get("align") in ("alignwide", "alignfull") else ""
    return f'<figure class="{wide}">{tag}<figcaption>{caption}</figcaption></figure>'


def _credited(words, inside, attached):
    """A picture whose credit the plug-in Media Credit put around it."""
    name = words.get("name", "")
    credit = f'<figcaption class="credit">{escape(name)}</figcaption>' if name else ""
    return f"<figure>{inside}{credit}</figure>" if credit else inside


def _gallery(words, inside, attached):
    ids = re.findall(r"\d+", words.get("ids") or words.get("include") or "")
    without = re.findall(r"\d+", words.get("exclude", ""))
    ids = ids or [number for number in attached if number not in without]
    return f'<x-gallery ids="{",".join(ids)}"></x-gallery>'


def _embed(words, inside, attached):
    url = inside.strip() or words.get("src") or words.get("url") or words.get("0") or ""
    url = re.sub(r"<[^<>]*>", "", url).strip()
    return f'<x-embed url="{escape(url.replace("&amp;", "&"))}"></x-embed>'


def _by_number(address):
    def draw(words, inside, attached):
        value = (
            inside or words.get("url") or words.get("id") or words.get("video") or words.get("0") or ""
        ).strip()
        url = value if "/" in value or "." in value else address.format(value)
        return f'<x-embed url="{escape(url.replace("&amp;", "&"))}"></x-embed>' if value else ""

    return draw


def _film(kind):
    def draw(words, inside, attached):
        url = next((words[name] for name in _SOURCES if words.get(name)), "")
        url = (
            url
            or next((value for name, value in words.items() if name.isdigit() and "/" in value), "")
            or inside.strip()
        )
        name = url.rpartition("/")[2]
        return f'<x-file url="{escape(url)}" kind="{kind}">{escape(name)}</x-file>'

    return draw


_KNOWN = {
    "caption": _caption,
    "wp_caption": _caption,
    "media-credit": _credited,
    "gallery": _gallery,
    "embed": _embed,
    "youtube": _by_number("https://www.youtube.com/watch?v={}"),
    "vimeo": _by_number("https://vimeo.com/{}"),
    "dailymotion": _by_number("https://www.dailymotion.com/video/{}"),
    "ted": _by_number("https://www.ted.com/talks/{}"),
    "soundcloud": _embed,
    "flourish": _by_number("https://public.flourish.studio/visualisation/{}"),
    "datawrapper": _by_number("https://datawrapper.dwcdn.net/{}/"),
    "tweet": _by_number("https://twitter.com/i/status/{}"),
    "twitter": _by_number("https://twitter.com/i/status/{}"),
    "instagram": _embed,
    "audio": _film("sound"),
    "video": _film("video"),
    "playlist": lambda words, inside, attached: '<x-lost what="playlist"></x-lost>',
}
