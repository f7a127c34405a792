"""How a story becomes public, changes in public, and goes: the only module that writes published versions.

Every function is one verb of the desk with keyword-only arguments. Each locks the story, checks, and either
does the whole thing or raises Refusal with a sentence for the editor. `by` is the user who does it, or None
for a command. All moments are aware datetimes.
"""

from datetime import timedelta
from functools import wraps

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

import log
from articles import between, checks, four_eyes, rendering
from articles.models import (
    Address,
    Article,
    Byline,
    Correction,
    KindOfChange,
    PublishedVersion,
    Revision,
    StaleCopy,
    VersionByline,
    VersionCard,
    VersionPicture,
    VersionRecording,
    VersionTag,
    Withdrawal,
    search,
    version_search,
)
from articles.models.revision import snapshot
from articles.models.version import INTERVAL, MOVES_UPDATED
from articles.moments import clock
from images.models import Image
from images.renditions import make_ready
from images.sources import is_complete

#: Clocks that follow a time server are set back by less than this.
STEP = timedelta(minutes=1)


class Refusal(ValidationError):
    """Why the desk's wish was not carried out, and what to do. Nothing was written."""


# --- Going public ----------------------------------------------------------------------------------------


def pictures_first(verb):
    """Make the files of the story's pictures before `verb` opens its transaction.

    That takes seconds at worst, in which nobody else could save. What is not there then, `_release` refuses.
    """

    @wraps(verb)
    def with_pictures(*, article, **words):
        make_ready(_pictures(article))
        return verb(article=article, **words)

    return with_pictures


def _pictures(article):
    return Image.objects.filter(in_articles__article=article).order_by("pk")


@pictures_first
@transaction.atomic
def publish(*, article, by, kind=None, correction="", placement=Correction.Placement.BELOW, overrides=""):
    """Make the desk copy public now and return the new version; the version live until now ends now.

    `kind` is a KindOfChange, needed once the story was public before. `correction` is the public text that a
    correction needs, `placement` where on the page it shows. A first publication that was still scheduled is
    brought forward; a scheduled update stays.
    Words that readers have already are refused, except to add the note of a correction made silently before.
    `overrides` says which warnings were set aside and why; it goes into the log.
    """
    article = _locked(article)
    now = _now(article)
    _refuse_unchanged(article, kind, correction, now)
    future = _future(article, now)
    if future and future.kind_of_change == KindOfChange.FIRST:
        _cancel(future)
    note = Correction(text=correction.strip(), placement=placement)
    version = _release(article, at=now, kind=kind, by=by, note=note, now=now)
    _record_overrides(article, overrides, version=version, by=by)
    return version


def _refuse_unchanged(article, kind, correction, now):
    """A second press of the button, or a publication after no save, makes no version without a reason."""
    live = article.versions.select_related("correction").live(now).first()
    if live is None or live.article_version != article.version:
        return
    said = live.correction.text if live.kind_of_change == KindOfChange.CORRECTION else ""
    if kind != KindOfChange.CORRECTION or correction.strip() == said:
        raise Refusal(
            _("This version is on the site already: the story was not saved since. Change it, then publish."),
            code="unchanged",
        )


@pictures_first
@transaction.atomic
def schedule(
    *, article, at, by, kind=None, correction="", placement=Correction.Placement.BELOW, overrides=""
):
    """Make the desk copy, as it is now, public at the moment `at` and return the new version.

    A story has one scheduled version at a time: an earlier one is replaced.
    """
    article = _locked(article)
    now = _now(article)
    if at <= now:
        raise Refusal(
            _("That moment has passed: it is %(now)s. Choose a later one, or publish now.")
            % {"now": clock(now)},
            code="past",
        )
    if future := _future(article, now):
        _cancel(future)
    note = Correction(text=correction.strip(), placement=placement)
    version = _release(article, at=at, kind=kind, by=by, note=note, now=now)
    _record_overrides(article, overrides, version=version, by=by)
    return version


def _record_overrides(article, overrides, *, version, by):
    if overrides:
        log.write("story.override", by=by, subject=article, text=overrides, data={"version": version.pk})


