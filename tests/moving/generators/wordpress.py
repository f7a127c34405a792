"""A WordPress export with every construct the importer knows, chosen by numbers that a test draws."""

from datetime import UTC, datetime, timedelta
from html import escape
from xml.sax.saxutils import escape as xml

from tests.moving.generators.ghost import figure, png
from tests.moving.generators.truth import StoryTruth, Truth

START = datetime(2012, 6, 1, 7, 15, tzinfo=UTC)
SITE = "https://old.example"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- generator="WordPress/6.4" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ines]]></wp:author_login>
<wp:author_email><![CDATA[private@ines.example]]></wp:author_email><wp:author_display_name><![CDATA[Ines Calder]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>town</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[Town]]></wp:cat_name></wp:category>
<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>schools</wp:category_nicename><wp:category_parent>town</wp:category_parent><wp:cat_name><![CDATA[Schools]]></wp:cat_name></wp:category>
<wp:tag><wp:term_id>5</wp:term_id><wp:tag_slug>rain</wp:tag_slug><wp:tag_name><![CDATA[Rain]]></wp:tag_name></wp:tag>
"""


def pieces(number, others):
    """Every construct: (classic text, text in blocks, our HTML). The post's pictures are number and number-b."""
    one, two = f"picture-{number}", f"picture-{number}-b"
    src = f"{SITE}/wp-content/uploads/2012/06/{one}-300x200.png"
    pk, other = 1000 + 2 * number, 1001 + 2 * number
    image = f'<img class="alignnone size-medium wp-image-{pk}" src="{src}" alt="A quay" width="300" height="200" />'
    gallery = f'<div data-block="gallery">{figure(one)}{figure(two)}</div>'
    inside = f'<figure class="wp-block-image"><img src="{src}" alt="In" class="wp-image-{pk}"/></figure>'
    found = [
        (f"Words &amp; more {number}.\nSecond line.", f"<!-- wp:paragraph -->\n<p>Words &amp; more {number}.<br>Second line.</p>\n<!-- /wp:paragraph -->",
         f"<p>Words &amp; more {number}.<br>Second line.</p>"),
        ("<strong>Strong</strong> and <em>soft</em>", "<!-- wp:paragraph -->\n<p><strong>Strong</strong> and <em>soft</em></p>\n<!-- /wp:paragraph -->",
         "<p><strong>Strong</strong> and <em>soft</em></p>"),
        ("<h2>Large</h2>", '<!-- wp:heading -->\n<h2 class="wp-block-heading">Large</h2>\n<!-- /wp:heading -->', "<h2>Large</h2>"),
        ("<ul>\n<li>One</li>\n<li>Two</li>\n</ul>",
         "<!-- wp:list --><ul><!-- wp:list-item --><li>One</li><!-- /wp:list-item --><!-- wp:list-item --><li>Two</li><!-- /wp:list-item --></ul><!-- /wp:list -->",
         "<ul><li><p>One</p></li><li><p>Two</p></li></ul>"),
        ("<blockquote>Quoted\n\nTwice</blockquote>",
         '<!-- wp:quote --><blockquote class="wp-block-quote"><!-- wp:paragraph --><p>Quoted</p><!-- /wp:paragraph --><p>Twice</p></blockquote><!-- /wp:quote -->',
         "<blockquote><p>Quoted</p><p>Twice</p></blockquote>"),
        (f'[caption id="attachment_{pk}" align="alignright" width="300"]{image} At the quay (Ana Example/Agency)[/caption]',
         f'<!-- wp:image {{"id":{pk}}} -->\n<figure class="wp-block-image alignwide">{image}<figcaption>At the quay (Ana Example/Agency)</figcaption></figure>\n<!-- /wp:image -->',
         None),
        (image, f'<!-- wp:image {{"id":{pk}}} -->{image}<!-- /wp:image -->', figure(one, alt="A quay")),
        (f'[gallery ids="{pk},{other}" columns="2"]',
         f'<!-- wp:gallery {{"ids":[{pk},{other}]}} /-->', gallery),
        ("[gallery]", f'<!-- wp:gallery --><figure class="wp-block-gallery"><figure class="wp-block-image"><img src="{src}" data-id="{pk}"/></figure>'
         f'<figure class="wp-block-image"><img src="/wp-content/uploads/2012/06/{two}.png" class="wp-image-{other}"/></figure></figure><!-- /wp:gallery -->', gallery),
        ("https://vimeo.com/123456", '<!-- wp:embed {"url":"https://vimeo.com/123456","type":"video"} -->\n<figure class="wp-block-embed is-type-video">'
         '<div class="wp-block-embed__wrapper">\nhttps://vimeo.com/123456\n</div></figure>\n<!-- /wp:embed -->',
         '<div data-block="embed" data-url="https://vimeo.com/123456"></div>'),
        ("[embed]https://youtu.be/dQw4w9WgXcQ[/embed]", '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>', None),
        ('[audio mp3="https://old.example/a.mp3"][/audio]', '<!-- wp:audio --><figure class="wp-block-audio"><audio controls src="https://old.example/a.mp3"></audio></figure><!-- /wp:audio -->',
         '<p><a href="https://old.example/a.mp3" rel="noopener">a.mp3</a></p>'),
        ('[video width="9" mp4="https://old.example/f.mp4"][/video]', '<!-- wp:video --><figure class="wp-block-video"><video controls src="https://old.example/f.mp4"></video></figure><!-- /wp:video -->',
         '<p><a href="https://old.example/f.mp4" rel="noopener">f.mp4</a></p>'),
        ("[su_box style='x']Kept <b>words</b>[/su_box]", "<!-- wp:shortcode -->[su_box style='x']Kept <b>words</b>[/su_box]<!-- /wp:shortcode -->", "<p>Kept <strong>words</strong></p>"),
        ("He said [sic] and [[gallery]].", "<p>He said [sic] and [[gallery]].</p>", "<p>He said [sic] and [gallery].</p>"),
        ("<hr />", '<!-- wp:separator --><hr class="wp-block-separator"/><!-- /wp:separator -->', "<hr>"),
        ("<script>alert(1)</script>", '<!-- wp:html --><script>alert(1)</script><form><input></form><!-- /wp:html -->', ""),
        ("<!--more-->", "<!-- wp:more --><!--more--><!-- /wp:more --><!-- wp:latest-posts /-->", ""),
        (f'<div class="wp-block-columns">{inside}</div>', f'<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column -->{inside}<!-- /wp:column --></div><!-- /wp:columns -->',
         figure(one, alt="In")),
        ("<pre>a &lt; b\nc</pre>", "<!-- wp:code --><pre class='wp-block-code'><code>a &lt; b\nc</code></pre><!-- /wp:code -->", "<p>a &lt; b<br>c</p>"),
        ("<table><caption>Fares</caption><tr><th>A</th><td colspan='2'>B</td></tr></table>",
         "<!-- wp:table --><figure class='wp-block-table'><table><tbody><tr><th>A</th><td colspan='2'>B</td></tr></tbody></table><figcaption>Fares</figcaption></figure><!-- /wp:table -->",
         '<section data-block="table"><p data-part="caption">Fares</p><table><tbody><tr><th><p>A</p></th><td colspan="2"><p>B</p></td></tr></tbody></table></section>'),
        ("<details><summary>Why?</summary>Because.</details>", "<!-- wp:details --><details class='wp-block-details'><summary>Why?</summary><p>Because.</p></details><!-- /wp:details -->",
         '<section data-block="questions"><p data-part="question">Why?</p><p>Because.</p></section>'),
        ("<figure class='wp-block-pullquote'><blockquote><p>Large</p><cite>Ana Example</cite></blockquote></figure>",
         "<!-- wp:pullquote --><figure class='wp-block-pullquote'><blockquote><p>Large</p><cite>Ana Example</cite></blockquote></figure><!-- /wp:pullquote -->",
         '<section data-block="pull-quote"><p>Large</p><p data-part="source">Ana Example</p></section>'),
        ("Shared words.", '<!-- wp:block {"ref":9000} /-->', "<p>Shared words.</p>"),
    ]  # fmt: skip
    # The same in two forms, which differ in what they say of the picture's width, or in their address.
    wide = figure(one, alt="A quay", caption="At the quay", credit="Ana Example/Agency")
    found[5] = (*found[5][:2], wide)
    watch = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    found[10] = (
        f"[embed]{watch}[/embed]",
        found[10][1],
        f'<div data-block="embed" data-url="{watch}"></div>',
    )
    found[5] = (found[5][0], found[5][1].replace(" alignwide", ""), wide)
    for slug, old in others:
        words = f'<a href="{old}">See</a>'
        found.append(
            (
                words,
                f"<!-- wp:paragraph --><p>{words}</p><!-- /wp:paragraph -->",
                f'<p><a href="/{slug}/" rel="noopener">See</a></p>',
            )
        )
    return found


