"""The desk's own pages: publish, schedule, move, cancel, expire, withdraw, preview, revisions; who may open each."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, PublishedVersion
from tests.articles.desk_forms import admin, errors_of, filled
from tests.factories import ArticleFactory, AuthorFactory, published
from tests.images.pictures import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_what_blocks(settings):
    """These stories are short; what the checks warn of has tests of its own."""
    settings.CHECK_LEVELS = {"standfirst": "off", "tags": "off"}


def moment(at):
    """{name: value} of the two inputs for a moment, in the newsroom's time zone."""
    local = timezone.localtime(at)
    return {"at_0": local.strftime("%d/%m/%Y"), "at_1": local.strftime("%H:%M:%S")}


def soon(**distance):
    return timezone.now().replace(microsecond=0) + timedelta(**distance or {"days": 1})


def said(response):
    """The messages that the next page shows."""
    return [str(message) for message in response.context["messages"]]


def errors(response):
    assert response.status_code == 200
    return " ".join(sentence for lines in response.context["form"].errors.values() for sentence in lines)


# --- Publish ----------------------------------------------------------------------------------------------


def test_a_first_publication_asks_nothing(desk, editor):
    """One button; then the story is live, by whom is known, and the log has a line."""
    story = ArticleFactory()
    html = desk.get(admin("publish", story.pk)).content.decode()
    assert "Readers have not seen this story yet." in html
    assert 'name="kind"' not in html
    response = desk.post(admin("publish", story.pk), follow=True)
    assert said(response) == ["Published. It is on the site now."]
    version = PublishedVersion.objects.get()
    assert (version.kind_of_change, version.made_by) == ("first", editor)
    assert editor.logentry_set.get().object_id == str(story.pk)


def test_what_is_in_the_way_is_listed_and_holds_the_button(desk):
    """Each problem is a sentence; a request that comes all the same is refused."""
    picture = make_picture(alt_text="", credit="")
    story = ArticleFactory(body="", authors=[], lead_image=picture, embargo=soon())
    response = desk.get(admin("publish", story.pk))
    html = response.content.decode()
    for sentence in ("no text yet", "no author", "under embargo", "has no credit", "no alternative text"):
        assert sentence in html
    assert re.search(r"<button[^>]* disabled>\s*Publish now", html)
    assert "no author" in errors(desk.post(admin("publish", story.pk)))
    assert not PublishedVersion.objects.exists()


def test_a_known_story_asks_for_the_kind_of_change(desk):
    """Without an answer nothing happens; with one the times move as the kind says."""
    story = published()
    workflow.save(article=story, by=None)
    response = desk.post(admin("publish", story.pk))
    assert "required" in errors(response)
    assert "valid choice" in errors(desk.post(admin("publish", story.pk), {"kind": "first"}))
    assert PublishedVersion.objects.count() == 1
    desk.post(admin("publish", story.pk), {"kind": "update"})
    assert story.versions.live(timezone.now()).get().updated_at


def test_a_correction_needs_its_public_text(desk):
    """A sentence at the field; blanks are no text; the chosen kind stays chosen."""
    story = published()
    workflow.save(article=story, by=None)
    for text in ("", "   "):
        response = desk.post(admin("publish", story.pk), {"kind": "correction", "correction": text})
        assert "Say in public words what was wrong" in errors(response)
        assert re.search(r'value="correction"[^>]* checked', response.content.decode())
    assert "at most 2000" in errors(
        desk.post(admin("publish", story.pk), {"kind": "correction", "correction": "x" * 2001})
    )
    desk.post(admin("publish", story.pk), {"kind": "correction", "correction": "It was 64."})
    assert story.corrections.get().text == "It was 64."


def test_a_second_press_of_publish_makes_no_second_version(desk):
    """The first publication pressed twice: one version, and the second answer says why."""
    story = ArticleFactory()
    address = admin("publish", story.pk)
    desk.post(address)
    assert said(desk.post(address, follow=True))[-1] == "This version is on the site already."
    assert "on the site already" in errors(desk.post(address, {"kind": "update"}))
    assert PublishedVersion.objects.count() == 1


@pytest.mark.parametrize("kind", ["typo", "update", "correction"])
def test_a_second_press_of_the_same_change_is_refused(kind, desk):
    """Two equal requests: the second says that this version is on the site already."""
    story = published()
    workflow.save(article=story, by=None)
    answer = {"kind": kind, "correction": "It was 64."}
    assert desk.post(admin("publish", story.pk), answer).status_code == 302
    assert "This version is on the site already" in errors(desk.post(admin("publish", story.pk), answer))
    assert story.versions.count() == 2
    assert story.corrections.count() == (kind == "correction")


