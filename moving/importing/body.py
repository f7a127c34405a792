"""The text of a story from elsewhere as one of ours: marks, pictures, galleries, embeds, cards, what was lost.

Each system first writes its own forms (shortcodes, comments of blocks, cards) as plain HTML, with these elements for
what HTML has no word for:

    <x-gallery ids="12,13"></x-gallery>          pictures by their numbers there, or <img> elements inside
    <x-embed url="…" title="…"></x-embed>        a video, sound or chart
    <x-bookmark url="…" title="…">words</x-bookmark>   a page, shown as a card
    <x-file url="…" kind="video">words</x-file>  a file that is no picture
    <x-lost what="signup form"></x-lost>         something that cannot come along

`convert` reads that, and the classes that Ghost and WordPress put into their finished HTML. It knows no model: pictures
and links are filled in by `parts.Body.fill`, when it is known what became of them.
"""

import html
import re
from collections import Counter

import lxml.html
from lxml import etree

from articles.rendering import SELF_CLOSING, VOID
from moving.importing.embeds import embed_address
from moving.importing.figures import (
    caption_of,
    own_caption,
    picture_of,
    put_words,
    take_credit,
    told_by,
    without_caption,
    words_of_class,
)
from moving.importing.parts import Card, Gallery, Link, Picture
from moving.importing.writer import Writer

#: Characters of one text, and elements inside each other, that are read with their form. What is more comes as words.
MOST, DEEPEST = 4_000_000, 200

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*?(/?)>")

_INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em", "var": "em"}
_INLINE |= {"sub": "sub", "sup": "sup"}
_THROUGH = {
    *[
        "span",
        "font",
        "u",
        "ins",
        "small",
        "big",
        "mark",
        "code",
        "kbd",
        "samp",
        "tt",
        "abbr",
        "acronym",
        "time",
    ],
    *["label", "bdi", "bdo", "nobr", "wbr", "data", "q", "s", "strike", "del"],
}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_SILENT = {
    *[
        "style",
        "noscript",
        "svg",
        "math",
        "template",
        "textarea",
        "select",
        "button",
        "input",
        "meta",
        "link",
    ],
    *["head", "title", "map", "area", "canvas"],
}
_MARKS_WE_LACK = {"s": "struck-out words", "strike": "struck-out words", "del": "struck-out words"}
_MARKS_WE_LACK |= {"pre": "code or verse"}


def convert(text, *, lone_addresses=False):
    """The Body of a text in HTML. `lone_addresses`: an address alone in its paragraph means what it leads to."""
    writer = Writer(lone_addresses)
    text = _CONTROL.sub("", text)
    if len(text) > MOST or depth(text) > DEEPEST:
        writer.body.changed["too large or too deeply nested, came as plain words"] += 1
        for paragraph in re.split(r"\n\s*\n|</p>|<br\s*/?>\s*<br\s*/?>", text[:MOST]):
            writer.text(html.unescape(re.sub(r"<[^<>]*>", " ", paragraph)))
            writer.flush()
        return writer.body
    _Reader(writer).inside(_tree(text))
    writer.flush()
    return writer.body


def words_of(text):
    """The words of a little HTML, such as a caption, as one line."""
    if "<" not in text and "&" not in text:
        return " ".join(_CONTROL.sub("", text).split())
    if len(text) > MOST or depth(text) > DEEPEST:
        text = re.sub(r"<[^<>]*>", " ", text[:MOST])
    return " ".join(_tree(_CONTROL.sub("", text)).text_content().split())


def depth(text):
    """How many elements stand inside each other in `text`, at most; void and self-closing ones do not count."""
    now = deepest = 0
    opened = Counter()
    for closing, tag, alone in _TAG.findall(text):
        tag = tag.lower()
        if tag in VOID or tag in SELF_CLOSING or alone or (closing and not opened[tag]):
            continue
        step = -1 if closing else 1
        opened[tag] += step
        now += step
        deepest = max(deepest, now)
    return deepest


