"""Saving while writing: what can be stored is, history stays short, nobody conflicts with themselves."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import bulk, review, workflow
from articles.models import Article, Byline, Presence, PreviewLink, Revision, Tag, search
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
    assert search.matching(Article.objects.all(), f"harbour {second.name}").get() == story


@pytest.mark.parametrize("page", ["autosave", "change"])
def test_words_typed_while_a_story_went_to_the_editors_are_kept_beside_it(client, person, editor, page):
    """A reporter may not change it from then on; what was typed until then is among the revisions, once."""
    reporter = AuthorFactory(user=person("Reporter")).user
    story = ArticleFactory(headline="The first words", authors=[reporter.author])
    client.force_login(reporter)
    form = posted(story, reporter, headline="Typed meanwhile")
    review.move(article=story, to="ready", by=editor)
    for _time in range(2):
        answer = client.post(address(page, story), form)
    assert answer.status_code == (403 if page == "autosave" else 302)
    assert Article.objects.get(pk=story.pk).headline == "The first words"
    kept = story.revisions.get(reason="refused")
    assert (kept.snapshot["headline"], kept.made_by) == ("Typed meanwhile", reporter)
    assert kept.what == "Kept aside: the story was ready by then, and the editors’ to change"
    if page == "change":
        shown = client.get(address("change", story)).content.decode()
        assert "What you typed is among its revisions." in shown


def test_words_for_a_story_that_was_given_away_say_so(client, person, editor):
    """A reporter's story goes to somebody else while they type: no word of Ready, for it is not."""
    reporter = person("Reporter")
    story = ArticleFactory(assignee=reporter)
    workflow.keep_revision(article=story, by=editor)
    client.force_login(reporter)
    form = posted(story, reporter, headline="Typed meanwhile")
    workflow.keep_revision(article=story, by=reporter, reason="refused")  # they have written for it before
    Article.objects.filter(pk=story.pk).update(assignee=editor)
    assert client.post(address("autosave", story), form).status_code == 403
    assert story.revisions.first().what == "Kept aside: the story was somebody else’s by then"


def test_a_story_that_never_was_theirs_takes_no_words(client, person, story):
    """A reporter leaves nothing beside the stories of others."""
    client.force_login(person("Reporter"))
    for page in ("autosave", "change"):
        assert client.post(address(page, story), posted(story, person(), headline="x")).status_code == 403
    assert desk_unchanged(story)


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
    """The answer is 409 with who and when; what was refused is a revision, once however often it is sent."""
    other = person("Editor", first_name="Mira", last_name="Example")
    author = AuthorFactory()
    data = posted(story, editor, headline="Mine", bylines=[(author, "photography")])
    story.headline, story.saved_by = "Theirs", other
    story.save()
    for _time in range(2):
        answer = desk.post(address("autosave", story), data)
        assert answer.status_code == 409
        assert (answer.json()["by"], answer.json()["taken"]) == ("Mira Example", False)
    assert Article.objects.get(pk=story.pk).headline == "Theirs"
    kept = story.revisions.get(reason="refused")
    assert (kept.snapshot["headline"], kept.made_by) == ("Mine", editor)
    assert kept.snapshot["bylines"] == [{"author_id": author.pk, "role": "photography"}]
    desk.post(address("change", story), data)
    assert story.revisions.filter(reason="refused").count() == 1, "Save refuses the same words"
    assert kept.what == "Kept aside: somebody else had saved"
    history = desk.get(address("revisions", story)).content.decode()
    assert "Kept aside: somebody else had saved" in history


def test_a_story_is_taken_over(desk, editor, person, client, story):
    """From then on the other's words are refused and kept beside; a page that is behind takes nothing over."""
    other = person("Editor", first_name="Mira", last_name="Example")
    client.force_login(other)
    client.post(address("autosave", story), posted(story, other, tab="hers", headline="Hers"))
    behind = posted(story, other, tab="hers", headline="Hers, later")
    client.force_login(editor)
    asked = {"tab": "mine", "opened_version": 1}
    assert client.post(address("take_over", story), asked).status_code == 409
    answer = client.post(address("take_over", story), asked | {"opened_version": 2})
    assert (answer.status_code, answer.json()["version"]) == (200, 3)

    client.force_login(other)
    assert client.post(address("presence", story), {"tab": "hers", "opened_version": 2}).json()["taken"]
    answer = client.post(address("autosave", story), behind)
    assert answer.status_code == 409
    assert answer.json() == {"version": 3, "by": "Ines Calder", "at": answer.json()["at"], "taken": True}
    page = client.post(address("change", story), behind)
    assert "Ines Calder took this story over at" in page.content.decode()
    client.force_login(editor)
    story.refresh_from_db()
    data = posted(story, editor, tab="mine", headline="Mine")
    assert client.post(address("autosave", story), data).json()["version"] == 4
    assert [(kept.reason, kept.snapshot["headline"]) for kept in story.revisions.order_by("pk")] == [
        ("autosaved", "Hers"),
        ("taken", "Hers"),
        ("refused", "Hers, later"),
        ("autosaved", "Mine"),
    ]
    kept = story.revisions.get(reason="refused")
    assert kept.what == "Kept aside: somebody else had taken the story over"


