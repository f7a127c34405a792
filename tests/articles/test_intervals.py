"""The invariants of the published versions, after every step of random sequences of the desk's verbs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from articles import workflow
from articles.models import Address, Article, Correction, KindOfChange, PublishedVersion
from articles.models.version import INTERVAL, MOVES_UPDATED
from tests.factories import ArticleFactory

START = datetime(2031, 3, 3, 9, 0, tzinfo=UTC)
MINUTES = st.integers(min_value=-90, max_value=600)
# Wishes that can be granted come more often than those that must be refused.
KINDS = st.sampled_from(["typo", "update", "correction", "typo", "update", "correction", "first", None])
WORDS = st.sampled_from(
    ["It was sixty-four, not forty-six.", "The ferry left at nine.", "Both names are right.", " "]
)
REASONS = st.sampled_from(["It was wrong.", "The court asked for it.", "It ran twice.", ""])
SLUGS = st.sampled_from(["ferry", "bridge", "tram", "clock"])


class Desk(RuleBasedStateMachine):
    """Two stories, a moving clock and every verb, wishes that must be refused included."""

    @initialize()
    def open_the_desk(self):
        self.clock = time_machine.travel(START, tick=False)
        self.clock.start()
        self.now = START
        self.articles = [ArticleFactory(), ArticleFactory()]
        self.frozen = {}

    def teardown(self):
        if hasattr(self, "clock"):
            self.clock.stop()

    def attempt(self, verb, **wish):
        """Do it, or be refused without a trace."""
        before = self.everything()
        try:
            with transaction.atomic():
                return verb(**wish)
        except workflow.Refusal as refusal:
            assert all(str(message).strip() for message in refusal.messages)
            assert self.everything() == before, f"{verb.__name__} was refused and yet wrote something"

    def everything(self):
        versions = PublishedVersion.objects.order_by("pk").values_list("pk", *INTERVAL)
        return (
            list(versions),
            list(Address.objects.order_by("slug").values_list()),
            Correction.objects.count(),
        )

    @rule(minutes=st.integers(min_value=1, max_value=300))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)
        self.clock.stop()
        self.clock = time_machine.travel(self.now, tick=False)
        self.clock.start()

    @rule(which=st.integers(0, 1), slug=SLUGS, words=st.text("abc <>&", max_size=20))
    def the_desk_saves(self, which, slug, words):
        article = Article.objects.get(pk=self.articles[which].pk)
        article.headline = f"Headline {words}"
        article.slug = slug
        with transaction.atomic():
            taken = Article.objects.filter(slug=slug).exclude(pk=article.pk).exists()
            if not taken:
                live = list(PublishedVersion.objects.order_by("pk").values())
                workflow.save(article=article, by=None)
                assert list(PublishedVersion.objects.order_by("pk").values()) == live

    @rule(which=st.integers(0, 1), kind=KINDS, text=WORDS)
    def publish(self, which, kind, text):
        article = Article.objects.get(pk=self.articles[which].pk)
        live = article.versions.live(self.now).first()
        unchanged = live is not None and live.article_version == article.version
        version = self.attempt(workflow.publish, article=article, by=None, kind=kind, correction=text)
        if version and unchanged:
            assert kind == KindOfChange.CORRECTION, "the same words twice need a note to readers"
            assert getattr(getattr(live, "correction", None), "text", None) != version.correction.text

    @rule(which=st.integers(0, 1), minutes=MINUTES, kind=KINDS, text=WORDS)
    def schedule(self, which, minutes, kind, text):
        at = self.now + timedelta(minutes=minutes)
        self.attempt(
            workflow.schedule, article=self.articles[which], at=at, by=None, kind=kind, correction=text
        )

    @rule(which=st.integers(0, 1), minutes=MINUTES)
    def reschedule(self, which, minutes):
        at = self.now + timedelta(minutes=minutes)
        self.attempt(workflow.reschedule, article=self.articles[which], at=at, by=None)

    @rule(which=st.integers(0, 1))
    def cancel(self, which):
        versions = self.articles[which].versions
        live = versions.live(self.now).first()
        future = versions.filter(visible_from__gt=self.now).first()
        self.attempt(workflow.cancel_schedule, article=self.articles[which], by=None)
        assert not versions.filter(visible_from__gt=self.now).exists()
        assert versions.live(self.now).first() == live
        if live and future:
            joined = live.visible_until == future.visible_from
            live.refresh_from_db()
            assert live.visible_until == (future.visible_until if joined else live.visible_until)

    @rule(which=st.integers(0, 1), reason=REASONS, other=st.sampled_from([False, False, True]))
    def withdraw(self, which, reason, other):
        successor = self.articles[1 - which] if other else None
        done = self.attempt(
            workflow.withdraw, article=self.articles[which], reason=reason, by=None, successor=successor
        )
        if done:
            article = self.articles[which]
            assert not article.versions.live(self.now).exists()
            assert not article.versions.filter(visible_from__gt=self.now).exists()

    @rule(which=st.integers(0, 1), minutes=st.none() | MINUTES)
    def expire(self, which, minutes):
        at = None if minutes is None else self.now + timedelta(minutes=minutes)
        self.attempt(workflow.expire, article=self.articles[which], at=at, by=None)

    @rule(which=st.integers(0, 1))
    def restore(self, which):
        revision = self.articles[which].revisions.order_by("?").first()
        if revision:
            public = self.everything()
            workflow.restore(revision=revision, by=None)
            assert self.everything() == public

    @invariant()
    def intervals_never_overlap(self):
        for article in getattr(self, "articles", []):
            seen = [
                v
                for v in article.versions.order_by("visible_from", "pk")
                if v.visible_until != v.visible_from
            ]
            for earlier, later in zip(seen, seen[1:], strict=False):
                assert earlier.visible_until is not None and earlier.visible_until <= later.visible_from

    @invariant()
    def one_version_of_a_story_at_any_moment_and_both_answers_agree(self):
        versions = list(PublishedVersion.objects.all())
        edges = {moment for v in versions for moment in (v.visible_from, v.visible_until) if moment}
        for edge in edges:
            for moment in (edge - timedelta(microseconds=1), edge, edge + timedelta(microseconds=1)):
                shown = set(PublishedVersion.objects.shown(moment))
                assert shown == {version for version in versions if version.is_live(moment)}
                assert len({version.article_id for version in shown}) == len(shown)

    @invariant()
    def a_slug_belongs_to_one_story_for_ever(self):
        owners = {}
        for version in PublishedVersion.objects.all():
            assert owners.setdefault(version.slug, version.article_id) == version.article_id
            assert Address.objects.get(pk=version.slug).article_id == version.article_id

    @invariant()
    def what_a_version_says_never_changes(self):
        for version in PublishedVersion.objects.values():
            words = {name: value for name, value in version.items() if name not in INTERVAL}
            assert self.frozen.setdefault(version["id"], words) == words

    @invariant()
    def public_times_follow_the_kind_of_change(self):
        for article in getattr(self, "articles", []):
            updated = None
            versions = list(article.versions.order_by("visible_from", "pk"))
            for number, version in enumerate(versions):
                assert (version.kind_of_change == KindOfChange.FIRST) == (number == 0)
                assert version.first_published_at == versions[0].visible_from
                if version.kind_of_change in MOVES_UPDATED:
                    updated = version.visible_from
                assert version.updated_at == updated
                assert hasattr(version, "correction") == (version.kind_of_change == KindOfChange.CORRECTION)
                for row in [*version.bylines.all(), *version.version_tags.all()]:
                    assert row.first_published_at == version.first_published_at


@pytest.mark.django_db
def test_invariants_hold_after_every_step():
    """Whatever the desk does in whatever order, the rules of DESIGN section 1 hold after each step."""
    profile = settings(
        max_examples=60,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(_in_savepoint(), settings=profile)
    assert PublishedVersion.objects.count() == 0  # each sequence was rolled back


def _in_savepoint():
    """Desk with every sequence in a savepoint of its own, so that none sees another's stories."""

    class Isolated(Desk):
        def __init__(self):
            super().__init__()
            self.savepoint = transaction.atomic()
            self.savepoint.__enter__()

        def teardown(self):
            super().teardown()
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    return Isolated