def _tree(text):
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return lxml.html.document_fromstring(f"<div>{text}</div>", parser=parser)
    except (etree.ParserError, ValueError):  # nothing but blanks and broken signs
        return lxml.html.document_fromstring("<div></div>", parser=parser)


class _Reader:
    """Walks a tree of foreign HTML and tells a Writer what it finds."""

    def __init__(self, writer):
        self.to = writer
        self.as_written = 0

    def inside(self, element):
        if element.text:
            self.to.text(element.text, as_written=bool(self.as_written))
        for child in element:
            if isinstance(child.tag, str):
                self.element(child)
            if child.tail:
                self.to.text(child.tail, as_written=bool(self.as_written))

    def element(self, element):
        tag = element.tag.lower()
        classes = set((element.get("class") or "").split())
        if known := next((name for name in _CLASSES if name in classes), None):
            _CLASSES[known](self, element)
        elif tag in _INLINE and (f"<{_INLINE[tag]}>", f"</{_INLINE[tag]}>") in self.to.open:
            self.inside(element)
        elif tag in _INLINE:
            self.to.mark(f"<{_INLINE[tag]}>", f"</{_INLINE[tag]}>")
            self.inside(element)
            self.to.unmark()
        elif tag == "a":
            self.link(element)
        elif tag == "br":
            self.to.inline.append("<br>")
        elif tag in _THROUGH:
            self.note(tag)
            self.inside(element)
        elif tag in _HEADINGS:
            self.heading(element, _HEADINGS[tag])
        elif handler := getattr(self, f"tag_{tag.replace('-', '_')}", None):
            handler(element)
        elif tag in _SILENT:
            return
        else:  # a box of any kind: its words stand on their own
            self.to.flush()
            self.inside(element)
            self.to.flush()

    def note(self, tag):
        if tag in _MARKS_WE_LACK:
            self.to.body.changed[_MARKS_WE_LACK[tag]] += 1

    def heading(self, element, tag):
        self.to.flush()
        if self.to.nested:
            self.to.mark("<strong>", "</strong>")
            self.inside(element)
            self.to.unmark()
            self.to.flush()
            return
        wrap, self.to.wrap = self.to.wrap, tag
        self.inside(element)
        self.to.flush()
        self.to.wrap = wrap

    def link(self, element):
        url = (element.get("href") or "").strip()
        if not url or url.lower().startswith(("javascript:", "data:", "vbscript:")) or self.in_link():
            self.inside(element)
            return
        self.to.mark(Link(url, words_of(element.get("title") or "")), "</a>")
        self.inside(element)
        self.to.unmark()

    def in_link(self):
        return any(isinstance(begin, Link) for begin, _end in self.to.open)

    # --- Boxes and lists ---

    def tag_hr(self, element):
        self.to.block("<hr>")

    def tag_ul(self, element):
        self.list(element, "ul")

    tag_menu = tag_dir = tag_ul

    def tag_ol(self, element):
        start = element.get("start", "")
        self.list(element, "ol", f' start="{int(start)}"' if start.isdecimal() and start != "1" else "")

    def list(self, element, tag, attributes=""):
        if not any(True for _item in element.iter("li")):
            self.to.flush()
            self.inside(element)
            return
        self.to.begin(tag, attributes)
        open_item = False
        for child in element:
            if not isinstance(child.tag, str):
                continue
            only_lists = child.tag == "li" and open_item and _holds_only_lists(child)
            if (child.tag == "li" and not only_lists) or not open_item:
                if open_item:
                    self.to.end("li")
                self.to.begin("li")
                open_item = True
            if child.tag == "li":
                self.inside(child)
            else:  # a list that stands directly in a list belongs to the item before
                self.element(child)
        if open_item:
            self.to.end("li")
        self.to.end(tag)

    def tag_li(self, element):
        self.to.flush()
        self.inside(element)
        self.to.flush()

    def tag_blockquote(self, element):
        self.to.begin("blockquote")
        self.inside(element)
        self.to.end("blockquote")

    def tag_dt(self, element):
        self.to.flush()
        self.to.mark("<strong>", "</strong>")
        self.inside(element)
        self.to.unmark()
        self.to.flush()

    def tag_pre(self, element):
        self.note("pre")
        self.to.flush()
        self.as_written += 1
        self.inside(element)
        self.as_written -= 1
        self.to.flush()

    def tag_details(self, element):
        summary = element.find("summary")
        if summary is not None:
            tail, summary.tail = summary.tail, None
            element.remove(summary)
            element.text = (element.text or "") + (tail or "")
        self.opening(summary, element)

    def opening(self, heading, content):
        """What opens below its heading: a question with its answer, or a fact box. Either may be None."""
        is_asked = heading is not None and "".join(heading.itertext()).rstrip().endswith("?")
        self.text_block(
            "questions" if is_asked else "fact-box", "question" if is_asked else "title", heading, content
        )

    def text_block(self, kind, part, line, content, last=False):
        """One of our text blocks; inside of a list or a quotation its words alone, where no block can stand."""
        within = bool(self.to.nested)
        self.to.flush()
        if not within:
            self.to.begin_block(kind)
        for is_line, element in [(True, line), (False, content)][:: -1 if last else 1]:
            if element is None:
                continue
            wrap = self.to.wrap
            if is_line and not within:
                self.to.line(part)
            self.inside(element)
            self.to.flush()
            self.to.wrap = wrap
        if not within:
            self.to.end_block(kind)

    def tag_table(self, element):
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        if max(map(len, cells), default=0) <= 1:  # a table that only makes room
            self.to.flush()
            for row in cells:
                for cell in row:
                    self.inside(cell)
                    self.to.flush()
            return
        self.to.begin("table")
        if (caption := element.find("caption")) is not None:
            self.to.begin("caption")
            self.inside(caption)
            self.to.end("caption")
        for row in cells:
            self.to.begin("tr")
            for cell in row:
                self.to.begin(cell.tag, _spans(cell))
                self.inside(cell)
                self.to.end(cell.tag)
            self.to.end("tr")
        self.to.end("table")

    # --- Pictures, films, frames ---

    def tag_img(self, element):
        one = picture_of(element)
        if one is None:
            if alt := element.get("alt"):
                self.to.text(alt)
            return
        self.to.block(one)

    def tag_picture(self, element):
        image = next(element.iter("img"), None)
        if image is not None:
            self.tag_img(image)

    def tag_figure(self, element):
        images = [one for image in element.iter("img") if (one := picture_of(image))]
        credit = take_credit(element) if len(images) == 1 else ""
        caption = caption_of(element)
        table = element.find(".//table")
        if caption and table is not None and table.find("caption") is None:
            without_caption(element)
            etree.SubElement(table, "caption").text, caption = caption, ""
        classes = element.get("class") or ""
        boxes = [
            tag
            for tag in ("iframe", "video", "audio", "object", "blockquote", "table", "pre")
            if element.find(f".//{tag}") is not None
        ]
        if "wp-block-embed" in classes and not boxes:
            url = " ".join(without_caption(element).text_content().split()) or _first_link(element)
            self.to.embed(url, caption)
        elif boxes or not images:
            self.to.flush()
            self.inside(without_caption(element))
            self.to.flush()
            if caption:
                self.to.paragraph("<em>", html.escape(caption), "</em>")
        elif len(images) == 1:
            [one] = images
            put_words(one, caption, credit)
            one.wide = any(
                word in classes for word in ("kg-width-wide", "kg-width-full", "alignwide", "alignfull")
            )
            self.to.block(one)
        else:
            self.gallery(element)

    def gallery(self, element):
        """A box of pictures; each with the words of its own figure."""
        pictures, seen = [], set()
        for image in element.iter("img"):
            if (one := picture_of(image)) is None:
                continue
            own = next((box for box in image.iterancestors("figure", "li", "dl") if box is not element), None)
            if own is not None and id(own) not in seen:
                credit = take_credit(own)
                put_words(one, caption_of(own), credit)
            seen.add(id(own))
            pictures.append(one)
        pictures += [Picture(number=number) for number in re.findall(r"\d+", element.get("ids") or "")]
        if len(pictures) == 1:
            self.to.block(pictures[0])
        elif pictures:
            self.to.block(Gallery(pictures, own_caption(element) or words_of(element.get("caption") or "")))
        else:
            self.to.body.lost["empty gallery"] += 1

    tag_x_gallery = gallery

    def tag_iframe(self, element):
        url = element.get("src") or element.get("data-src") or element.get("data-lazy-src") or ""
        self.to.embed(url, words_of(element.get("title") or ""))

    def tag_embed(self, element):
        self.to.embed(element.get("src") or "")

    def tag_object(self, element):
        inner = next((one.get("src") for one in element.iter("embed") if one.get("src")), "")
        film = next(
            (one.get("value") for one in element.iter("param") if (one.get("name") or "").lower() == "movie"),
            "",
        )
        self.to.embed(element.get("data") or inner or film or "")

    def tag_video(self, element):
        self.film(element, "video")

    def tag_audio(self, element):
        self.film(element, "sound")

    def film(self, element, kind):
        url = element.get("src") or next(
            (one.get("src") for one in element.iter("source") if one.get("src")), ""
        )
        self.file(url, kind, words_of(element.get("title") or ""))

    def file(self, url, kind, words="", more=""):
        if embed_address(url):
            self.to.embed(url, words)
        elif url:
            self.to.body.changed[f"{kind} file, came as a link to where it was"] += 1
            self.to.block(Card(url, words or url.rpartition("/")[2] or url, more))
        else:
            self.to.body.lost[f"{kind} without an address"] += 1

    def tag_script(self, element):
        self.to.body.lost["script"] += 1

    def tag_form(self, element):
        self.to.body.lost["form"] += 1

    # --- What each system says in its own words ---

    def tag_x_embed(self, element):
        self.to.embed(element.get("url") or "", words_of(element.get("title") or ""))

    def tag_x_bookmark(self, element):
        url, title = element.get("url") or "", words_of(element.get("title") or "")
        self.to.block(Card(url, title, " ".join(element.text_content().split())))

    def tag_x_file(self, element):
        words = " ".join(element.text_content().split())
        self.file(element.get("url") or "", element.get("kind") or "other", words, element.get("more") or "")

    def tag_x_lost(self, element):
        self.to.body.lost[element.get("what") or "something"] += 1

    def tag_x_changed(self, element):
        self.to.body.changed[element.get("what") or "something"] += 1
        self.to.flush()
        self.inside(element)
        self.to.flush()

    def bookmark_card(self, element):
        link = next((one for one in element.iter("a") if one.get("href")), None)
        if link is None:
            self.inside(element)
            return
        names = ("title", "description", "author", "publisher")
        title, *words = (words_of_class(element, f"kg-bookmark-{name}") for name in names)
        caption = own_caption(element)
        self.to.block(Card(link.get("href"), title, told_by(*words)))
        if caption:
            self.to.paragraph("<em>", html.escape(caption), "</em>")

    def callout_card(self, element):
        self.text_block("fact-box", "", None, element)

    def pull_quote(self, element):
        """Words of the story set large, and who said them."""
        source = next(element.iter("cite", "figcaption"), None)
        if source is not None:
            tail, source.tail = source.tail, None
            parent, before = source.getparent(), source.getprevious()
            parent.remove(source)
            if before is None:
                parent.text = (parent.text or "") + (tail or "")
            else:
                before.tail = (before.tail or "") + (tail or "")
        for quote in element.findall(".//blockquote"):
            quote.drop_tag()
        self.text_block("pull-quote", "source", source, element, last=True)

    def toggle_card(self, element):
        found = (
            next((one for name in names for one in element.find_class(name)), None) for names in _OPENINGS
        )
        self.opening(*found)

    def file_card(self, element):
        link = next((one for one in element.iter("a") if one.get("href")), None)
        title = words_of_class(element, "kg-file-card-title") or words_of_class(
            element, "kg-file-card-filename"
        )
        if link is not None:
            words = title or " ".join(link.text_content().split())
            self.file(link.get("href"), "other", words, words_of_class(element, "kg-file-card-caption"))

    def audio_card(self, element):
        film = next(element.iter("audio", "video"), None)
        if film is not None:
            self.file(film.get("src") or "", "sound", words_of_class(element, "kg-audio-title"))

    def video_card(self, element):
        film = next(element.iter("video"), None)
        if film is not None:
            self.film(film, "video")
        if caption := own_caption(element):
            self.to.paragraph("<em>", html.escape(caption), "</em>")

    def product_card(self, element):
        for button in [
            *element.find_class("kg-product-card-rating"),
            *element.find_class("kg-product-card-rating-stars"),
        ]:
            button.drop_tree()
        self.to.body.changed["product card, came as text"] += 1
        self.to.flush()
        self.inside(element)
        self.to.flush()

    def signup_card(self, element):
        self.to.body.lost["sign-up form for readers"] += 1

    def tweet(self, element):
        self.tag_blockquote(element)

    def instagram(self, element):
        url = element.get("data-instgrm-permalink") or _first_link(element)
        self.to.embed(url)

    def caption_box(self, element):
        """WordPress's older picture with its caption: a box around both."""
        images = [one for image in element.iter("img") if (one := picture_of(image))]
        if len(images) != 1:
            self.inside(element)
            return
        credit = take_credit(element)
        put_words(images[0], caption_of(element), credit)
        self.to.block(images[0])

    def cover(self, element):
        background = re.search(r"background-image:\s*url\(['\"]?([^'\")]+)", element.get("style") or "")
        if background:
            self.to.block(Picture(src=background[1]))
        self.to.flush()
        self.inside(element)
        self.to.flush()