def correct(*, article, text, by, placement=Correction.Placement.BELOW, at=None):
    """Publish the desk copy as a correction that says `text` to readers, now or at the moment `at`."""
    note = {"kind": KindOfChange.CORRECTION, "correction": text, "placement": placement}
    if at is None:
        return publish(article=article, by=by, **note)
    return schedule(article=article, at=at, by=by, **note)


@pictures_first
@transaction.atomic
def publish_past(*, article, at, by=None, kind=None, correction="", checked=True):
    """Record that the desk copy became public at a moment in the past. For importers and the demo.

    Versions are recorded in the order of time: a version that begins at or after `at` is a refusal. What was public
    elsewhere is not `checked`: it is taken as it stood there.
    """
    now = timezone.now()
    article = _locked(article)
    if at > now:
        raise Refusal(_("That moment is still to come. Schedule the story instead."), code="future")
    if article.versions.filter(visible_from__gte=at).exists():
        raise Refusal(_("The story was published after that moment already."), code="overlap")
    note = Correction(text=correction.strip())
    return _release(article, at=at, kind=kind, by=by, note=note, now=now, checked=checked)


def _release(article, *, at, kind, by, note, now, checked=True):
    """Make the version that begins at `at`; the interval it falls into is split there.

    `note` is the unsaved Correction that a correction stores with it.
    """
    before = article.versions.filter(visible_from__lte=at).order_by("visible_from", "pk").last()
    kind = _kind_of_change(article, kind, note.text)
    _hold_single_uses(article)
    if checked:
        if problems := checks.before_publishing(article, at):
            raise Refusal(problems)
        _refuse_unmade_pictures(article)
    if alone := four_eyes.missing(article, by):
        raise Refusal(alone, code="four_eyes")
    _claim_address(article)

    live = before if before and before.is_live(at) else None
    future = _future(article, now)
    version = PublishedVersion.of(article)
    version.visible_from = at
    if live:
        version.visible_until = live.visible_until
        _set_interval(live, visible_until=at)
    elif future:
        version.visible_until = future.visible_from
    version.kind_of_change = kind
    version.first_published_at = before.first_published_at if before else at
    version.updated_at = at if kind in MOVES_UPDATED else before and before.updated_at
    version.made_by = by
    version.save()
    if future and future.kind_of_change not in MOVES_UPDATED:
        _set_interval(future, updated_at=version.updated_at)  # a typo scheduled earlier hides no update

    listed = {"article_id": article.pk, "first_published_at": version.first_published_at}
    VersionByline.objects.bulk_create(
        VersionByline(version=version, author_id=row.author_id, role=row.role, position=position, **listed)
        for position, row in enumerate(article.bylines.all())
    )
    VersionTag.objects.bulk_create(
        VersionTag(content_object=version, tag=tag, **listed) for tag in article.tags.order_by("name")
    )
    VersionPicture.objects.bulk_create(
        VersionPicture(version=version, image_id=image_id)
        for image_id in article.pictures.values_list("image_id", flat=True)
    )
    VersionRecording.objects.bulk_create(
        VersionRecording(version=version, recording_id=recording_id)
        for recording_id in article.recordings.values_list("recording_id", flat=True)
    )
    VersionCard.objects.bulk_create(
        VersionCard(version=version, article_id=pk) for pk in _cards(version.body)
    )
    version_search.index(version)
    if kind == KindOfChange.CORRECTION:
        note.article, note.version = article, version
        note.save()
    _log(
        "published" if at <= now else "scheduled",
        version,
        by=by,
        text=_in_words(version, note, now),
        kind_of_change=kind,
        at=at,
        until=version.visible_until,
    )
    return version


def _in_words(version, note, now):
    """A publication as the log says it: “Correction: It was 64.”, “Update, goes live at 4 May 2026, 13:00 UTC”."""
    corrects = version.kind_of_change == KindOfChange.CORRECTION
    said = version.get_kind_of_change_display().partition(":")[0]
    if corrects and note.placement == Correction.Placement.ABOVE:
        said = gettext("Correction above the text")
    if version.visible_from > now:
        values = {"kind": said, "moment": clock(version.visible_from)}
        said = gettext("%(kind)s, goes live at %(moment)s") % values
    return f"{said}: {note.text}" if corrects else said


