"""Ghost's cards as plain HTML, as moving.importing.body reads it. Lexical and mobiledoc have the same ones."""

from html import escape

from markdown_it import MarkdownIt

from moving.importing.body import words_of
from moving.importing.figures import told_by

_markdown = MarkdownIt("commonmark", {"html": True, "linkify": False})

#: What stands in the mail to members only, or asks readers to become one.
ELSEWHERE = {
    "email": "part of the e-mail alone",
    "email-cta": "part of the e-mail alone",
    "paywall": "the line from which members alone read on",
    "signup": "sign-up form for readers",
    "transistor": "private podcast player",
}


def card(name, data):
    """A card of this name with this data (a dict) as HTML; one we do not know is lost, and counted by its name."""
    name = name.removeprefix("card-")
    if name in ELSEWHERE:
        return lost(ELSEWHERE[name])
    if hidden_on_the_web(data):
        return lost("part that the web did not show to everybody")
    draw = _CARDS.get(name)
    return draw(data) if draw else lost(f"card “{name}”")


def lost(what):
    return f'<x-lost what="{escape(what)}"></x-lost>'


def text_of(data, *names):
    """The first of these values that is text with something in it."""
    for name in names:
        value = data.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def hidden_on_the_web(data):
    """A card may be shown to some readers only: in the mail, or when they have paid."""
    shown = data.get("visibility")
    if not isinstance(shown, dict):
        return False
    web = shown.get("web")
    if isinstance(web, dict):
        return web.get("nonMember") is False
    return shown.get("showOnWeb") is False


def _image(data):
    src = text_of(data, "src")
    if not src:
        return lost("picture without an address")
    width = text_of(data, "cardWidth")
    classes = f"kg-card kg-image-card kg-width-{escape(width)}" if width else "kg-card kg-image-card"
    image = f'<img src="{escape(src)}" alt="{escape(text_of(data, "alt"))}">'
    return f'<figure class="{classes}">{image}{_caption(data)}</figure>'


def _caption(data):
    words = text_of(data, "caption")
    return f"<figcaption>{words}</figcaption>" if words else ""


def _gallery(data):
    images = [one for one in data.get("images") or () if isinstance(one, dict)]
    figures = "".join(
        f'<figure><img src="{escape(text_of(one, "src"))}" alt="{escape(text_of(one, "alt"))}">{_caption(one)}</figure>'
        for one in images
        if text_of(one, "src")
    )
    caption = escape(words_of(text_of(data, "caption")))
    return f'<x-gallery caption="{caption}">{figures}</x-gallery>'


def _bookmark(data):
    about = data.get("metadata") if isinstance(data.get("metadata"), dict) else {}
    about = {**data, **about}
    url = text_of(about, "url")
    if not url:
        return lost("bookmark without an address")
    names = ("title", "description", "author", "publisher")
    title, *words = (words_of(text_of(about, name)) for name in names)
    inside = f'title="{escape(title)}">{escape(told_by(*words))}'
    return f'<x-bookmark url="{escape(url)}" {inside}</x-bookmark>{_line(text_of(data, "caption"))}'


def _embed(data):
    about = data.get("metadata") if isinstance(data.get("metadata"), dict) else {}
    title, url, inside = text_of(about, "title"), text_of(data, "url"), text_of(data, "html")
    below = _line(text_of(data, "caption"))
    if url and "<blockquote" not in inside:
        return f'<x-embed url="{escape(url)}" title="{escape(title)}"></x-embed>{below}'
    return (inside or lost("embed without an address")) + below


def _line(words):
    return f"<p><em>{words}</em></p>" if words else ""


def _html(data):
    return f"<div>{text_of(data, 'html')}</div>"


def _written(data):
    return _markdown.render(text_of(data, "markdown")[:1_000_000])


def _code(data):
    return f"<pre>{escape(text_of(data, 'code'))}</pre>{_line(text_of(data, 'caption'))}"


def _callout(data):
    emoji = text_of(data, "calloutEmoji")
    words = " ".join(part for part in (escape(emoji), text_of(data, "calloutText")) if part)
    return f'<div class="kg-callout-card"><p>{words}</p></div>'


def _button(data):
    return _link(text_of(data, "buttonUrl"), text_of(data, "buttonText"))


def _link(url, words):
    if not url:
        return ""
    return f'<p><a href="{escape(url)}">{escape(words_of(words)) or escape(url)}</a></p>'


def _toggle(data):
    heading = escape(words_of(text_of(data, "heading")))
    return f"<details><summary>{heading}</summary><div>{text_of(data, 'content')}</div></details>"


def _product(data):
    picture = _image({"src": text_of(data, "productImageSrc")}) if text_of(data, "productImageSrc") else ""
    stars = text_of(data, "productStarRating") if data.get("productRatingEnabled") else ""
    rating = f"<p>{'★' * min(int(float(stars)), 5)}</p>" if stars.replace(".", "", 1).isdecimal() else ""
    button = (
        _link(text_of(data, "productUrl"), text_of(data, "productButton"))
        if data.get("productButtonEnabled")
        else ""
    )
    title = f"<h3>{escape(words_of(text_of(data, 'productTitle')))}</h3>"
    inside = f"{picture}{title}{rating}<div>{text_of(data, 'productDescription')}</div>{button}"
    return f'<x-changed what="product card, came as text">{inside}</x-changed>'


def _header(data):
    picture = text_of(data, "backgroundImageSrc")
    picture = _image({"src": picture, "cardWidth": "wide"}) if picture else ""
    heading, below = words_of(text_of(data, "header")), text_of(data, "subheader")
    heading = f"<h2>{escape(heading)}</h2>" if heading else ""
    button = (
        _link(text_of(data, "buttonUrl"), text_of(data, "buttonText")) if data.get("buttonEnabled") else ""
    )
    return f"{picture}{heading}{f'<p>{below}</p>' if below else ''}{button}"


def _call(data):
    picture = text_of(data, "imageUrl")
    picture = _image({"src": picture}) if picture else ""
    button = (
        _link(text_of(data, "buttonUrl"), text_of(data, "buttonText")) if data.get("showButton", True) else ""
    )
    sponsor = text_of(data, "sponsorLabel") if data.get("hasSponsorLabel") else ""
    return f"<div>{sponsor}</div>{picture}<div>{text_of(data, 'textValue')}</div>{button}"


def _file(kind):
    def draw(data):
        url = text_of(data, "src")
        if not url:
            return lost(f"{kind} without an address")
        name = words_of(text_of(data, "fileTitle", "title", "fileName")) or url.rpartition("/")[2]
        more = words_of(text_of(data, "fileCaption"))
        below = _line(text_of(data, "caption")) if kind == "video" else ""
        return (
            f'<x-file url="{escape(url)}" kind="{kind}" more="{escape(more)}">{escape(name)}</x-file>{below}'
        )

    return draw


_CARDS = {
    "image": _image,
    "gallery": _gallery,
    "bookmark": _bookmark,
    "embed": _embed,
    "html": _html,
    "markdown": _written,
    "code": _code,
    "codeblock": _code,
    "callout": _callout,
    "button": _button,
    "toggle": _toggle,
    "product": _product,
    "header": _header,
    "call-to-action": _call,
    "file": _file("other"),
    "audio": _file("sound"),
    "video": _file("video"),
    "hr": lambda data: "<hr>",
    "horizontalrule": lambda data: "<hr>",
}
