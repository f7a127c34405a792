"""Review: who may move a story where, what is written, and who is told."""

import itertools

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse

from articles import review, workflow
from articles.models import Article
from tests.factories import ArticleFactory, AuthorFactory

pytestmark = pytest.mark.django_db

DRAFT, IN_REVIEW, READY = Article.State.DRAFT, Article.State.IN_REVIEW, Article.State.READY

#: What each role may do; every pair that is not here is refused.
MAY = {
    "Reporter": {(DRAFT, IN_REVIEW)},
    "Editor": {
        *[(DRAFT, IN_REVIEW), (DRAFT, READY)],
        *[(IN_REVIEW, DRAFT), (IN_REVIEW, READY)],
        *[(READY, DRAFT), (READY, IN_REVIEW)],
    },
    "Picture desk": set(),
    "Profile keeper": set(),
    None: set(),
}
MAY["Chief"] = MAY["Editor"]
PAIRS = list(itertools.product(Article.State, repeat=2))


@pytest.fixture
def reporter(person):
    user = person("Reporter", first_name="Nils", email="nils@example.org")
    AuthorFactory(name="Nils Example", user=user)
    return user


@pytest.fixture
def handed_in(reporter):
    """A story by the reporter that waits for an editor."""
    article = ArticleFactory(headline="Harbour closed", authors=[reporter.author])
    review.move(article=article, to=IN_REVIEW, by=reporter)
    return article


def page(article, to):
    return reverse("admin:articles_article_review", args=[article.pk, to])


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "-".join(pair))
def test_only_the_table_moves_a_story(person, role, pair):
    """Every pair of states for every role: it is moved and its step written, or refused and nothing written."""
    by = person(role)
    article = ArticleFactory(state=pair[0])
    if pair in MAY[role]:
        review.move(article=article, to=pair[1], by=by, comment="Why")
    else:
        with pytest.raises(workflow.Refusal):
            review.move(article=article, to=pair[1], by=by, comment="Why")
    moved = pair in MAY[role]
    article.refresh_from_db()
    assert article.state == (pair[1] if moved else pair[0])
    assert article.version == (2 if moved else 1)
    assert article.review_steps.count() == article.revisions.count() == moved


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "-".join(pair))
def test_the_pages_keep_to_the_table(client, person, role, pair):
    """The page behind the button moves what the table allows and nothing else, whoever types its address."""
    user = person(role)
    client.force_login(user)
    article = ArticleFactory(state=pair[0], assignee=user)
    answer = client.post(page(article, pair[1]), {"comment": "Why", "seen_version": 1})
    article.refresh_from_db()
    assert article.state == (pair[1] if pair in MAY[role] else pair[0])
    if pair in review.MOVES and pair not in MAY[role]:
        assert answer.status_code == 403


@pytest.mark.parametrize(("role", "state"), list(itertools.product(MAY, Article.State)))
def test_the_form_has_a_button_for_each_allowed_move(client, person, role, state):
    """A role sees the moves it may make, and no field to choose a state in."""
    user = person(role)
    client.force_login(user)
    article = ArticleFactory(state=state, assignee=user)
    answer = client.get(reverse("admin:articles_article_change", args=[article.pk]))
    if not user.has_perm("articles.view_article"):
        assert answer.status_code == 403
        return
    html = answer.content.decode()
    offered = {to for to in Article.State if f'name="_review" value="{to}"' in html}
    assert offered == {to for start, to in MAY[role] if start == state}
    assert 'name="state"' not in html


@pytest.mark.parametrize("pair", [(IN_REVIEW, DRAFT), (READY, IN_REVIEW), (READY, DRAFT)])
def test_sending_back_says_why(desk, editor, pair):
    """A story goes back with words; without any it stays where it is, and the page asks for them."""
    article = ArticleFactory(state=pair[0])
    with pytest.raises(workflow.Refusal, match="Say what has to change"):
        review.move(article=article, to=pair[1], by=editor, comment="  ")
    answer = desk.post(page(article, pair[1]), {"seen_version": 1})
    assert "Say what has to change" in answer.content.decode()
    article.refresh_from_db()
    assert article.state == pair[0]


def test_a_story_saved_by_somebody_else_meanwhile_is_not_moved(person, editor):
    """A decision is about the words that were read."""
    article = ArticleFactory(state=IN_REVIEW)
    seen = Article.objects.get(pk=article.pk)
    article.headline = "Other words"
    workflow.save(article=article, by=person("Editor"))
    with pytest.raises(workflow.Refusal, match="Somebody saved this story"):
        review.move(article=seen, to=READY, by=editor)
    assert article.review_steps.count() == 0