def _refuse_unmade_pictures(article):
    """No page goes out with a hole where a picture should be."""
    if unmade := [str(image) for image in _pictures(article) if not is_complete(image)]:
        raise Refusal(
            _(
                "The files for readers of these pictures are still being made: %(pictures)s. "
                "Publish again in a moment."
            )
            % {"pictures": ", ".join(unmade)},
            code="picture-files",
        )


def _hold_single_uses(article):
    """Lock the pictures that only one story may have: of two published at one moment, one sees the other."""
    single = Image.objects.filter(in_articles__article=article, restriction=Image.Restriction.SINGLE_USE)
    list(single.order_by("pk").values_list("pk").select_for_update(of=("self",)))


def _cards(body):
    """Ids of the stories that a body shows as related cards."""
    shown = {block.id for block in rendering.references(body) if block.kind == "related-card"}
    return Article.objects.filter(pk__in=shown).values_list("pk", flat=True) if shown else ()


def _kind_of_change(article, kind, correction):
    if not article.versions.exists():
        return KindOfChange.FIRST
    if kind not in (KindOfChange.TYPO, KindOfChange.UPDATE, KindOfChange.CORRECTION):
        raise Refusal(
            _(
                "Readers know this story already. Say what kind of change this is: typo, update or correction."
            ),
            code="kind",
        )
    if kind == KindOfChange.CORRECTION and not correction:
        raise Refusal(
            _("A correction needs its public text: say what was wrong and what is right."), code="correction"
        )
    return kind


def _claim_address(article):
    address, _created = Address.objects.get_or_create(slug=article.slug, defaults={"article": article})
    if address.article_id != article.pk:
        raise Refusal(
            _("Another story was published at /%(slug)s/, and the address stays with it. Change the slug.")
            % {"slug": article.slug},
            code="slug",
        )


# --- Moving and cancelling what is scheduled --------------------------------------------------------------


@transaction.atomic
def reschedule(*, article, at, by):
    """Move the scheduled version to the moment `at` without changing its words, and return it."""
    article = _locked(article)
    now = _now(article)
    future = _scheduled(article, now)
    if at <= now:
        raise Refusal(
            _("That moment has passed: it is %(now)s. Choose a later one, or publish now.")
            % {"now": clock(now)},
            code="past",
        )
    if future.visible_until and at >= future.visible_until:
        raise Refusal(
            _("The story goes off the site at %(until)s, before that moment.")
            % {"until": clock(future.visible_until)},
            code="expiry",
        )
    if article.embargo and at < article.embargo:
        raise Refusal(
            _("The embargo lasts until %(embargo)s.") % {"embargo": clock(article.embargo)}, code="embargo"
        )
    before = (
        article.versions.filter(visible_from__lt=future.visible_from).order_by("visible_from", "pk").last()
    )
    joined = before is not None and before.visible_until == future.visible_from
    if before and not joined and at < before.visible_until:
        raise Refusal(
            _("The story is on the site until %(until)s; its next publication cannot begin before.")
            % {"until": clock(before.visible_until)},
            code="overlap",
        )
    was = future.visible_from
    version_search.forget(future)
    # The neighbours meet at one moment: whichever has to shrink moves first, so that they never overlap.
    if joined and at < was:
        _set_interval(before, visible_until=at)
    moves = {"visible_from": at}
    if future.first_published_at == was:
        moves["first_published_at"] = at
    if future.updated_at == was:
        moves["updated_at"] = at
    _set_interval(future, **moves)
    if joined and at > was:
        _set_interval(before, visible_until=at)
    if "first_published_at" in moves:
        future.bylines.update(first_published_at=at)
        future.version_tags.update(first_published_at=at)
    version_search.index(future)
    words = gettext("From %(was)s to %(at)s") % {"was": clock(was), "at": clock(at)}
    _log("schedule-moved", future, by=by, text=words, was=was, at=at)
    return future


@transaction.atomic
def cancel_schedule(*, article, by):
    """Take back the scheduled version; what is live stays live."""
    article = _locked(article)
    future = _scheduled(article, _now(article))
    words = gettext("It was to go live at %(moment)s") % {"moment": clock(future.visible_from)}
    _log("schedule-cancelled", future, by=by, text=words, was=future.visible_from)
    _cancel(future)