def test_a_lost_answer_is_no_conflict_with_oneself(desk, editor, story):
    """The same tab may go on from the version it knew; another tab of the same person may not."""
    desk.post(address("autosave", story), posted(story, editor, headline="One"))
    again = posted(story, editor, headline="Two")
    assert again["opened_version"] == 1
    assert desk.post(address("autosave", story), again).json()["version"] == 3
    other_tab = posted(story, editor, headline="Three", tab="tab-2")
    assert desk.post(address("autosave", story), other_tab).status_code == 409
    kept = story.revisions.get(reason="refused")
    assert kept.what == "Kept aside: saved meanwhile from another page of the same person"
    saved = desk.post(address("change", story), posted(story, editor, headline="Four"))
    assert saved.status_code == 302
    assert Article.objects.get(pk=story.pk).headline == "Four"


def aside(story, by, *, section=None, tags=None, assignee=None):
    """A change of many stories that reached this one."""
    before, article = bulk.now(story), Article.objects.get(pk=story.pk)
    wanted = {"section": section or before["section"], "tags": tags or before["tags"], "assignee": assignee}
    assert bulk._save(article, before, wanted, by)


def test_ones_own_change_from_the_list_reaches_the_open_form(desk, editor, story):
    """It is no conflict: the form's next save follows the change and says so, and what was typed stays."""
    harbour = SectionFactory(name="Harbour", slug="harbour")
    story.tags.set(["Boats", "Old"])
    form = posted(story, editor, headline="Typed")
    aside(story, editor, section=harbour, tags=["Boats", "Tide"], assignee=editor)
    for _time in range(2):  # the first answer may be lost
        answer = desk.post(address("autosave", story), form)
        assert answer.status_code == 200
        moved = answer.json()["moved"]
        assert moved == {"section": str(harbour.pk), "tags": "Boats, Tide", "assignee": str(editor.pk)}
        saved = Article.objects.get(pk=story.pk)
        assert (saved.headline, saved.section, saved.assignee) == ("Typed", harbour, editor)
        assert sorted(saved.tags.names()) == ["Boats", "Tide"]
    assert not story.revisions.filter(reason="refused").exists()
    aside(saved, editor, tags=["Boats"], assignee=editor)
    known = {"opened_version": saved.version, "tab": "tab-1"}
    assert desk.post(address("presence", story), known).json()["version"] == saved.version, "nothing newer"
    form |= moved | {"opened_version": saved.version, "headline": "Saved"}
    assert desk.post(address("change", story), form).status_code == 302
    saved.refresh_from_db()
    assert (saved.headline, list(saved.tags.names())) == ("Saved", ["Boats"])


def test_what_is_typed_wins_over_ones_own_change_from_the_list(desk, editor, story):
    """A section chosen in the form stays; tags typed there join those that came from the list."""
    harbour, town = SectionFactory(name="Harbour", slug="harbour"), SectionFactory(name="Town", slug="town")
    Tag.objects.create(name="Typed", slug="typed")
    form = posted(story, editor, section=town.pk, tags="Typed,")
    aside(story, editor, section=harbour, tags=["New York"])
    assert desk.post(address("autosave", story), form).json()["moved"] == {"tags": '"New York", Typed'}
    saved = Article.objects.get(pk=story.pk)
    assert (saved.section, sorted(saved.tags.names())) == (town, ["New York", "Typed"])


def test_somebody_elses_change_from_the_list_is_a_conflict(desk, editor, person, story):
    """Also when one's own came after it: the answer names the colleague."""
    other = person("Editor", first_name="Mira", last_name="Example")
    form = posted(story, editor, headline="Mine")
    aside(story, other, tags=["Theirs"])
    aside(story, editor, tags=["Theirs", "Own"])
    answer = desk.post(address("autosave", story), form)
    assert (answer.status_code, answer.json()["by"]) == (409, "Mira Example")
    assert desk.post(address("presence", story), form).json()["by"] == "Mira Example"
    page = desk.post(address("change", story), form).content.decode()
    assert "Mira Example saved this story at" in page
    assert "Your words and those Mira Example saved" in page


def test_a_task_that_was_given_back_is_not_called_untouched(desk, editor, person, story):
    """Revisions do not say whose task a story was, so nothing decides that only the other side changed it."""
    other = person("Editor")
    story.assignee = editor
    workflow.save(article=story, by=editor)
    form = posted(story, editor, assignee="")
    aside(story, other, assignee=other)
    shown = desk.post(address("change", story), form).context["conflict"]["fields"]
    assert [(field["name"], field["untouched"]) for field in shown] == [("assignee", False)]


def test_another_page_of_ones_own_is_called_that(desk, editor, story):
    """Two forms of one person can clash; nobody is told of a colleague who is not there."""
    desk.post(address("autosave", story), posted(story, editor, tab="one", headline="One"))
    page = desk.post(address("change", story), posted(story, editor, tab="two", headline="Two"))
    words = page.content.decode()
    assert "You saved this story at" in words
    assert "Ines Calder saved this story" not in words
    assert "Your words and those you yourself saved" in words