def test_a_silent_change_can_get_its_note_later(desk):
    """Nothing was saved since, and yet readers are owed a sentence: the page says so and takes it."""
    story = published()
    assert "add the note of a correction" in desk.get(admin("publish", story.pk)).content.decode()
    desk.post(admin("publish", story.pk), {"kind": "correction", "correction": "It was 64."})
    assert story.corrections.get().text == "It was 64."


def test_the_same_words_can_come_back_after_a_withdrawal(desk):
    """Unchanged only holds while the story is on the site."""
    story = published()
    workflow.withdraw(article=story, reason="It was wrong.", by=None)
    desk.post(admin("publish", story.pk), {"kind": "update"})
    assert story.versions.live(timezone.now()).exists()


def test_publishing_before_a_scheduled_update_says_what_follows(desk):
    """The message names the moment at which the next version takes over."""
    story = published()
    workflow.save(article=story, by=None)
    workflow.schedule(article=story, at=soon(), kind="update", by=None)
    workflow.save(article=story, by=None)
    response = desk.post(admin("publish", story.pk), {"kind": "typo"}, follow=True)
    assert "when the next version follows" in said(response)[0]


# --- Schedule, move, cancel, expire ------------------------------------------------------------------------


def test_a_schedule_is_said_with_its_zone(desk):
    """The story waits; the form above says for when."""
    story, at = ArticleFactory(), soon()
    response = desk.post(admin("schedule", story.pk), moment(at), follow=True)
    assert said(response) == [f"Scheduled. The story goes live at {workflow.clock(at)}."]
    version = PublishedVersion.objects.get()
    assert version.visible_from == at
    html = desk.get(admin("change", story.pk)).content.decode()
    assert "Scheduled: “" in html
    assert "Cancel the schedule" in html


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({}, "required"),
        ({"at_0": "31/02/2031", "at_1": "10:00"}, "valid date"),
        ({"at_0": "01/02/2031", "at_1": ""}, "Enter both"),
        ({"at_0": "01/02/2031", "at_1": "25:99"}, "valid time"),
        ({"at_0": "01/02/2021", "at_1": "10:00"}, "That moment has passed"),
        ({"at_0": "01/01/0001", "at_1": "00:00"}, "That moment has passed"),
    ],
)
def test_a_moment_that_cannot_be_is_a_sentence(answer, sentence, desk):
    """For scheduling and for moving alike; what was typed is still there."""
    story = ArticleFactory()
    workflow.schedule(article=story, at=soon(), by=None)
    for page in ("schedule", "move"):
        response = desk.post(admin(page, story.pk), answer)
        assert sentence in errors(response)
        assert all(value in response.content.decode() for value in answer.values())
    assert PublishedVersion.objects.count() == 1


def test_a_schedule_before_the_embargo_is_refused(desk):
    """The page does not list the embargo beforehand, because it depends on the moment chosen."""
    story = ArticleFactory(embargo=soon(days=2))
    assert "in the way" not in desk.get(admin("schedule", story.pk)).content.decode()
    assert "under embargo" in errors(desk.post(admin("schedule", story.pk), moment(soon())))
    assert desk.post(admin("schedule", story.pk), moment(soon(days=3))).status_code == 302


def test_an_embargo_after_the_schedule_is_refused(desk):
    """A story goes live by the clock alone, so the sentence says what to do first; nothing typed is lost."""
    story, at, later = ArticleFactory(), soon(), soon(days=2)
    workflow.schedule(article=story, at=at, by=None)
    embargo = {name.replace("at", "embargo"): value for name, value in moment(later).items()}
    data = filled(desk, admin("change", story.pk), headline="Kept", **embargo)
    said, _byline = errors_of(desk.post(admin("change", story.pk), data))
    assert said["embargo"] == [
        f"The story goes live at {workflow.clock(at)}, before this embargo ends. "
        "Move or cancel the schedule first."
    ]
    workflow.reschedule(article=story, at=later, by=None)
    assert desk.post(admin("change", story.pk), data).status_code == 302
    story.refresh_from_db()
    assert (story.headline, story.embargo) == ("Kept", later)


def test_a_schedule_moves_and_is_cancelled(desk):
    """The words stay as they were scheduled; a cancelled first publication leaves nothing."""
    story = ArticleFactory()
    workflow.schedule(article=story, at=soon(), by=None)
    assert moment(soon())["at_0"] in desk.get(admin("move", story.pk)).content.decode()
    later = soon(days=3)
    response = desk.post(admin("move", story.pk), moment(later), follow=True)
    assert said(response) == [f"Moved. It goes live at {workflow.clock(later)}."]
    assert story.versions.get().visible_from == later
    response = desk.post(admin("cancel", story.pk), follow=True)
    assert "The schedule is cancelled." in said(response)[0]
    assert not story.versions.exists()


