"""One change to many pictures: shown first, all or nothing, nobody else's words lost, undone with one click."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from images import bulk
from images.models import Image
from log.models import Entry
from tests.factories import ImageFactory
from tests.images.pictures import make_picture

pytestmark = pytest.mark.django_db

LIST = reverse("admin:images_image_changelist")
BULK = reverse("admin:images_image_bulk")
UNDO = reverse("admin:images_image_bulk_undo")
DAY = timedelta(days=1)


@pytest.fixture
def clerk(staff):
    return staff("view_image", "change_image")


def choose(clerk, *images, query=""):
    """The page that asks what to change, by ticks."""
    data = {"action": "change_selected", "_selected_action": [image.pk for image in images]}
    return clerk.post(LIST + query, data)


def seen(answer):
    """The pictures of a page with the stamps it was drawn with."""
    return [stamp for _image, stamp in answer.context["pictures"]]


def dry_run(clerk, *images, **answers):
    return clerk.post(BULK, {"picture": seen(choose(clerk, *images)), **answers})


def apply(clerk, shown, **answers):
    """Press the button of the page `shown` by a dry run."""
    data = {"picture": seen(shown), "shown": shown.context["form"].answers(), "apply": "", **answers}
    return clerk.post(BULK, data, follow=True)


def change(clerk, *images, **answers):
    return apply(clerk, dry_run(clerk, *images, **answers), **answers)


def messages(answer):
    return [str(message) for message in answer.context["messages"]]


def fresh(image, *names):
    return Image.objects.values_list(*names).get(pk=image.pk)


def test_nothing_happens_before_the_button_and_only_what_was_shown_after_it(clerk):
    """The dry run names each picture with its value now and then; other answers need another dry run."""
    one, other = ImageFactory(title="One", credit="Old"), ImageFactory(title="Other", credit="New")
    shown = dry_run(clerk, one, other, credit="New")
    assertContains(shown, "1 picture would change. Nothing is changed yet.")
    assertContains(shown, "1 has all of it already.")
    [(image, lines, why)] = shown.context["rows"]
    assert (image, [line[1:] for line in lines], why) == (one, [("Old", "New")], "")
    again = apply(clerk, shown, credit="Something else")
    assertContains(again, "Nothing is changed yet.")
    assert fresh(one, "credit") == ("Old",)
    assert messages(apply(clerk, shown, credit="New")) == [f'1 picture changed. <a href="{UNDO}">Undo…</a>']
    assert fresh(one, "credit", "photographer") == ("New", "New")


def test_every_field_is_changed_emptied_or_left(clerk):
    """Credit, terms, times, territory, restriction with its reason; keywords are added and removed one by one."""
    image = ImageFactory(
        credit="Jo Petrov/Wire", territory="World", keywords="harbour, Ice, crane", usage_terms="Once",
        not_before=timezone.now(), to_check=["credit", "keywords", "caption"],
    )  # fmt: skip
    change(
        clerk, image, usage_terms="Twice", not_after="2030-05-04T12:00", restriction="single-use",
        restriction_reason="Paid once", add_keywords="boat, HARBOUR", remove_keywords="ice, nothing",
        emptied=["not_before", "territory"],
    )  # fmt: skip
    image.refresh_from_db()
    assert (image.credit, image.territory, image.keywords) == ("Jo Petrov/Wire", "", "harbour, crane, boat")
    assert (image.usage_terms, image.restriction, image.restriction_reason) == (
        "Twice",
        "single-use",
        "Paid once",
    )
    assert image.not_before is None
    assert image.not_after == timezone.make_aware(datetime(2030, 5, 4, 12))
    assert image.to_check == ["credit", "caption"]
    assert list(Image.objects.search("boat")) == [image]
    change(clerk, image, restriction="none")
    assert fresh(image, "restriction", "restriction_reason") == ("", "")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"restriction": "do-not-use"}, "Say why, for colleagues"),
        ({"restriction_reason": "Sued"}, "Choose the restriction that this is the reason of."),
        ({"credit": "x", "emptied": ["credit"]}, "Either write something here or empty the field"),
        ({"not_before": "2030-01-02T00:00", "not_after": "2030-01-01T00:00"}, "must end after they begin"),
        ({"credit": "x" * 301}, "at most 300 characters"),
    ],
)
def test_answers_that_contradict_themselves_are_refused_with_a_sentence(answers, sentence, clerk):
    """Nothing is shown as possible that is not."""
    image = ImageFactory()
    before = Image.objects.values().get(pk=image.pk)
    answer = dry_run(clerk, image, **answers)
    assertContains(answer, sentence)
    assertNotContains(answer, "Nothing is changed yet")
    assert Image.objects.values().get(pk=image.pk) == before


def test_a_picture_that_cannot_take_it_is_named_and_the_others_change(clerk):
    """Its own dates or its own keywords stand in the way; both pages say so."""
    late = ImageFactory(title="Late", not_before=timezone.now() + 30 * DAY)
    full = ImageFactory(title="Full", keywords="x" * 1995)
    good = ImageFactory(title="Good")
    end = (timezone.localtime() + DAY).strftime("%Y-%m-%dT%H:%M")
    answers = {"not_after": end, "add_keywords": "boat, crane"}
    shown = dry_run(clerk, late, full, good, **answers)
    assertContains(shown, "1 picture would change.")
    assertContains(shown, "Its rights would end before they begin.")
    assertContains(shown, "It would have too many keywords.")
    said = messages(apply(clerk, shown, **answers))
    assert said[0].startswith("1 picture changed.")
    assert "“Late”: Its rights would end before they begin." in said[1]
    assert fresh(good, "keywords") == ("boat, crane",)
    assert fresh(late, "not_after") == (None,)


def test_what_somebody_changed_meanwhile_is_left_and_named(clerk):
    """Compare-and-set: a colleague's credit is not overwritten, the rest is changed."""
    mine, theirs = ImageFactory(title="Mine"), ImageFactory(title="Theirs")
    shown = dry_run(clerk, mine, theirs, credit="New")
    Image.objects.filter(pk=theirs.pk).update(credit="A colleague's")
    said = messages(apply(clerk, shown, credit="New"))
    assert "“Theirs”: Somebody changed it meanwhile." in said[1]
    assert (fresh(mine, "credit"), fresh(theirs, "credit")) == (("New",), ("A colleague's",))


