"""What a page prints for a picture."""

import re

from django.template import Context, Template
from django.template.loader import render_to_string

from images.figures import Figure
from images.models import Image
from images.sources import share_picture, share_url, thumbnail_url
from tests.images.pictures import make_picture


def printed(source, **context):
    return Template("{% load image_tags %}" + source).render(Context(context)).strip()


def test_a_picture_offers_modern_formats_first_and_never_jumps(db):
    """AVIF, then WebP, then a JPEG with its width and height."""
    html = printed(
        '{% picture image crop="card" alt="A boat" sizes="50vw" %}', image=make_picture(size=(1000, 800))
    )
    assert re.findall(r'type="([^"]+)"', html) == ["image/avif", "image/webp"]
    assert 'width="960" height="640"' in html
    assert 'alt="A boat"' in html
    assert 'sizes="50vw"' in html
    assert 'loading="lazy" decoding="async"' in html
    widths = re.search(r'image/avif" srcset="([^"]+)"', html)[1]
    assert [part.split()[1] for part in widths.split(", ")] == ["320w", "640w", "960w"]


def test_the_lead_picture_is_not_lazy(db):
    """The picture a reader sees first is asked for first."""
    html = printed("{% picture image priority=True %}", image=make_picture())
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_printing_a_picture_asks_nobody(db, django_assert_num_queries):
    """Everything is in the row already."""
    image = Image.objects.get(pk=make_picture().pk)
    with django_assert_num_queries(0):
        printed("{% picture image %}{% picture image crop='square' %}", image=image)
        render_to_string("images/_figure.html", {"figure": Figure.of(image)})
        share_url(image)


def test_a_picture_without_renditions_prints_nothing():
    """No broken picture, no empty frame, no caption of a picture that is not there."""
    image = Image(alt_text="A boat", caption="Not shown")
    assert printed("{% picture image %}{% picture nothing %}", image=image, nothing=None) == ""
    assert render_to_string("images/_figure.html", {"figure": Figure.of(image)}).strip() == ""
    assert share_url(image) == thumbnail_url(image) == ""


def test_words_are_escaped(db):
    """Quotation marks in words stay words."""
    image = make_picture(alt_text='"><script>', caption="<b>", credit="<i>")
    html = render_to_string("images/_figure.html", {"figure": Figure.of(image)})
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_a_figure_s_own_words_win_and_empty_ones_come_from_the_library(db):
    """An empty wording means "as in the library"."""
    figure = Figure.of(
        make_picture(alt_text="A", caption="B", credit="C"), caption="Own", credit="  ", size="huge"
    )
    assert (figure.alt, figure.caption, figure.credit, figure.size) == ("A", "Own", "C", "column")


def test_a_caption_ends_in_the_credit_in_brackets(db):
    """As in print: the words, then who made the picture."""
    image = make_picture(caption="The quay.", credit="Arda Example/Agency")
    html = render_to_string("images/_figure.html", {"figure": Figure.of(image, size="wide")})
    caption = re.search(r"<figcaption>(.*)</figcaption>", html, re.DOTALL)[1]
    assert re.sub(r"<[^>]+>", "", caption).strip() == "The quay. (Arda Example/Agency)"
    assert 'class="figure figure--wide"' in html
    assert 'itemtype="https://schema.org/ImageObject"' in html
    assert {"caption", "creditText", "contentUrl"} <= set(re.findall(r'itemprop="(\w+)"', html))


def test_a_picture_without_words_has_no_empty_caption(db):
    """No credit, no brackets; no words, no caption."""
    bare = make_picture(caption="", credit="")
    assert "figcaption" not in render_to_string("images/_figure.html", {"figure": Figure.of(bare)})
    uncredited = make_picture(caption="Words", credit="")
    assert (
        "("
        not in render_to_string("images/_figure.html", {"figure": Figure.of(uncredited)}).split("figcaption")[
            1
        ]
    )


def test_cards_on_other_sites_get_a_jpeg_of_their_shape(db):
    """1.91 to 1, because robots read no newer format."""
    picture = share_picture(make_picture(size=(1800, 1200)))
    assert (picture.width, picture.height) == (1200, 628)
    assert picture.src.endswith(".jpg")
