"""Saving while writing: what can be stored is, history stays short, nobody conflicts with themselves."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import workflow
from articles.models import Article, Byline, Presence, PreviewLink, Revision, Tag
from tests.factories import ArticleFactory, AuthorFactory, SectionFactory

NEW = reverse("admin:articles_article_autosave_new")
ADD = reverse("admin:articles_article_add")


def address(name, article):
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def posted(article, user, *, tab="tab-1", bylines=None, **fields):
    """The story form as a page posts it: what the story has, with `fields` and [(author, role)] in their place."""
    rows = (
        [(row.author, row.role) for row in article.bylines.all()]
        if bylines is None and article.pk
        else bylines or []
    )
    data = {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "section": article.section_id or "",
        "kind": article.kind,
        "body": article.body,
        "tags": ", ".join(article.tags.names()) if article.pk else "",
        "state": article.state,
        "slug": article.slug,
        "opened_version": article.version if article.pk else 0,
        "tab": tab,
        "person": user.pk,
        "bylines-TOTAL_FORMS": len(rows),
        "bylines-INITIAL_FORMS": 0,
        "bylines-MIN_NUM_FORMS": 1,
        "bylines-MAX_NUM_FORMS": 1000,
    }
    for number, (author, role) in enumerate(rows):
        data |= {f"bylines-{number}-author": author.pk if author else "", f"bylines-{number}-role": role}
        data |= {f"bylines-{number}-position": number, f"bylines-{number}-id": ""}
    return data | fields


@pytest.fixture
def story(db):
    return ArticleFactory(headline="The first words")


def test_every_field_is_stored(desk, editor, story):
    """Words, byline, known tags and the body are saved, the version counts, the answer has it and the time."""
    Tag.objects.create(name="Harbour", slug="harbour")
    second = AuthorFactory()
    rows = [(second, ""), (story.bylines.get().author, "photography")]
    data = posted(story, editor, headline="New", tags="harbour", body="<p>New.</p>", bylines=rows)
    answer = desk.post(address("autosave", story), data)
    assert answer.status_code == 200
    story.refresh_from_db()
    assert (story.headline, story.body, story.saved_by) == ("New", "<p>New.</p>", editor)
    assert list(story.tags.names()) == ["Harbour"]
    assert [(row.author, row.role) for row in story.bylines.all()] == rows
    assert answer.json()["version"] == story.version == 2
    assert answer.json()["kept_back"] == []
    kept = story.revisions.get()
    assert (kept.reason, kept.version, kept.snapshot["headline"]) == ("autosaved", 2, "New")


def test_what_is_wrong_is_named_and_the_rest_is_stored(desk, editor, story):
    """A bad date, a slug of another story, an unknown tag and an unfinished byline row keep nothing else back."""
    ArticleFactory(slug="taken")
    byline = story.bylines.get().author
    data = posted(
        story,
        editor,
        standfirst="Stored.",
        embargo_0="31/31/2026",
        embargo_1="xx",
        slug="taken",
        tags="Half-typ",
        bylines=[(byline, ""), (None, "photography")],
    )
    answer = desk.post(address("autosave", story), data).json()
    told = {part["label"]: part["why"] for part in answer["kept_back"]}
    assert set(told) == {"Embargo", "Slug", "Tags", "Bylines"}
    assert told["Tags"] == "Half-typ is new, and is made when you press Save."
    slug = story.slug
    story.refresh_from_db()
    assert (story.standfirst, story.slug, story.embargo) == ("Stored.", slug, None)
    assert [row.author for row in story.bylines.all()] == [byline]
    assert not Tag.objects.exists()


def test_an_emptied_headline_keeps_the_stored_one(desk, editor, story):
    """A story is never without a headline because somebody retypes it."""
    answer = desk.post(address("autosave", story), posted(story, editor, headline="", standfirst="x")).json()
    assert [part["label"] for part in answer["kept_back"]] == ["Headline"]
    assert Article.objects.get(pk=story.pk).headline == "The first words"


def test_nothing_new_writes_nothing(desk, editor, story):
    """The same words again count no save and make no revision."""
    answer = desk.post(address("autosave", story), posted(story, editor))
    assert answer.json()["version"] == 1
    assert not story.revisions.exists()


def test_a_sitting_is_one_revision(desk, editor, person, client, story):
    """A person's autosaves share a row, until somebody else saves, half an hour passes, or the row is worth keeping."""

    def write(words, user=editor, **fields):
        client.force_login(user)
        story.refresh_from_db()
        answer = client.post(address("autosave", story), posted(story, user, headline=words, **fields))
        assert answer.status_code == 200, answer.content

    def history():
        return [kept.snapshot["headline"] for kept in story.revisions.order_by("version")]

    other = person("Editor")
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        write("a1")
        clock.shift(timedelta(minutes=29))
        write("a2")
        clock.shift(timedelta(minutes=29))
        write("a3")
        assert history() == ["a3"]
        kept = story.revisions.get()
        assert kept.version == 4
        assert kept.made_at - kept.began_at == timedelta(minutes=58)
        clock.shift(timedelta(minutes=31))
        write("a4")
        write("b1", user=other)
        write("a5")
        assert history() == ["a3", "a4", "b1", "a5"]
        workflow.publish(article=story, by=editor)
        write("a6")
        PreviewLink.objects.create(
            article=story,
            revision=story.revisions.get(snapshot__headline="a6"),
            secret_sha256="0" * 64,
            expires_at=datetime(2026, 3, 4, tzinfo=UTC),
        )
        write("a7")
        story.refresh_from_db()
        named = client.post(
            address("keep_version", story),
            {"name": "before the lawyers", "person": editor.pk, "opened_version": story.version},
        )
        assert named.status_code == 200
        write("a8")
    assert history() == ["a3", "a4", "b1", "a5", "a6", "a7", "a8"]
    assert story.revisions.get(name="before the lawyers").snapshot["headline"] == "a7"