def test_a_change_of_something_else_meanwhile_is_no_conflict(clerk):
    """Renditions that are recorded and a caption that is mended stand in nobody's way."""
    image = ImageFactory()
    shown = dry_run(clerk, image, credit="New")
    Image.objects.filter(pk=image.pk).update(caption="Mended", look="0f" * 8)
    apply(clerk, shown, credit="New")
    assert fresh(image, "credit", "caption", "look") == ("New", "Mended", "0f" * 8)


def test_all_change_or_none(clerk, monkeypatch):
    """One transaction: when the last one fails, the first one is as it was, and no log row stays."""
    images = [ImageFactory(credit="Old") for _n in range(3)]
    shown = dry_run(clerk, *images, credit="New")
    real, calls = bulk.log.write, []

    def third_fails(*args, **kwargs):
        calls.append(args)
        if len(calls) == 3:
            raise RuntimeError
        return real(*args, **kwargs)

    monkeypatch.setattr(bulk.log, "write", third_fails)
    with pytest.raises(RuntimeError):
        apply(clerk, shown, credit="New")
    assert set(Image.objects.values_list("credit", flat=True)) == {"Old"}
    assert not Entry.objects.exists()


def test_each_picture_has_its_rows_in_the_log(clerk):
    """Rights as everywhere, words beside them: who, which picture, what."""
    image = ImageFactory(keywords="ice")
    change(clerk, image, credit="New", territory="Not in Germany")
    rows = {entry.kind: (entry.text, entry.data) for entry in Entry.objects.filter(subject_id=str(image.pk))}
    assert rows == {
        "picture.rights-changed": ("Territory: Not in Germany.", {"territory": "Not in Germany"}),
        "picture.words-changed": ("Credit: New.", {"credit": "New"}),
    }
    assert Entry.objects.filter(by_name="desk").count() == 2


