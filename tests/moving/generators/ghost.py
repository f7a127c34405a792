"""A Ghost export with every construct the importer knows, chosen by numbers that a test draws."""

import io
import json
from datetime import UTC, datetime, timedelta
from html import escape

from PIL import Image as Pixels

from tests.moving.generators.truth import StoryTruth, Truth

START = datetime(2015, 3, 1, 9, 30, tzinfo=UTC)
HERE = "__GHOST_URL__"


def png(number):
    """The bytes of a small picture that no other number has."""
    file = io.BytesIO()
    Pixels.new("RGB", (64, 48), (number % 256, number // 256 % 256, 90)).save(file, "PNG")
    return file.getvalue()


def text(words, form=0):
    return {"type": "extended-text", "text": words, "format": form}


def paragraph(*children):
    return {"type": "paragraph", "children": list(children)}


def figure(name, **words):
    said = "".join(f' data-{key}="{escape(value)}"' for key, value in words.items() if value)
    return f'<figure data-block="figure" data-id="{{picture:{name}}}"{said}></figure>'


def pieces(number, picture, others):
    """Every construct: (Lexical node, mobiledoc card or section, our HTML). `others` are slugs of stories before."""
    src = f"{HERE}/content/images/2015/03/{picture}.png"
    film = f"{HERE}/content/media/film.mp4"
    old = "https://old.example"
    found = [
        (paragraph(text(f"Words & more {number}.")), [1, "p", [[0, [], 0, f"Words & more {number}."]]],
         f"<p>Words &amp; more {number}.</p>"),
        (paragraph(text("Strong", 1), text(" and "), text("soft", 2), text(" and H"), text("2", 32), text("O")),
         [1, "p", [[0, [0], 1, "Strong"], [0, [], 0, " and "], [0, [1], 1, "soft"], [0, [], 0, " and H"], [0, [2], 1, "2"],
                   [0, [], 0, "O"]]],
         "<p><strong>Strong</strong> and <em>soft</em> and H<sub>2</sub>O</p>"),
        ({"type": "extended-heading", "tag": "h2", "children": [text("Large")]}, [1, "h2", [[0, [], 0, "Large"]]], "<h2>Large</h2>"),
        ({"type": "heading", "tag": "h4", "children": [text("Small")]}, [1, "h4", [[0, [], 0, "Small"]]], "<h3>Small</h3>"),
        ({"type": "quote", "children": [text("Quoted")]}, [1, "blockquote", [[0, [], 0, "Quoted"]]],
         "<blockquote><p>Quoted</p></blockquote>"),
        ({"type": "list", "listType": "number", "children": [
            {"type": "listitem", "children": [text("One")]}, {"type": "listitem", "children": [text("Two")]}]},
         [3, "ol", [[[0, [], 0, "One"]], [[0, [], 0, "Two"]]]], "<ol><li><p>One</p></li><li><p>Two</p></li></ol>"),
        # A list in a list is an item of its own there.
        ({"type": "list", "listType": "bullet", "children": [
            {"type": "listitem", "children": [text("One")]},
            {"type": "listitem", "children": [{"type": "list", "listType": "bullet", "children": [
                {"type": "listitem", "children": [text("Inner")]}]}]}]},
         ("html", {"html": "<ul><li>One<ul><li>Inner</li></ul></li></ul>"}),
         "<ul><li><p>One</p><ul><li><p>Inner</p></li></ul></li></ul>"),
        ({"type": "horizontalrule"}, ("hr", {}), "<hr>"),
        (paragraph(text("Line"), {"type": "linebreak"}, text("below")),
         [1, "p", [[0, [], 0, "Line"], [1, [], 0, 0], [0, [], 0, "below"]]], "<p>Line<br>below</p>"),
        _card("image", {"src": src, "alt": "A quay", "caption": "The <b>quay</b>. Photo: Ana Example", "cardWidth": "wide"},
              figure(picture, alt="A quay", caption="The quay.", credit="Ana Example", size="wide")),
        _card("gallery", {"images": [{"src": src, "alt": "One"}, {"src": src, "alt": "Two"}, {"src": src}]},
              '<div data-block="gallery">' + figure(picture, alt="One") + figure(picture, alt="Two") + figure(picture) + "</div>"),
        _card("gallery", {"images": [{"src": src}, {"src": src}], "caption": "Both"},
              f'<div data-block="side-by-side" data-caption="Both">{figure(picture)}{figure(picture)}</div>'),
        _card("bookmark", {"url": "https://else.example/a", "metadata": {"title": "Else", "description": "More"}},
              '<p><a href="https://else.example/a" rel="noopener">Else</a><br>More</p>'),
        _card("bookmark", {"url": "https://else.example/b", "metadata":
                           {"title": "Else", "description": "More", "author": "Bo Example", "publisher": "The Else"}},
              '<p><a href="https://else.example/b" rel="noopener">Else</a><br>More (Bo Example, The Else)</p>'),
        _card("embed", {"url": "https://vimeo.com/123456", "html": "<iframe></iframe>", "metadata": {"title": "Gate"}},
              '<div data-block="embed" data-url="https://vimeo.com/123456" data-title="Gate"></div>'),
        _card("embed", {"url": "https://clips.example/1", "html": "<iframe></iframe>"},
              '<p><a href="https://clips.example/1" rel="noopener">https://clips.example/1</a></p>'),
        _card("callout", {"calloutEmoji": "💡", "calloutText": "Do <i>look</i>"},
              '<section data-block="fact-box"><p>💡 Do <em>look</em></p></section>'),
        _card("toggle", {"heading": "Why?", "content": "<p>Because.</p>"}, '<section data-block="questions"><p data-part="question">Why?</p><p>Because.</p></section>'),
        _card("toggle", {"heading": "The fine print", "content": "<p>One.</p><ul><li>Two</li></ul>"},
              '<section data-block="fact-box"><p data-part="title">The fine print</p><p>One.</p><ul><li><p>Two</p></li></ul></section>'),
        _card("call-to-action", {"textValue": "<p>Join <b><strong>in</strong></b></p>", "hasSponsorLabel": True,
                                 "sponsorLabel": "<p>Sponsored</p>", "buttonText": "Go", "buttonUrl": "https://else.example/"},
              '<p>Sponsored</p><p>Join <strong>in</strong></p><p><a href="https://else.example/" rel="noopener">Go</a></p>'),
        _card("html", {"html": f'<script>alert(1)</script><div>Box <img src="{src}" alt="In"></div><style>b{{}}</style>'},
              "<p>Box</p>" + figure(picture, alt="In")),
        _card("product", {"productTitle": "Oar", "productDescription": "<p>Ash.</p>", "productImageSrc": src,
                          "productButtonEnabled": True, "productButton": "Buy", "productUrl": "https://shop.example/"},
              figure(picture) + '<h3>Oar</h3><p>Ash.</p><p><a href="https://shop.example/" rel="noopener">Buy</a></p>'),
        _card("header", {"header": "Big", "subheader": "Below"}, "<h2>Big</h2><p>Below</p>"),
        _card("file", {"src": f"{HERE}/content/files/a.pdf", "fileTitle": "Minutes", "fileCaption": "March"},
              f'<p><a href="{old}/content/files/a.pdf" rel="noopener">Minutes</a><br>March</p>'),
        _card("audio", {"src": f"{HERE}/content/media/a.mp3", "title": "Talk"},
              f'<p><a href="{old}/content/media/a.mp3" rel="noopener">Talk</a></p>'),
        _card("video", {"src": film, "fileName": "film.mp4", "caption": "Boats"},
              f'<p><a href="{old}/content/media/film.mp4" rel="noopener">film.mp4</a></p><p><em>Boats</em></p>'),
        _card("code", {"code": "a < b\nc"}, "<p>a &lt; b<br>c</p>", lexical="codeblock"),
        _card("button", {"buttonUrl": "https://else.example/", "buttonText": "Go"},
              '<p><a href="https://else.example/" rel="noopener">Go</a></p>'),
        _card("markdown", {"markdown": "A **strong** word"}, "<p>A <strong>strong</strong> word</p>"),
        _card("email", {"html": "<p>Dear member</p>"}, ""),
        _card("email-cta", {"html": "<p>Pay</p>"}, ""),
        _card("paywall", {}, ""),
        _card("signup", {"header": "Join"}, ""),
        _card("no-such-card", {"text": "x"}, ""),
    ]  # fmt: skip
    for slug in others:
        found.append(
            (
                paragraph({"type": "link", "url": f"{HERE}/{slug}/", "children": [text("See")]}),
                [1, "p", [[0, [3], 1, "See"]]],
                f'<p><a href="/{slug}/" rel="noopener">See</a></p>',
            )
        )
        card = {"url": f"{old}/{slug}/?ref=x", "metadata": {"title": "T"}}
        found.append(
            _card("bookmark", card, f'<div data-block="related-card" data-id="{{story:{slug}}}"></div>')
        )
    return found


def _card(name, data, ours, lexical=None):
    return {"type": lexical or name, **data}, (name, data), ours


def lexical_of(chosen):
    return json.dumps({"root": {"type": "root", "children": [node for node, _old, _ours in chosen]}})


def mobiledoc_of(chosen, link):
    cards, sections = [], []
    for _node, old, _ours in chosen:
        if isinstance(old, tuple):
            sections.append([10, len(cards)])
            cards.append(list(old))
        else:
            sections.append(old)
    markups = [["strong"], ["em"], ["sub"], ["a", ["href", link]]]
    atoms = [["soft-return", "", {}]]
    return json.dumps(
        {"version": "0.3.1", "atoms": atoms, "cards": cards, "markups": markups, "sections": sections}
    )


def export(draws):
    """(the export as a dict, Truth) of stories drawn as [(form, status, page?, [numbers of constructs])]."""
    truth = Truth()
    data = {name: [] for name in ("posts", "posts_meta", "posts_authors", "posts_tags", "settings")}
    data["users"] = [
        {"id": "u1", "name": "Ines Calder", "slug": "ines", "bio": "Writes.", "website": "https://ines.example/",
         "email": "private@ines.example", "profile_image": f"{HERE}/content/images/2015/03/portrait.png"},
        {"id": "u2", "name": "Bo Reed", "slug": "bo-reed", "bio": None, "twitter": "@bo"},
    ]  # fmt: skip
    truth.authors = {
        "ines": ("Ines Calder", "Writes.", [("Website", "https://ines.example/")]),
        "bo-reed": ("Bo Reed", "", [("X", "https://x.com/bo")]),
    }
    truth.pictures["portrait"] = png(60_000)
    data["tags"] = [
        {"id": "t1", "name": "Town", "slug": "town"},
        {"id": "t2", "name": "Rain", "slug": "rain", "description": "Wet"},
        {"id": "t3", "name": "#wide", "slug": "hash-wide", "visibility": "internal"},
    ]
    data["members"] = [{"id": "m1", "email": "member@else.example"}]
    public = []
    for number, (form, status, is_page, constructs) in enumerate(draws):
        slug, picture = f"story-{number}", f"picture-{number}"
        truth.pictures[picture] = png(number)
        possible = pieces(number, picture, public[:1])
        chosen = [possible[0]] + [possible[one % len(possible)] for one in constructs]
        link = f"{HERE}/{public[0]}/" if public else "https://else.example/"
        at = START + timedelta(days=number)
        if status == "scheduled":
            at = datetime(2090, 1, 1, tzinfo=UTC) + timedelta(days=number)
        ours = "".join(html for _node, _old, html in chosen)
        post = {
            "id": f"p{number}", "uuid": f"uuid-{number}", "title": f"Story {number}", "slug": slug, "status": status,
            "type": "page" if is_page else "post", "visibility": "public", "created_at": START.isoformat(),
            "published_at": None if status == "draft" else at.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "featured": 0,
            "custom_excerpt": f"Stand {number}", "feature_image": f"{HERE}/content/images/size/w600/2015/03/{picture}.png",
            "lexical": None, "mobiledoc": None, "html": None,
            # Ghost takes a story's own address, too.
            "canonical_url": f"https://first.example/{slug}" if number % 2 else f"{HERE}/{slug}/",
        }  # fmt: skip
        if form == "lexical":
            post["lexical"] = lexical_of(chosen)
        else:
            post["mobiledoc"] = mobiledoc_of(chosen, link)
        data["posts"].append(post)
        data["posts_meta"].append(
            {"post_id": f"p{number}", "meta_title": f"Meta {number}", "meta_description": "Says", "feature_image_alt": "A boat",
             "feature_image_caption": "Boat (<a href='https://x.example'>Ana Example</a>/Agency)"}
        )  # fmt: skip
        for order, author in enumerate(["u2", "u1"]):
            data["posts_authors"].insert(
                0, {"post_id": f"p{number}", "author_id": author, "sort_order": order}
            )
        for order, tag in enumerate(["t3", "t1", "t2"]):
            data["posts_tags"].insert(0, {"post_id": f"p{number}", "tag_id": tag, "sort_order": order})
        truth.stories[slug] = StoryTruth(
            slug=slug, headline=f"Story {number}", body=ours, state=status,
            public_from=None if status == "draft" else at, standfirst=f"Stand {number}",
            section="Pages" if is_page else "Town", authors=["bo-reed", "ines"], tags=["Rain", "Town"], lead=picture,
            lead_alt="A boat", lead_caption="Boat", lead_credit="Ana Example/Agency", seo_title=f"Meta {number}",
            seo_description="Says", canonical_url=f"https://first.example/{slug}" if number % 2 else "",
        )  # fmt: skip
        public.append(slug)
    return {"db": [{"meta": {"version": "5.82.0"}, "data": data}]}, truth