def test_somebody_elses_save_is_never_written_over(desk, editor, person, story):
    """The answer is 409 with who and when; nothing is written."""
    other = person("Editor", first_name="Mira", last_name="Example")
    data = posted(story, editor, headline="Mine")
    story.headline, story.saved_by = "Theirs", other
    story.save()
    answer = desk.post(address("autosave", story), data)
    assert answer.status_code == 409
    assert answer.json()["by"] == "Mira Example"
    assert Article.objects.get(pk=story.pk).headline == "Theirs"


def test_a_lost_answer_is_no_conflict_with_oneself(desk, editor, story):
    """The same tab may go on from the version it knew; another tab of the same person may not."""
    desk.post(address("autosave", story), posted(story, editor, headline="One"))
    again = posted(story, editor, headline="Two")
    assert again["opened_version"] == 1
    assert desk.post(address("autosave", story), again).json()["version"] == 3
    other_tab = posted(story, editor, headline="Three", tab="tab-2")
    assert desk.post(address("autosave", story), other_tab).status_code == 409
    saved = desk.post(address("change", story), posted(story, editor, headline="Four"))
    assert saved.status_code == 302
    assert Article.objects.get(pk=story.pk).headline == "Four"


def test_a_save_after_an_autosave_has_its_own_revision(desk, editor, story):
    """The form still numbers its byline rows as it was opened with; the rows are matched by author."""
    second, first = AuthorFactory(), story.bylines.get()
    rows = [(first.author, ""), (second, "")]
    desk.post(address("autosave", story), posted(story, editor, headline="One", bylines=rows))
    own = {"bylines-INITIAL_FORMS": 1, "bylines-0-id": first.pk, "bylines-0-article": story.pk}
    data = posted(story, editor, headline="Two", bylines=rows) | own
    assert desk.post(address("change", story), data).status_code == 302
    assert [row.author for row in story.bylines.all()] == [first.author, second]
    assert [kept.reason for kept in story.revisions.order_by("version")] == ["autosaved", "saved"]
    data |= {"bylines-0-DELETE": "on"}
    assert desk.post(address("autosave", story), data).status_code == 200
    assert [row.author for row in story.bylines.all()] == [second]
    assert desk.post(address("change", story), data).status_code == 302, "the deleted row is no error"
    assert Byline.objects.filter(article=story).count() == 1


def test_a_new_story_is_kept_from_its_first_word(desk, editor):
    """Nothing is made of an empty form; words make one story, however often and wherever the tab posts them."""
    section = SectionFactory()
    empty = posted(Article(section=section), editor)
    assert desk.post(NEW, empty).json()["addresses"] is None
    assert not Article.objects.exists()
    first = posted(Article(section=section, body="<p>It rained</p>"), editor)
    answer = desk.post(NEW, first).json()
    story = Article.objects.get()
    assert answer["version"] == 1
    assert answer["addresses"]["change"] == address("change", story)
    assert (story.headline, story.body, story.saved_by) == ("", "<p>It rained</p>", editor)
    again = desk.post(NEW, first | {"headline": "Rain"})  # the first answer was lost
    assert again.json()["addresses"] == answer["addresses"]
    story.refresh_from_db()
    assert (story.headline, story.slug) == ("Rain", "rain")
    author = AuthorFactory()
    saved = desk.post(ADD, posted(Article(section=section, headline="Rain"), editor, bylines=[(author, "")]))
    assert saved.status_code == 302
    assert Article.objects.count() == 1
    listed = desk.get(reverse("admin:articles_article_changelist")).content.decode()
    assert "Rain" in listed


def test_two_clicks_on_save_make_one_story(desk, editor):
    """The second request of a double click saves the story that the first one made."""
    data = posted(Article(section=SectionFactory(), headline="Once"), editor, bylines=[(AuthorFactory(), "")])
    assert [desk.post(ADD, data).status_code for _click in range(2)] == [302, 302]
    story = Article.objects.get()
    assert (story.headline, story.bylines.count()) == ("Once", 1)