def test_do_not_use_takes_the_files_addresses_from_all_of_them(
    clerk, all_files, django_capture_on_commit_callbacks
):
    """As on the form: what was public until now has no address any more."""
    image = make_picture()
    address = image.renditions.first().file
    with django_capture_on_commit_callbacks(execute=True):
        change(clerk, image, restriction="do-not-use", restriction_reason="Sued")
    assert not address.storage.exists(address.name)
    assert fresh(image, "restriction") == ("do-not-use",)


def test_undo_gives_back_what_was_there_but_overwrites_nobody(clerk):
    """Every field and what was to be checked; a picture that was changed since stays; a second undo finds nothing."""
    old = {"credit": "Old", "keywords": "ice", "not_after": timezone.now() + DAY, "to_check": ["credit"]}
    one, other = ImageFactory(title="One", **old), ImageFactory(title="Other", **old)
    change(clerk, one, other, credit="New", add_keywords="boat", emptied=["not_after"])
    assert fresh(one, "credit", "keywords", "not_after", "to_check") == ("New", "ice, boat", None, [])
    Image.objects.filter(pk=other.pk).update(credit="A colleague's")
    assertContains(clerk.get(UNDO), "One")
    said = messages(clerk.post(UNDO, follow=True))
    assert said[0] == "Undone in 1 picture."
    assert "“Other”: Somebody changed it meanwhile." in said[1]
    assert fresh(one, *old) == tuple(old.values())
    assert fresh(other, "credit", "keywords") == ("A colleague's", "ice, boat")
    assertContains(clerk.get(UNDO), "There is nothing to undo.")
    assert messages(clerk.post(UNDO, follow=True)) == ["Undone in 0 pictures."]


def test_a_second_click_finds_all_of_it_done_and_keeps_the_undo(clerk):
    """It says so, and the way back is that of the first click."""
    image = ImageFactory(credit="Old")
    shown = dry_run(clerk, image, credit="New")
    apply(clerk, shown, credit="New")
    assert messages(apply(clerk, shown, credit="New")) == [
        "The pictures have that already. Nothing was changed."
    ]
    clerk.post(UNDO)
    assert fresh(image, "credit") == ("Old",)


def test_all_that_match_are_chosen_by_the_search_up_to_a_bound(clerk, monkeypatch):
    """Those of other pages too, and no others; beyond the bound a sentence says what to do."""
    for number in range(60):
        ImageFactory(caption="Harbour" if number % 2 else "Market")
    answer = clerk.post(f"{LIST}?q=market", {"action": "change_matching"})
    assert {image.caption for image, _stamp in answer.context["pictures"]} == {"Market"}
    assert len(answer.context["pictures"]) == 30
    assertContains(clerk.get(f"{LIST}?q=market"), "Change all 30 that match…")
    monkeypatch.setattr("images.bulk_page.MOST", 29)
    monkeypatch.setattr("images.library_page.MOST", 29)
    answer = clerk.post(f"{LIST}?q=market", {"action": "change_matching"}, follow=True)
    assert messages(answer) == [
        "At most 29 pictures can be changed at once; these are more. Narrow the search."
    ]
    assertContains(answer, "narrow the search to 29 pictures or fewer")


def test_the_dry_run_costs_the_same_for_one_and_for_many(clerk):
    """No question to the database for each picture before the button."""
    images = [ImageFactory(credit="Old") for _n in range(12)]
    costs = []
    for chosen in (images[:1], images):
        answer = choose(clerk, *chosen)
        with CaptureQueriesContext(connection) as queries:
            clerk.post(BULK, {"picture": seen(answer), "credit": "New"})
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_strange_lists_of_pictures_are_none(clerk):
    """Whatever a page did not write is left out; with nothing left the list says what to do."""
    for picture in (["x:y"], ["1" * 30 + ":a"], ["-1:a"], [], ["²:a"]):
        assert messages(clerk.post(BULK, {"picture": picture}, follow=True)) == ["Tick the pictures first."]


def test_who_may_not_change_pictures_gets_no_page(staff):
    """Neither from the list nor by its address."""
    client, image = staff("view_image"), ImageFactory()
    assertNotContains(client.get(LIST), "that match")
    answer = client.post(LIST, {"action": "change_selected", "_selected_action": [image.pk]})
    assert "pictures" not in answer.context
    assert client.post(BULK, {"picture": [f"{image.pk}:x"]}).status_code == 403
    assert client.get(UNDO).status_code == 403