# --- The database holds the rules that it can -------------------------------------------------------------


def version_of(article, **fields):
    words = {
        "kind_of_change": KindOfChange.UPDATE,
        "first_published_at": START,
        "visible_from": START,
        **fields,
    }
    version = PublishedVersion.of(article)
    for name, value in words.items():
        setattr(version, name, value)
    return version


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("begins", "ends"),
    [(0, 10), (5, 15), (9, None), (-5, 1), (-5, None), (2, 3)],
)
def test_the_database_refuses_an_overlap(begins, ends):
    """Code that goes round the workflow cannot make two versions of a story visible at once."""
    article = ArticleFactory()
    version_of(article, visible_until=START + timedelta(minutes=10)).save()
    until = None if ends is None else START + timedelta(minutes=ends)
    start = START + timedelta(minutes=begins)
    second = version_of(
        article, visible_from=start, visible_until=until, first_published_at=min(start, START)
    )
    with pytest.raises(IntegrityError, match="versions_of_an_article_never_overlap"), transaction.atomic():
        second.save()


@pytest.mark.django_db
def test_the_database_refuses_an_interval_that_grows_over_the_next():
    article = ArticleFactory()
    first = version_of(article, visible_until=START + timedelta(minutes=10))
    first.save()
    version_of(article, visible_from=START + timedelta(minutes=10)).save()
    first.visible_until = START + timedelta(minutes=11)
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(update_fields=["visible_until"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"visible_until": START - timedelta(seconds=1)}, "version_ends_after_it_begins"),
        ({"first_published_at": START + timedelta(seconds=1)}, "version_follows_first_publication"),
        ({"kind_of_change": "whim"}, "version_has_a_kind_of_change"),
        ({"slug": ""}, "version_has_a_slug"),
    ],
)
def test_named_constraints_hold_a_version_together(fields, constraint):
    version = version_of(ArticleFactory(), **fields)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        version.save()


@pytest.mark.django_db
def test_a_version_refuses_to_say_something_else():
    """Content is frozen; only the interval may move, and only when it is named."""
    article = ArticleFactory()
    version = workflow.publish(article=article, by=None)
    version.headline = "Nothing happened"
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.save(update_fields=["headline", "visible_until"])
    version.refresh_from_db()
    assert version.headline == article.headline
    assert version.is_live(timezone.now())