def _cancel(future):
    """Delete a version that nobody saw, and give its time back to the one it would have ended."""
    before = future.article.versions.filter(visible_until=future.visible_from).exclude(pk=future.pk).first()
    slug, until = future.slug, future.visible_until
    begins = future.visible_from
    version_search.forget(future)
    future.delete()
    if before and before.visible_from < begins:
        _set_interval(before, visible_until=until)
    if not before or not before.article.versions.filter(slug=slug).exists():
        _release_address(slug)


def _release_address(slug):
    """Forget a slug that was claimed for a version that never became public."""
    if not PublishedVersion.objects.filter(slug=slug).exists():
        Address.objects.filter(slug=slug).delete()


# --- Going off the site -----------------------------------------------------------------------------------


@transaction.atomic
def withdraw(*, article, reason, by, successor=None, at=None):
    """Take the live story off the site now, cancel what is scheduled, and return the version that ended.

    Readers find `reason` at its address (410 Gone), or are led to `successor`, another story that is live.
    `at` is a moment that has passed, for importers that record what happened then.
    """
    if at is not None and at > timezone.now():
        raise Refusal(_("That moment is still to come. Set when the story expires instead."), code="future")
    article = _locked(article)
    now = at or _now(article)
    live = article.versions.shown(now).first()
    if live is None:
        raise Refusal(
            _("This story is not on the site. To take back a scheduled publication, cancel it."),
            code="not_live",
        )
    if not reason.strip():
        raise Refusal(_("Tell readers in a sentence why the story is gone."), code="reason")
    if successor is not None and successor.pk == article.pk:
        raise Refusal(_("A withdrawn story cannot lead to itself."), code="successor")
    if successor is not None and not successor.versions.shown(now).exists():
        raise Refusal(_("The story to lead readers to is not on the site."), code="successor")
    if future := _future(article, now):
        _cancel(future)
        live.refresh_from_db()
    _set_interval(live, visible_until=now)
    Withdrawal.objects.create(version=live, reason=reason.strip(), successor=successor, made_by=by)
    said = reason.strip()
    if successor:
        said = gettext("%(reason)s Readers are led to “%(story)s”.") % {"reason": said, "story": successor}
    _log("withdrawn", live, by=by, text=said, successor=successor and successor.pk, at=now)
    return live


@transaction.atomic
def expire(*, article, at, by):
    """Let the story go off the site at the moment `at`; None keeps it for good. Returns its last version."""
    article = _locked(article)
    now = _now(article)
    last = article.versions.order_by("visible_from", "pk").last()
    if last is None or (last.visible_until and last.visible_until <= now):
        raise Refusal(_("This story is neither on the site nor scheduled."), code="not_live")
    if at is not None and at <= max(now, last.visible_from):
        raise Refusal(
            _("A story can only go after %(moment)s. To take it off now, withdraw it.")
            % {"moment": clock(max(now, last.visible_from))},
            code="past",
        )
    was = last.visible_until
    _set_interval(last, visible_until=at)
    words = (
        gettext("Leaves the site at %(moment)s") % {"moment": clock(at)} if at else gettext("Stays for good")
    )
    _log("end-set", last, by=by, text=words, was=was, at=at)
    return last


# --- The desk copy and its revisions ----------------------------------------------------------------------


def keep_revision(*, article, by, reason=Revision.Reason.SAVED, aside=None):
    """Keep the desk copy, as the database has it now, as a revision and return it.

    `aside` is {field of the form: [before, after]} of a save that no form made; see Revision.aside.
    Whoever saves does so with bylines and tags in place: this is the moment to index their names too.
    """
    search.index(article)
    return Revision.objects.create(
        article=article,
        version=article.version,
        snapshot=snapshot(article),
        reason=reason,
        made_by=by,
        aside=aside,
    )


@transaction.atomic
def save(*, article, by, bylines=None, tags=None, aside=None):
    """Save the desk copy with its bylines [(author, role)] and tag names (None leaves them), and keep a revision.

    For commands, importers and changes from the desk's other pages, which say what they change in `aside`; the
    admin's form writes the same rows itself. Raises StaleCopy like Article.save.
    """
    article.saved_by = by
    article.save()
    if bylines is not None:
        _set_bylines(article, bylines)
    if tags is not None:
        article.tags.set(tags, clear=True)
    return keep_revision(article=article, by=by, aside=aside)