def test_what_is_not_scheduled_cannot_be_moved_or_cancelled(desk):
    """A page left open too long gets a sentence and the form."""
    story = ArticleFactory()
    for response in (
        desk.get(admin("move", story.pk), follow=True),
        desk.post(admin("move", story.pk), moment(soon()), follow=True),
        desk.post(admin("cancel", story.pk), follow=True),
    ):
        assert said(response) == ["Nothing of this story is scheduled."]
    assert desk.get(admin("cancel", story.pk)).status_code == 405


def test_an_end_is_set_and_lifted(desk):
    """A moment in the future, none in the past; empty keeps the story for good."""
    story, at = published(), soon()
    assert "withdraw it" in errors(desk.post(admin("expire", story.pk), moment(soon(days=-1))))
    desk.post(admin("expire", story.pk), moment(at))
    assert story.versions.get().visible_until == at
    assert "It leaves the site on" in desk.get(admin("change", story.pk)).content.decode()
    response = desk.post(admin("expire", story.pk), {"at_0": "", "at_1": ""}, follow=True)
    assert said(response) == ["The story stays on the site for good."]
    assert story.versions.get().visible_until is None
    assert "neither on the site" in errors(desk.post(admin("expire", ArticleFactory().pk), moment(at)))


# --- Withdraw ---------------------------------------------------------------------------------------------


def test_a_withdrawn_story_gives_its_reason(desk, client):
    """Readers get 410 with the sentence; the desk reads it above the form."""
    story = published()
    assert "required" in errors(desk.post(admin("withdraw", story.pk), {"reason": "  "}))
    response = desk.post(admin("withdraw", story.pk), {"reason": "The <court> asked."}, follow=True)
    assert "Readers no longer find the story" in said(response)[0]
    assert "Readers are told: “The &lt;court&gt; asked.”" in response.content.decode()
    gone = client.get(f"/{story.slug}/")
    assert gone.status_code == 410
    assert "The &lt;court&gt; asked." in gone.content.decode()


def test_a_withdrawn_story_can_lead_to_another(desk, client):
    """One other story that is on the site."""
    story, other = published(), published()
    reason = {"reason": "It ran twice."}
    for wrong, sentence in (
        (story.pk, "cannot lead to itself"),
        (ArticleFactory().pk, "is not on the site"),
        (99999, "no story with the number"),
        (f"{other.pk}, {published().pk}", "at most 1"),
        ("x", "separated by commas"),
    ):
        response = desk.post(admin("withdraw", story.pk), {**reason, "successor": wrong})
        assert sentence in errors(response)
    desk.post(admin("withdraw", story.pk), {**reason, "successor": other.pk})
    assert client.get(f"/{story.slug}/")["Location"].endswith(f"/{other.slug}/")


def test_what_is_not_live_cannot_be_withdrawn(desk):
    """A draft, and a story that somebody withdrew a moment ago."""
    story = published()
    for _n in range(2):
        response = desk.post(admin("withdraw", story.pk), {"reason": "It was wrong."})
    assert "not on the site" in errors(response)
    assert "not on the site" in errors(desk.post(admin("withdraw", ArticleFactory().pk), {"reason": "No."}))


def test_the_questions_load_their_widgets(desk):
    """The calendar of a moment, and the picker of stories with the nonce of this very answer."""
    story = published()
    assert "DateTimeShortcuts.js" in desk.get(admin("schedule", story.pk)).content.decode()
    response = desk.get(admin("withdraw", story.pk))
    html = response.content.decode()
    assert "read-more.js" in html
    nonce = re.search(r'type="importmap"[^>]* nonce="([^"]+)"|nonce="([^"]+)"[^>]* type="importmap"', html)
    assert (nonce[1] or nonce[2]) in response["Content-Security-Policy"]


# --- Preview ----------------------------------------------------------------------------------------------