#: The classes of the heading and of the content of what opens, in Ghost, WordPress and plug-ins for questions.
_OPENINGS = (
    (
        "kg-toggle-heading-text",
        "wp-block-accordion-heading__toggle-title",
        "schema-faq-question",
        "rank-math-question",
    ),
    ("kg-toggle-content", "wp-block-accordion-panel", "schema-faq-answer", "rank-math-answer"),
)

#: The class of an element -> what it is. The first that fits decides.
_CLASSES = {
    "kg-gallery-card": _Reader.gallery,
    "wp-block-gallery": _Reader.gallery,
    "blocks-gallery-grid": _Reader.gallery,
    "wp-block-jetpack-tiled-gallery": _Reader.gallery,
    "wp-block-jetpack-slideshow": _Reader.gallery,
    "tiled-gallery": _Reader.gallery,
    "gallery": _Reader.gallery,
    "kg-bookmark-card": _Reader.bookmark_card,
    "kg-callout-card": _Reader.callout_card,
    "kg-toggle-card": _Reader.toggle_card,
    "wp-block-accordion-item": _Reader.toggle_card,
    "schema-faq-section": _Reader.toggle_card,
    "rank-math-faq-item": _Reader.toggle_card,
    "wp-block-pullquote": _Reader.pull_quote,
    "kg-pull-quote": _Reader.pull_quote,
    "kg-file-card": _Reader.file_card,
    "wp-block-file": _Reader.file_card,
    "kg-audio-card": _Reader.audio_card,
    "kg-video-card": _Reader.video_card,
    "kg-product-card": _Reader.product_card,
    "kg-signup-card": _Reader.signup_card,
    "twitter-tweet": _Reader.tweet,
    "instagram-media": _Reader.instagram,
    "wp-caption": _Reader.caption_box,
    "wp-block-cover": _Reader.cover,
}


def _holds_only_lists(item):
    """Whether an item is there for the list in it, which belongs to the item before, as Lexical writes it."""
    if (item.text or "").strip() or not len(item):
        return False
    return all(child.tag in ("ul", "ol") and not (child.tail or "").strip() for child in item)


def _spans(cell):
    """How many columns and rows a cell of a table covers, where it is more than one."""
    spans = ((name, cell.get(name, "")) for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{int(said)}"' for name, said in spans if said.isdecimal() and int(said) > 1)


def _first_link(element):
    return next((link.get("href") for link in element.iter("a") if link.get("href")), "")