@pytest.mark.parametrize("group", [None, "Picture desk"])
def test_only_those_who_may_change_a_story_save_it(client, person, story, group):
    """Everybody else is refused, and a stranger is sent to sign in."""
    user = person(group)
    assert client.post(address("autosave", story), posted(story, user, headline="x")).status_code == 302
    client.force_login(user)
    for page, where in [("autosave", story), ("keep_version", story)]:
        assert client.post(address(page, where), posted(story, user, headline="x")).status_code == 403
    assert client.post(NEW, posted(story, user)).status_code == 403
    assert desk_unchanged(story)


def desk_unchanged(story):
    return Article.objects.get(pk=story.pk).version == story.version and not Revision.objects.exists()


def test_words_are_not_saved_under_another_persons_name(desk, person, story):
    """When somebody else signed in meanwhile in this browser, the answer names them and nothing is written."""
    answer = desk.post(address("autosave", story), posted(story, person("Editor"), headline="x"))
    assert (answer.status_code, answer.json()) == (409, {"person": "Ines Calder"})
    assert desk_unchanged(story)


def test_the_refused_save_shows_both_texts_and_keeps_mine(desk, editor, person, story):
    """The page has what differs, theirs and mine; the byline that was refused is in its revision."""
    mine_author, theirs_author = AuthorFactory(name="Mine Author"), AuthorFactory(name="Theirs Author")
    data = posted(story, editor, headline="My headline", body="<p>Same.</p><p>My end.</p>")
    data |= posted(story, editor, bylines=[(mine_author, "")]) | {
        "headline": data["headline"],
        "body": data["body"],
    }
    story.headline, story.body = "Their headline", "<p>Same.</p><p>Their end.</p>"
    workflow.save(article=story, by=person("Editor", first_name="Mira"), bylines=[(theirs_author, "")])
    page = desk.post(address("change", story), data)
    shown = page.context["conflict"]
    assert [(field["name"], field["mine"], field["theirs"]) for field in shown["fields"]] == [
        ("headline", "My headline", "Their headline")
    ]
    assert (shown["byline"]["mine"], shown["byline"]["theirs"]) == ("Mine Author", "Theirs Author")
    assert [(row["same"], row["theirs"]) for row in shown["rows"]] == [
        (True, "<p>Same.</p>"),
        (False, "<p>Their end.</p>"),
    ]
    words = page.content.decode()
    assert all(text in words for text in ("Keep mine", "Take theirs", "Mira", "Their end."))
    refused = story.revisions.get(reason="refused").snapshot
    assert refused["headline"] == "My headline"
    assert [row["author_id"] for row in refused["bylines"]] == [mine_author.pk]


def test_presence_tells_who_else_is_here_in_three_queries(desk, editor, person, client, story):
    """Others seen in the last forty seconds, whether they typed, and the newest save; old rows go."""
    other = person("Editor", first_name="Mira", last_name="Example")
    ping = address("presence", story)
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        Presence.objects.create(
            article=story, user=other, tab="old", seen_at=datetime(2026, 3, 2, 10, tzinfo=UTC)
        )
        answer = client.post(ping, {"tab": "a", "opened": "1"}).json()
        assert (answer["others"], answer["version"]) == ([], 1)
        assert Presence.objects.count() == 1
        Presence.objects.create(
            article=story, user=other, tab="b", seen_at=datetime(2026, 3, 2, 12, tzinfo=UTC)
        )
        assert client.post(ping, {"tab": "a"}).json()["others"] == ["Mira Example has this story open."]
        Presence.objects.filter(tab="b").update(has_typed=True)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.post(ping, {"tab": "a"}).json()
        about = [query["sql"] for query in queries if "articles_" in query["sql"]]
        assert len(about) == 3, about
        assert answer["others"] == ["Mira Example has this story open and is writing."]
        assert client.post(ping, {"tab": "c"}).json()["others"] == [
            "You have this story open in another tab.",
            "Mira Example has this story open and is writing.",
        ]
        clock.shift(timedelta(seconds=41))
        assert client.post(ping, {"tab": "a"}).json()["others"] == []
        reloaded = {"tab": "d", "opened": "1", "after": "a"}
        assert client.post(ping, reloaded).json()["others"] == [], "a page does not meet the one it followed"
        assert client.post(ping, {}).status_code == 403


def test_a_page_that_lost_its_sign_in_learns_who_is_signed_in(client, desk, editor):
    """The answer has a fresh token for the forms and the person it belongs to."""
    address_of_token = reverse("admin:articles_article_token")
    answer = desk.get(address_of_token).json()
    assert answer["person"] == editor.pk
    assert answer["token"]
    client.logout()
    assert client.get(address_of_token).status_code == 302