@transaction.atomic
def restore(*, revision, by, opened_version=None):
    """Bring a revision's words back into the desk copy, as a new save. Nothing public changes.

    `opened_version` is the desk copy's version that the person saw; raises StaleCopy when somebody else saved since.

    An author, section or picture that was deleted since is left out: the byline is dropped, the section stays as
    it is now, the lead picture is empty. Returns the new revision.
    """
    article = _locked(revision.article)
    if opened_version is not None and between.who_else_saved(article, by, since=opened_version):
        raise StaleCopy
    words = revision.snapshot
    for field in article.shared_fields():
        if field.attname not in words:
            continue  # a field that is younger than the revision keeps today's value
        value = field.to_python(words[field.attname])
        if field.is_relation and value and not field.related_model.objects.filter(pk=value).exists():
            if not field.null:
                continue
            value = None
        setattr(article, field.attname, value)
    article.slug = _restorable_slug(article)
    article.saved_by = by
    article.save()
    known = {row["author_id"]: row["role"] for row in words["bylines"]}
    existing = Byline._meta.get_field("author").related_model.objects.in_bulk(list(known))
    _set_bylines(article, [(existing[pk], role) for pk, role in known.items() if pk in existing])
    article.tags.set(words["tags"], clear=True)
    kept = keep_revision(article=article, by=by, reason=Revision.Reason.RESTORED)
    said = gettext("As they were at %(moment)s") % {"moment": clock(revision.made_at)}
    data = {"from": revision.pk, "revision": kept.pk}
    log.write("story.restored", by=by, subject=article, text=said, data=data)
    return kept


def _restorable_slug(article):
    """The revision's slug, unless another story has taken it since: then the one the story has now."""
    now = Article.objects.get(pk=article.pk).slug
    taken = Article.objects.filter(slug=article.slug).exclude(pk=article.pk).exists()
    claimed = Address.objects.filter(slug=article.slug).exclude(article=article).exists()
    return now if taken or claimed else article.slug


def _set_bylines(article, bylines):
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, author=author, role=role, position=position)
        for position, (author, role) in enumerate(bylines)
    )


# --- Shared small steps -----------------------------------------------------------------------------------


def _log(what, version, *, by, text="", **data):
    """One row of the log about a published version; its subject is the story."""
    data |= {"version": version.pk, "slug": version.slug}
    log.write(f"story.{what}", by=by, subject=version.article, text=text, data=data)


def held(articles):
    """The queryset `articles`, its stories held until the transaction ends: nobody else saves or publishes them.

    Others may still point at them. Two stories that show each other as cards would otherwise wait for each other,
    published at one moment.
    """
    return articles.select_for_update(of=("self",), no_key=True)


def _locked(article):
    """The desk copy as the database has it, locked until the transaction ends."""
    return held(Article.objects).get(pk=article.pk)


def _now(article):
    """The present, never earlier than what was done to this story already."""
    made = article.versions.aggregate(last=Max("made_at"))["last"]
    return never_before(max(article.saved_at, made or article.saved_at))


def never_before(done):
    """The present, never earlier than the moment `done` of the last act: a machine's clock can be set back.

    A step back of less than STEP is waited out; a larger one is a Refusal, because what readers have would look
    like something that is still to come.
    """
    now = timezone.now()
    if done - now > STEP:
        raise Refusal(
            _(
                "This machine's clock says %(now)s, but the last work on this was done at %(done)s. Nothing was "
                "changed. Ask your technical staff to set the clock, then try again."
            )
            % {"now": clock(now), "done": clock(done)},
            code="clock",
        )
    return max(now, done)


def _future(article, now):
    return article.versions.filter(visible_from__gt=now).first()


def _scheduled(article, now):
    future = _future(article, now)
    if future is None:
        raise Refusal(_("Nothing of this story is scheduled."), code="not_scheduled")
    return future


def _set_interval(version, **moments):
    for name, moment in moments.items():
        setattr(version, name, moment)
    version.save(update_fields=[name for name in INTERVAL if name in moments])