def test_ones_own_save_after_somebody_elses_hides_it_not(person, editor):
    """A colleague's words stay unseen, whoever saved last."""
    article = ArticleFactory(state=IN_REVIEW)
    seen = Article.objects.get(pk=article.pk)
    workflow.save(article=article, by=person("Editor"))
    workflow.save(article=article, by=editor)
    with pytest.raises(workflow.Refusal, match="Somebody saved this story"):
        review.move(article=seen, to=READY, by=editor)


def test_the_page_names_who_saved_and_leads_to_what_changed(client, person, editor):
    """On the way to the page, and after its button; the next press is a decision about the words that were shown."""
    article, tom = ArticleFactory(state=IN_REVIEW), person("Editor", first_name="Tom")
    seen = workflow.save(article=article, by=editor)
    workflow.save(article=article, by=tom)
    client.force_login(editor)
    compare = f"/revisions/compare/?from=r{seen.pk}&amp;to=now"
    answer = client.get(page(article, READY), {"seen": seen.version}).content.decode()
    assert "Tom saved this story at" in answer
    assert compare in answer
    answer = client.post(page(article, READY), {"seen_version": seen.version}).content.decode()
    assert "Look at what changed, then decide." in answer
    assert compare in answer
    assert f'name="seen_version" value="{article.version}"' in answer
    assert article.review_steps.count() == 0
    client.post(page(article, READY), {"seen_version": article.version})
    assert article.review_steps.get().to_state == READY


def test_ones_own_save_meanwhile_is_nobody_elses(editor):
    """The other tab of the same person is no conflict."""
    article = ArticleFactory()
    seen = Article.objects.get(pk=article.pk)
    workflow.save(article=article, by=editor)
    review.move(article=seen, to=READY, by=editor)
    assert Article.objects.get(pk=article.pk).state == READY


def test_a_second_click_is_told_that_it_is_done(desk, editor):
    """A double click moves once and says so."""
    article = ArticleFactory()
    for _click in range(2):
        answer = desk.post(page(article, IN_REVIEW), {"seen_version": 1}, follow=True)
    assert "already" in answer.content.decode()
    assert article.review_steps.count() == 1


def test_an_unknown_state_is_no_move(desk):
    """An invented address changes nothing."""
    article = ArticleFactory()
    answer = desk.post(page(article, "published"), {"seen_version": 1}, follow=True)
    assert "cannot be moved like that" in answer.content.decode()
    article.refresh_from_db()
    assert article.state == DRAFT


def test_the_button_saves_first_and_then_asks(client, reporter):
    """What is typed in the form is in the story before the question is on the screen."""
    client.force_login(reporter)
    article = ArticleFactory(authors=[reporter.author])
    byline = article.bylines.get()
    answer = client.post(
        reverse("admin:articles_article_change", args=[article.pk]),
        {
            "headline": "Typed just now",
            "section": article.section_id,
            "kind": "news",
            "body": article.body,
            "slug": article.slug,
            "opened_version": 1,
            "bylines-TOTAL_FORMS": 1,
            "bylines-INITIAL_FORMS": 1,
            "bylines-0-id": byline.pk,
            "bylines-0-article": article.pk,
            "bylines-0-author": byline.author_id,
            "bylines-0-position": 0,
            "_review": "in_review",
        },
    )
    assert answer.url == f"{page(article, 'in_review')}?seen=2"
    article.refresh_from_db()
    assert (article.headline, article.state) == ("Typed just now", DRAFT)


# --- Who is told ------------------------------------------------------------------------------------------


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """told(article, to, by) makes a move and gives the sorted addresses of those who got an e-mail."""

    def make(article, to, by, **words):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            review.move(article=article, to=to, by=by, **words)
        assert all(len(message.to) == 1 for message in mail.outbox)
        return sorted(message.to[0] for message in mail.outbox)

    return make


