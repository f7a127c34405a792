"""A prepared question asks what the ORM would ask, and its objects are what the database said."""

import pytest
from django.db.models import Q

from images.models import Image, shown_columns
from pagecache.prepared import Prepared
from tests.factories import ImageFactory

pytestmark = pytest.mark.django_db


def pictures(*columns):
    """By ids and by words, in the order asked for."""
    return Prepared(
        Image,
        columns or shown_columns(),
        lambda order, ids, credit: Image.objects.filter(Q(pk__in=ids) | Q(credit=credit)).order_by(order),
    )


def test_it_finds_what_the_orm_finds(django_assert_num_queries):
    """For each length of a list, again and again with other values."""
    one, two, three = (ImageFactory(credit=f"Credit {number}") for number in range(3))
    asked = pictures()
    with django_assert_num_queries(4):
        assert asked("pk", ids=(one.pk, three.pk), credit="Credit 1") == [one, two, three]
        assert asked("-pk", ids=(one.pk, two.pk), credit="") == [two, one]
        assert asked("pk", ids=(two.pk,), credit="%s") == [two]
        assert asked("pk", ids=(), credit="Credit 2") == [three]


def test_its_objects_are_those_of_the_rows():
    """The values are converted as the ORM converts them; the same row is the same object, a changed one another."""
    image = ImageFactory(credit="Ana", sources={"full": {"width": 3}})
    asked = pictures()
    [found], [again] = (asked("pk", ids=(image.pk,), credit="") for _time in range(2))
    assert found is again
    assert (found.credit, found.sources, found.not_after) == ("Ana", {"full": {"width": 3}}, None)
    Image.objects.filter(pk=image.pk).update(caption="New")
    [changed] = asked("pk", ids=(image.pk,), credit="")
    assert (changed.caption, found.caption) == ("New", image.caption)
    assert changed.row != found.row


def test_what_was_not_read_is_an_error():
    """Another query would be one that the page cache does not see when the object is used again."""
    image = ImageFactory()
    [found] = pictures("id", "caption")("pk", ids=(image.pk,), credit="")
    with pytest.raises(AttributeError, match="alt_text"):
        _alt = found.alt_text


def test_nothing_that_can_match_asks_nothing(django_assert_num_queries):
    """No ids, no query."""
    asked = Prepared(Image, ["id"], lambda ids: Image.objects.filter(pk__in=ids))
    with django_assert_num_queries(0):
        assert asked(ids=()) == []