def field(name, value, raw=False):
    return f"<{name}>{value if raw else '<![CDATA[' + str(value).replace(']]>', ']]]]><![CDATA[>') + ']]>'}</{name}>\n"


def item(number, kind, status, title, text="", *, extra="", name="", at=None, link="", parent=0):
    at = at or START
    gmt = "0000-00-00 00:00:00" if status == "draft" else f"{at:%Y-%m-%d %H:%M:%S}"
    return (
        "<item>\n" + field("title", xml(title), raw=True) + field("link", escape(link or f"{SITE}/?p={number}"), raw=True)
        + field("dc:creator", "ines") + field("content:encoded", text) + field("wp:post_id", number, raw=True)
        + field("wp:post_date", f"{at:%Y-%m-%d %H:%M:%S}") + field("wp:post_date_gmt", gmt) + field("wp:post_name", name)
        + field("wp:status", status) + field("wp:post_parent", parent, raw=True) + field("wp:post_type", kind) + extra + "</item>\n"
    )  # fmt: skip


def meta(key, value):
    return f"<wp:postmeta>{field('wp:meta_key', key)}{field('wp:meta_value', value)}</wp:postmeta>"


def export(draws):
    """(the export as text, Truth) of stories drawn as [(in blocks?, status, page?, [numbers of constructs])]."""
    truth = Truth()
    truth.authors = {
        "ines": ("Ines Calder", "", []),
        "bo-reed": ("Bo Reed", "Writes.", [("Website", "https://bo.example/")]),
    }
    guest = (
        meta("cap-display_name", "Bo Reed")
        + meta("cap-user_login", "bo-reed")
        + meta("cap-description", "Writes.")
    )
    parts = [
        HEAD,
        item(
            8000,
            "guest-author",
            "publish",
            "Bo Reed",
            extra=guest + meta("cap-website", "https://bo.example/"),
            name="cap-bo-reed",
        ),
    ]
    parts.append(
        item(
            9000,
            "wp_block",
            "publish",
            "Shared",
            "<!-- wp:paragraph --><p>Shared words.</p><!-- /wp:paragraph -->",
        )
    )
    parts.append(item(9001, "nav_menu_item", "publish", "Menu"))
    parts.append(item(9002, "post", "trash", "Thrown away", "x"))
    public = []
    for number, (in_blocks, status, is_page, constructs) in enumerate(draws):
        post, slug = 100 + number, f"story-{number}"
        at = START + timedelta(days=number)
        if status == "future":
            at = datetime(2090, 1, 1, tzinfo=UTC) + timedelta(days=number)
        link = f"{SITE}/{at:%Y/%m/%d}/{slug}/" if status == "publish" else f"{SITE}/?p={post}"
        for at_place, name in enumerate((f"picture-{number}", f"picture-{number}-b")):
            truth.pictures[name] = png(500 + 2 * number + at_place)
            words = meta("_wp_attachment_image_alt", "") + field(
                "wp:attachment_url", f"{SITE}/wp-content/uploads/2012/06/{name}.png"
            )
            parts.append(
                item(
                    1000 + 2 * number + at_place,
                    "attachment",
                    "inherit",
                    name,
                    extra=words,
                    parent=post,
                    link=f"{link}{name}/" if status == "publish" else "",
                )
            )
        possible = pieces(number, public[:1])
        chosen = [possible[0]] + [possible[one % len(possible)] for one in constructs]
        text = ("\n\n").join(blocks if in_blocks else classic for classic, blocks, _ours in chosen)
        extra = field("excerpt:encoded", f"Stand {number}") + meta("_thumbnail_id", 1000 + 2 * number)
        extra += (
            meta("_yoast_wpseo_title", f"Meta {number}")
            + meta("_yoast_wpseo_metadesc", "Says")
            + meta("rank_math_canonical_url", "https://first.example/%D0%BC?a=1&b=2" if number % 2 else link)
            + field("wp:is_sticky", 0, raw=True)
        )
        for domain, nicename, words in [("category", "schools", "Schools"), ("category", "town", "Town"), ("post_tag", "rain", "Rain"),
                                        ("author", "cap-bo-reed", "bo-reed"), ("author", "cap-ines", "ines"), ("post_format", "post-format-aside", "Aside")]:  # fmt: skip
            extra += f'<category domain="{domain}" nicename="{nicename}"><![CDATA[{words}]]></category>\n'
        extra += "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content><![CDATA[Hi]]></wp:comment_content></wp:comment>"
        parts.append(
            item(
                post,
                "page" if is_page else "post",
                status,
                f"Story {number}",
                text,
                extra=extra,
                name=slug,
                at=at,
                link=link,
            )
        )
        truth.stories[slug] = StoryTruth(
            slug=slug, headline=f"Story {number}", body="".join(ours for _classic, _blocks, ours in chosen),
            state={"publish": "published", "future": "scheduled"}.get(status, "draft"), public_from=None if status in ("draft", "private") else at,
            standfirst=f"Stand {number}", section="Pages" if is_page else "Town", authors=["bo-reed", "ines"],
            tags=["Rain", "Schools", "Town"] if is_page else ["Rain", "Schools"], lead=f"picture-{number}", seo_title=f"Meta {number}", seo_description="Says",
            canonical_url="https://first.example/%D0%BC?a=1&b=2" if number % 2 else "",
        )  # fmt: skip
        if status == "publish":
            truth.old_addresses |= {
                f"/?p={post}": f"/{slug}/",
                link.removeprefix(SITE): f"/{slug}/",
                f"/?attachment_id={1000 + 2 * number}": f"/{slug}/",
            }
        public.append((slug, link))
    if not all(is_page for _in_blocks, _status, is_page, _constructs in draws):
        truth.old_addresses |= {"/category/town/schools/": "/section/town/", "/feed/": "/rss/"}
    return "".join(parts) + "</channel></rss>", truth