def test_a_story_for_nobody_in_particular_is_told_to_all_editors(told, person, reporter):
    """Handed in without a name, it waits for every editor; people who left or have no address are left out."""
    person("Editor", email="a@example.org")
    person("Editor", email="b@example.org")
    person("Editor")
    person("Editor", email="left@example.org", is_active=False)
    person("Picture desk", email="pictures@example.org")
    article = ArticleFactory(headline="Harbour\nclosed", authors=[reporter.author])
    assert told(article, IN_REVIEW, reporter, comment="Please check the numbers.") == [
        "a@example.org",
        "b@example.org",
    ]
    message = mail.outbox[0]
    assert message.subject == "In review: Harbour closed"
    assert "Nils moved" in message.body
    assert "Please check the numbers." in message.body
    assert f"/admin/articles/article/{article.pk}/change/" in message.body


def test_a_story_for_one_editor_is_told_to_that_one(told, person, reporter):
    """The others are spared."""
    person("Editor", email="a@example.org")
    chosen = person("Editor", email="b@example.org", first_name="Ines")
    article = ArticleFactory(authors=[reporter.author])
    assert told(article, IN_REVIEW, reporter, assignee=chosen) == ["b@example.org"]
    assert "It is with Ines now." in mail.outbox[0].body
    article.refresh_from_db()
    assert article.assignee == chosen


def test_what_comes_back_is_told_to_its_writers_and_to_who_handed_it_in(told, person, reporter):
    """Also to a colleague who handed it in for them; never to the editor who sends it back."""
    colleague = person("Reporter", email="colleague@example.org")
    ines = person("Editor", email="ines@example.org")
    AuthorFactory(user=ines)
    article = ArticleFactory(authors=[reporter.author, ines.author])
    review.move(article=article, to=IN_REVIEW, by=colleague)
    assert told(article, DRAFT, ines, comment="Who says so?") == ["colleague@example.org", "nils@example.org"]


def test_ready_is_told_to_writers_and_editors(told, person, handed_in):
    """The writer is glad to hear it, and somebody has to publish it."""
    person("Editor", email="a@example.org")
    ines = person("Editor", email="ines@example.org")
    assert told(handed_in, READY, ines) == ["a@example.org", "nils@example.org"]


@pytest.mark.django_db(transaction=True)
def test_mail_that_cannot_be_sent_breaks_no_move(settings, person):
    """The mail server is down; the story moves all the same."""
    group, _made = Group.objects.get_or_create(name="Editor")
    chief = person("Chief")
    person(email="a@example.org").groups.add(group)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    article = ArticleFactory()
    review.move(article=article, to=IN_REVIEW, by=chief)
    article.refresh_from_db()
    assert article.state == IN_REVIEW


def test_a_refused_move_tells_nobody(told, person, reporter):
    """No e-mail about what did not happen."""
    person("Editor", email="a@example.org")
    with pytest.raises(workflow.Refusal):
        told(ArticleFactory(), READY, reporter)
    assert mail.outbox == []


# --- What the desk sees -----------------------------------------------------------------------------------


def test_form_and_revisions_show_what_was_said(desk, editor, handed_in):
    """The last three moves stand on the form, all of them on the page of revisions."""
    for number in range(3):
        review.move(article=handed_in, to=DRAFT, by=editor, comment=f"Round {number} <b>")
        review.move(article=handed_in, to=IN_REVIEW, by=editor)
    form = desk.get(reverse("admin:articles_article_change", args=[handed_in.pk])).content.decode()
    assert "Round 2 &lt;b&gt;" in form
    assert "Round 0" not in form
    kept = desk.get(reverse("admin:articles_article_revisions", args=[handed_in.pk])).content.decode()
    assert kept.count("Round ") == 3


def test_the_page_offers_the_story_to_who_handed_it_in(desk, reporter, handed_in):
    """Sending back is filled in with the person who waits for it."""
    answer = desk.get(page(handed_in, DRAFT))
    assert answer.context["form"]["assignee"].initial == reporter


def test_the_list_finds_mine(client, reporter, person):
    """“Assigned to me” and “My drafts”: by byline or by the last save, each story once."""
    client.force_login(reporter)
    ArticleFactory(headline="Assigned", assignee=reporter)
    ArticleFactory(headline="Written", authors=[reporter.author, AuthorFactory()])
    ArticleFactory(headline="Saved", saved_by=reporter)
    ArticleFactory(headline="Handed in", authors=[reporter.author], state=IN_REVIEW)
    ArticleFactory(headline="Another's")

    def found(value):
        answer = client.get(reverse("admin:articles_article_changelist"), {"mine": value})
        return sorted(article.headline for article in answer.context["cl"].result_list)

    assert found("assigned") == ["Assigned"]
    assert found("drafts") == ["Saved", "Written"]
