"""What a page prints for a picture."""

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from images.figures import Figure
from images.models import Image
from images.places import PLACES, Words
from images.sources import thumbnail_url
from tests.images.pictures import make_picture


def printed(source, **context):
    return Template("{% load image_tags %}" + source).render(Context(context)).strip()


def placed(image, place="column", **words):
    """A figure of the picture, printed in a place."""
    return printed("{% figure figure place %}", figure=Figure.of(image, **words), place=place)


def test_a_picture_offers_modern_formats_first_and_never_jumps(db):
    """AVIF, then WebP, then a JPEG with its width and height."""
    html = printed(
        '{% picture image crop="card" alt="A boat" sizes="50vw" %}', image=make_picture(size=(1000, 800))
    )
    assert re.findall(r'type="([^"]+)"', html) == ["image/avif", "image/webp"]
    assert 'width="1000" height="667"' in html
    assert 'alt="A boat"' in html
    assert 'sizes="50vw"' in html
    assert 'loading="lazy" decoding="async"' in html
    widths = re.search(r'image/avif" srcset="([^"]+)"', html)[1]
    assert [part.split()[1] for part in widths.split(", ")] == ["192w", "320w", "720w", "1000w"]


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
        placed(image)
        Figure.of(image).share  # noqa: B018 (a property)


def test_a_picture_without_renditions_prints_nothing():
    """No broken picture, no empty frame, no caption of a picture that is not there."""
    image = Image(alt_text="A boat", caption="Not shown")
    assert printed("{% picture image %}{% picture nothing %}", image=image, nothing=None) == ""
    assert placed(image) == printed("{% figure missing 'lead' %}") == ""
    assert Figure.of(image).share is None
    assert thumbnail_url(image) == ""


def test_words_are_escaped(db):
    """Quotation marks in words stay words."""
    image = make_picture(alt_text='"><script>', caption="<b>", credit="<i>")
    html = placed(image)
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
    html = placed(image, "wide")
    caption = re.search(r"<figcaption>(.*)</figcaption>", html, re.DOTALL)[1]
    assert re.sub(r"<[^>]+>", "", caption).strip() == "The quay. (Arda Example/Agency)"
    assert 'class="figure figure--wide"' in html


def test_a_picture_without_words_has_no_empty_caption(db):
    """No credit, no brackets; no words, no caption."""
    bare = make_picture(caption="", credit="")
    assert "figcaption" not in placed(bare)
    uncredited = make_picture(caption="Words", credit="")
    assert "(" not in placed(uncredited).split("figcaption")[1]


def test_cards_on_other_sites_get_a_jpeg_of_their_shape(db):
    """1.91 to 1, because robots read no newer format."""
    picture = Figure.of(make_picture(size=(1800, 1200))).share
    assert (picture.width, picture.height) == (1200, 628)
    assert picture.src.endswith(".jpg")


@pytest.mark.parametrize("place", PLACES)
def test_a_place_decides_which_words_stand_below(db, place):
    """All, the credit alone, or none; a picture beside its own headline is silent."""
    html = placed(make_picture(alt_text="Two boats", caption="The quay.", credit="Arda Example"), place)
    said = PLACES[place]
    assert ("The quay." in html) == (said.words is Words.ALL)
    assert ("Arda Example" in html) == (said.words is not Words.NONE)
    assert ('alt=""' in html) == said.silent
    assert ('alt="Two boats"' in html) == (not said.silent)


def test_a_decorative_figure_is_silent_and_keeps_its_credit(db):
    """Nobody is told what adds nothing; the photographer is named all the same."""
    html = placed(make_picture(alt_text="Two boats", credit="Arda Example"), "lead", decorative=True)
    assert 'alt=""' in html
    assert "Two boats" not in html
    assert "Arda Example" in html


def test_only_a_picture_whose_rights_allow_it_becomes_a_figure(db):
    """The clock of the page decides, not the one on the wall."""
    now = timezone.now()
    image = make_picture(not_before=now, not_after=now + timedelta(hours=1))
    assert Figure.shown(image, now).image == image
    assert Figure.shown(image, now - timedelta(seconds=1)) is None
    assert Figure.shown(image, now + timedelta(hours=1)) is None
    assert Figure.shown(None, now) is None
    image.restriction = Image.Restriction.DO_NOT_USE
    assert Figure.shown(image, now) is None
