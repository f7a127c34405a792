"""What the editor and its dialogs ask the desk, and what the story form's own fields accept."""

import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import rendering, workflow
from articles.pickers import PAGE_SIZE, opening_words
from articles.widgets import BodyField, HeadlineInput, ReadMoreField
from tests.factories import ArticleFactory, published
from tests.images.pictures import make_picture

STORIES = reverse("admin:articles_article_picker")
PICTURES = reverse("admin:articles_article_picker_pictures")
EMBEDS = reverse("admin:articles_article_picker_embed")


def headlines(desk, **parameters):
    return [story["headline"] for story in desk.get(STORIES, parameters).json()["stories"]]


# --- Stories ----------------------------------------------------------------------------------------------


def test_stories_are_found_by_all_their_words_newest_save_first(desk):
    """Each word must occur, in any order; the story saved last comes first."""
    ArticleFactory(headline="Ferry late again")
    ArticleFactory(headline="Late vote on the ferry")
    ArticleFactory(headline="Harbour closed")
    assert headlines(desk, q="ferry LATE") == ["Late vote on the ferry", "Ferry late again"]
    assert headlines(desk, q="nothing\x00like it") == []
    assert len(headlines(desk)) == 3


def test_stories_of_any_script_are_found_in_any_case(desk):
    """The database folds Latin letters only; other scripts are found through the slug."""
    ArticleFactory(headline="Бухта відкрита знову")
    assert headlines(desk, q="БУХТА") == ["Бухта відкрита знову"]


def test_stories_come_in_pages(desk):
    """The answer says which page is next, and the last one says that there is none."""
    for _number in range(PAGE_SIZE + 1):
        ArticleFactory()
    first = desk.get(STORIES).json()
    second = desk.get(STORIES, {"page": first["next"]}).json()
    assert (len(first["stories"]), first["next"]) == (PAGE_SIZE, 2)
    assert (len(second["stories"]), second["next"]) == (1, None)


@pytest.mark.parametrize("page", ["0", "-3", "x", "99999999", "²"])
def test_a_strange_page_is_answered(desk, page):
    """Whatever stands in the address, the answer is a list."""
    ArticleFactory()
    assert desk.get(STORIES, {"page": page}).status_code == 200


def test_stories_are_told_by_ids_in_the_order_asked(desk):
    """One that is gone and what is no id are left out."""
    one, two = ArticleFactory(), ArticleFactory()
    answer = desk.get(STORIES, {"ids": f"{two.pk},999999,x,{one.pk},{two.pk}, ,٣"}).json()
    assert [story["id"] for story in answer["stories"]] == [two.pk, one.pk]


def test_a_story_says_what_readers_have_of_it(desk):
    """Live, scheduled, gone and never public are told apart."""
    draft = ArticleFactory()
    live, gone = published(), published()
    workflow.withdraw(article=gone, reason="It was wrong.", by=None)
    scheduled = ArticleFactory()
    workflow.schedule(article=scheduled, at=timezone.now() + timedelta(hours=2), by=None)
    ids = ",".join(str(article.pk) for article in (draft, live, gone, scheduled))
    stories = desk.get(STORIES, {"ids": ids}).json()["stories"]
    assert [story["live"] for story in stories] == [False, True, False, False]
    assert [bool(story["scheduled"]) for story in stories] == [False, False, False, True]
    assert len({story["state"] for story in stories}) == 4


def test_a_story_shows_its_section_picture_and_first_words(desk):
    """The standfirst is the excerpt; without one the text's beginning is, however long the text."""
    picture = make_picture()
    body = f"<p>The tide came in.</p><p>{'And in. ' * 1000}</p>"
    plain = ArticleFactory(body=body, lead_image=picture)
    summed_up = ArticleFactory(body=body, standfirst="In short.")
    ids = f"{plain.pk},{summed_up.pk}"
    first, second = desk.get(STORIES, {"ids": ids}).json()["stories"]
    assert first["section"] == "News Feed"
    assert first["thumb"].endswith(".jpg") or ".jpeg" in first["thumb"]
    assert first["excerpt"].startswith("The tide came in. And in.") and len(first["excerpt"]) <= 140
    assert second["excerpt"] == "In short." and second["thumb"] == ""


def test_an_opening_that_was_cut_inside_a_tag_shows_no_tag():
    """Half of a tag is not words."""
    assert opening_words('<p>One <em>two</em> <a href="https://exa') == "One two"


def test_the_number_of_queries_does_not_grow_with_the_list(desk, django_assert_num_queries):
    """One story or ten, the questions to the database are the same."""
    ArticleFactory(lead_image=make_picture())
    headlines(desk)  # the first request of a session notes when it began
    with CaptureQueriesContext(connection) as for_one:
        assert len(headlines(desk)) == 1
    for number in range(9):
        ArticleFactory(lead_image=make_picture() if number < 2 else None)
    with django_assert_num_queries(len(for_one)):
        assert len(headlines(desk)) == 10


# --- Pictures and embeds ----------------------------------------------------------------------------------