def test_a_preview_shows_unsaved_words_and_stores_nothing(desk):
    """Headline, body, byline in order and tags as typed; the desk copy, its tags and the readers' page stay."""
    story = published(headline="Before", tags=["Old"])
    first, second = AuthorFactory(name="First"), AuthorFactory(name="Second")
    address = admin("change", story.pk)
    data = filled(
        desk, address, headline="After", body="<p>New words.</p>", tags="Fresh, Old",
        **{"bylines-TOTAL_FORMS": "3", "bylines-0-DELETE": "on"},
        **{"bylines-1-author": second.pk, "bylines-1-position": "5"},
        **{"bylines-2-author": first.pk, "bylines-2-position": "4"},
    )  # fmt: skip
    response = desk.post(admin("preview", story.pk), data)
    html = response.content.decode()
    assert response.status_code == 200
    for words in ("After", "New words.", "Fresh", "Nothing here is public"):
        assert words in html
    assert html.index("First") < html.index("Second")
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    story.refresh_from_db()
    assert (story.headline, story.version, list(story.tags.names())) == ("Before", 1, ["Old"])
    assert not story.revisions.exists()
    assert "Before" in desk.get(f"/{story.slug}/").content.decode()


def test_the_saved_copy_and_a_new_story_have_previews(desk):
    """GET shows what is saved; the form of a new story previews without storing it; its GET leads to the form."""
    story = ArticleFactory(headline="As saved")
    assert "As saved" in desk.get(admin("preview", story.pk)).content.decode()
    response = desk.post(
        admin("preview_new"), filled(desk, admin("add"), headline="Not saved", body="<p>x</p>")
    )
    assert "Not saved" in response.content.decode()
    assert Article.objects.count() == 1
    assert desk.get(admin("preview_new"))["Location"] == admin("add")


def test_a_preview_needs_no_newest_version(desk):
    """Somebody else saved meanwhile: looking at mine is no write."""
    story = ArticleFactory()
    data = filled(desk, admin("change", story.pk), headline="Mine")
    workflow.save(article=story, by=None)
    assert "Mine" in desk.post(admin("preview", story.pk), data).content.decode()
    assert story.revisions.count() == 1


def test_a_form_that_cannot_be_shown_says_why(desk):
    """The sentence names the field; so does one in the byline, and an empty request."""
    story = ArticleFactory()
    address = admin("change", story.pk)
    for changes, sentence in (
        ({"headline": ""}, "This field is required."),
        ({"embargo_0": "x", "embargo_1": "y"}, "valid date"),
        ({"bylines-0-author": "99999"}, "valid choice"),
    ):
        html = desk.post(admin("preview", story.pk), filled(desk, address, **changes)).content.decode()
        assert "This cannot be shown yet" in html
        assert sentence in html
    assert "This cannot be shown yet" in desk.post(admin("preview", story.pk), {}).content.decode()


# --- Revisions --------------------------------------------------------------------------------------------


def test_revisions_list_every_save_and_every_publication(desk, editor):
    """Who, when, what; a refused save is marked."""
    story = published(headline="Before")
    story.headline = "After"
    workflow.save(article=story, by=editor)
    html = desk.get(admin("revisions", story.pk)).content.decode()
    for words in ("First publication", "Before", "After", "Ines Calder"):
        assert words in html


def test_a_revision_comes_back_as_a_new_save(desk, editor):
    """Words, byline and tags; nothing public changes; the copy that was left is a revision as well."""
    story = published(headline="Before", tags=["Old"])
    old = workflow.save(article=story, by=None, tags=["Old"])
    story.headline = "After"
    workflow.save(article=story, by=None, bylines=[], tags=["New"])
    address = admin("revision", story.pk, old.pk)
    assert "Before" in desk.get(address).content.decode()
    response = desk.post(address, {"opened_version": story.version}, follow=True)
    assert "Restored." in said(response)[0]
    story.refresh_from_db()
    assert (story.headline, story.saved_by, list(story.tags.names())) == ("Before", editor, ["Old"])
    assert story.bylines.count() == 1
    assert [revision.reason for revision in story.revisions.all()] == ["restored", "saved", "saved"]
    assert PublishedVersion.objects.count() == 1


def test_an_old_revision_shows_blocks_in_words_and_runs_nothing(desk):
    """What a block showed may be gone, and what was stored before a rule existed is cleaned before it is shown."""
    story = ArticleFactory()
    kept = workflow.save(article=story, by=None)
    kept.snapshot["body"] = (
        "<p>Words<script>alert(1)</script></p>"
        '<figure data-block="figure" data-id="7" data-caption="A &lt;boat"></figure>'
    )
    kept.save()
    html = desk.get(admin("revision", story.pk, kept.pk)).content.decode()
    assert "Picture: A &lt;boat" in html
    assert "<script>alert" not in html


def test_a_revision_belongs_to_its_story(desk):
    """Another story's number in the address finds nothing."""
    story, other = ArticleFactory(), ArticleFactory()
    kept = workflow.save(article=story, by=None)
    assert desk.get(admin("revision", other.pk, kept.pk)).status_code == 404
    assert desk.post(admin("revision", other.pk, kept.pk)).status_code == 404