@pytest.mark.parametrize("page", ["autosave", "change"])
def test_a_post_that_was_overtaken_on_its_way_is_not_stored(desk, editor, story, page):
    """The page gave up on an answer and sent more; what arrives late is older, and the newer words stay."""
    slow = posted(story, editor, headline="Slow", sent=1)
    desk.post(address(page, story), slow | {"headline": "Newer", "sent": 2})
    late = desk.post(address("autosave", story), slow)
    assert late.status_code == 409
    late = desk.post(address("change", story), slow)
    assert late.headers["Location"] == address("change", story)
    assert Article.objects.get(pk=story.pk).headline == "Newer"
    assert {kept.snapshot["headline"] for kept in story.revisions.all()} == {"Newer"}


def test_words_taken_back_do_not_return_with_a_slow_post(desk, editor, story):
    """A post that changed nothing overtakes as well; a new story's first post does not come twice."""
    slow = posted(story, editor, headline="Taken back", sent=1)
    desk.post(address("autosave", story), slow | {"headline": story.headline, "sent": 2})
    desk.post(address("autosave", story), slow)
    assert Article.objects.get(pk=story.pk).headline == story.headline
    first = posted(Article(section=story.section, headline="First"), editor, tab="new", sent=1)
    desk.post(NEW, first | {"headline": "Second", "sent": 2})
    assert desk.post(NEW, first).status_code == 409
    assert Article.objects.exclude(pk=story.pk).get().headline == "Second"


def test_a_page_that_takes_over_still_follows_ones_own_changes(desk, editor, story):
    """Taking over leaves it behind its person's change from the list, until its next save has taken that over."""
    form = posted(story, editor, headline="Typed")
    aside(story, editor, tags=["Own"])
    answer = desk.post(address("take_over", story), form)
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert desk.post(address("autosave", story), form).json()["moved"]["tags"] == "Own"


def test_taking_over_lets_no_slow_post_in(desk, editor, story):
    """What this page sent before its newest words stays behind them."""
    slow = posted(story, editor, headline="Slow", sent=1)
    answer = desk.post(address("autosave", story), slow | {"headline": "Newer", "sent": 2})
    asked = {"tab": "tab-1", "opened_version": answer.json()["version"]}
    assert desk.post(address("take_over", story), asked).status_code == 200
    assert desk.post(address("autosave", story), slow).status_code == 409
    assert Article.objects.get(pk=story.pk).headline == "Newer"


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
    for page, where in [("autosave", story), ("keep_version", story), ("take_over", story)]:
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
        ("headline", "<mark>My</mark> headline", "<mark>Their</mark> headline")
    ]
    assert [(person["mine"], person["theirs"]) for person in shown["people"]] == [
        (None, "Theirs Author"),
        ("Mine Author", None),
    ]
    assert [(row["same"], row["theirs"]) for row in shown["rows"]] == [
        (True, "<p>Same.</p>"),
        (False, "<p>Their end.</p>"),
    ]
    words = page.content.decode()
    assert all(text in words for text in ("Keep mine", "Take theirs", "Mira", "<mark>Their</mark> end."))
    refused = story.revisions.get(reason="refused").snapshot
    assert refused["headline"] == "My headline"
    assert [row["author_id"] for row in refused["bylines"]] == [mine_author.pk]


def test_presence_tells_who_else_is_here_in_three_queries(desk, editor, person, client, story):
    """Others seen in the last forty seconds, whether they typed, and the newest save; old rows go."""
    other = person("Editor", first_name="Mira", last_name="Example")
    ping = address("presence", story)
    page = {"tab": "a", "opened_version": 1}
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        Presence.objects.create(
            article=story, user=other, tab="old", seen_at=datetime(2026, 3, 2, 10, tzinfo=UTC)
        )
        answer = client.post(ping, page | {"opened": "1"}).json()
        assert (answer["others"], answer["version"]) == ([], 1)
        assert Presence.objects.count() == 1
        Presence.objects.create(
            article=story, user=other, tab="b", seen_at=datetime(2026, 3, 2, 12, tzinfo=UTC)
        )
        assert client.post(ping, page).json()["others"] == ["Mira Example has this story open."]
        Presence.objects.filter(tab="b").update(has_typed=True)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.post(ping, page).json()
        about = [query["sql"] for query in queries if "articles_" in query["sql"]]
        assert len(about) == 3, about
        assert answer["others"] == ["Mira Example has this story open and is writing."]
        assert client.post(ping, {"tab": "c"}).json()["others"] == [
            "You have this story open in another tab.",
            "Mira Example has this story open and is writing.",
        ]
        clock.shift(timedelta(seconds=41))
        assert client.post(ping, page).json()["others"] == []
        client.post(ping, {"tab": "c"})
        client.post(ping, {"tab": "c", "left": "1"})
        assert client.post(ping, page).json()["others"] == [], "a page that went is gone at once"
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