def test_pictures_are_told_by_ids_with_the_librarys_words(desk):
    """The editor shows them where a figure has no words of its own. One that is gone is missing."""
    picture = make_picture(caption="The quay", credit="Mira Example")
    (told,) = desk.get(PICTURES, {"ids": f"{picture.pk},999999"}).json()["pictures"]
    assert (told["id"], told["caption"], told["credit"]) == (picture.pk, "The quay", "Mira Example")
    assert told["preview"] and told["thumb"]


@pytest.mark.parametrize(
    ("typed", "url", "provider"),
    [
        ("https://vimeo.com/76979871", "https://vimeo.com/76979871", "Vimeo"),
        (" youtu.be/dQw4w9WgXcQ ", "https://youtu.be/dQw4w9WgXcQ", "YouTube"),
        ("http://vimeo.com/76979871", "https://vimeo.com/76979871", "Vimeo"),
    ],
)
def test_an_address_of_a_known_provider_becomes_the_one_to_store(desk, typed, url, provider):
    """Spaces and a missing https:// are mended."""
    (told,) = desk.get(EMBEDS, {"url": typed}).json()["embeds"]
    assert told == {"typed": typed, "url": url, "provider": provider, "problem": ""}


def test_an_address_of_nobody_known_is_answered_with_a_sentence(desk):
    """The sentence names what can be shown."""
    known, unknown = desk.get(EMBEDS, {"url": ["https://vimeo.com/76979871", "javascript:alert(1)"]}).json()[
        "embeds"
    ]
    assert known["provider"] == "Vimeo"
    assert unknown["provider"] == "" and "YouTube" in unknown["problem"]


# --- Who may ask ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [STORIES, PICTURES, EMBEDS])
def test_only_those_who_may_see_stories_get_an_answer(client, person, address):
    """Visitors are led to sign in; staff without the right, such as a keeper of profiles, are refused."""
    assert client.get(address).status_code == 302
    client.force_login(person("Profile keeper"))
    assert client.get(address).status_code == 403
    client.force_login(person("Reporter"))
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


# --- The form's fields ------------------------------------------------------------------------------------


def test_the_editor_offers_exactly_what_a_body_may_hold(db):
    """The widget's extensions are those of the one table, and its words are plain text by now."""
    html = BodyField().widget.render("body", "<p>x</p>")
    for name in rendering.editor_extensions():
        assert f"{name}&quot;:" in html
    assert "Picture" in html and "proxy" not in html


def test_a_body_comes_back_as_it_will_be_stored():
    """Scripts go, a browser's line ends are undone, and an unchanged body has not changed."""
    field = BodyField(required=False)
    stored = "<p>One\ntwo</p>"
    assert field.clean("<p>One\r\ntwo</p><script>alert(1)</script>") == stored
    assert not field.has_changed(stored, "<p>One\r\ntwo</p>")
    assert field.has_changed(stored, "<p>One</p>")
    assert field.clean("") == "" and not field.has_changed(None, "")
    with pytest.raises(ValidationError):
        field.clean("<blockquote>" * 200)


def test_the_headline_input_knows_what_fits():
    """The module beside it counts against this number; nothing is refused."""
    assert 'data-fits="90"' in HeadlineInput().render("headline", "x")


def test_picks_are_ids_in_order(db):
    """What the widget writes, the field reads, also with the brackets of a list."""
    one, two = ArticleFactory(), ArticleFactory()
    field = ReadMoreField(required=False)
    typed = field.widget.format_value([two.pk, one.pk])
    assert field.clean(typed) == field.clean(f"[{typed}]") == [two.pk, one.pk]
    assert field.clean("") == field.clean(None) == field.clean("[]") == []
    assert not field.has_changed([two.pk, one.pk], typed)
    assert field.has_changed([one.pk, two.pk], typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("{one}, x", "not_ids"), ("{one}, {one}", "twice"), ("{one}, 999999", "gone"), ("-1", "not_ids")],
)
def test_wrong_picks_are_refused_with_a_sentence(db, typed, code):
    """Each wrong list has its own sentence."""
    one = ArticleFactory()
    with pytest.raises(ValidationError) as refusal:
        ReadMoreField().clean(typed.format(one=one.pk))
    assert refusal.value.code == code


def test_a_story_cannot_recommend_itself_nor_more_than_fit(db):
    """The form tells the field whose picks these are."""
    stories = [ArticleFactory() for _number in range(3)]
    field = ReadMoreField(most=2)
    with pytest.raises(ValidationError, match="at most 2"):
        field.clean(",".join(str(story.pk) for story in stories))
    field.widget.own_id = stories[0].pk
    with pytest.raises(ValidationError, match="itself"):
        field.clean(str(stories[0].pk))


def test_all_modules_and_styles_are_there():
    """A wrong name in the import map would leave the form with a bare textarea."""
    media = BodyField().widget.media + ReadMoreField().widget.media + HeadlineInput().media
    addresses = re.findall(r'"(?:/?static/)?([^"]+\.(?:js|css))"', str(media))
    assert str(media).count('type="importmap"') == 1
    assert len(addresses) > 20
    assert [address for address in addresses if not finders.find(address.removeprefix("/static/"))] == []
