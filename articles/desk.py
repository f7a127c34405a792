"""The desk's own pages beside the article form: publish, schedule, withdraw, set an end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from js_asset import Media

from articles import between, checks, four_eyes, preview, rules, workflow
from articles.forms import ExpireForm, MoveForm, ReleaseForm, WithdrawForm
from articles.models import Article, Correction, KindOfChange
from articles.override import OverrideForm


def publication(article, at):
    """What is public of a story, for the desk: its live, scheduled and last version, each with its `kind_name`."""
    versions = list(article.versions.select_related("made_by", "withdrawal").order_by("-visible_from", "-pk"))
    for version in versions:
        version.kind_name = version.get_kind_of_change_display().partition(":")[
            0
        ]  # the explanation follows it
    past = [version for version in versions if version.visible_from <= at]
    return {
        "live": next((version for version in past if version.is_live(at)), None),
        "scheduled": next((version for version in versions if version.visible_from > at), None),
        "last": past[0] if past else None,
        "versions": versions,
    }


def story_for(request, pk, *, may_publish=True, hold=False):
    """The story, or the refusal that this person's role asks for. `hold`: until the transaction ends it is ours."""
    allowed = rules.may_publish if may_publish else rules.may_view
    if not allowed(request.user):
        raise PermissionDenied
    stories = Article.objects.select_related("section", "lead_image")
    article = get_object_or_404(workflow.held(stories) if hold else stories, pk=pk)
    if not allowed(request.user, article):
        raise PermissionDenied
    return article


def desk_page(request, template, model_admin, article, **context):
    """One of the desk's pages in the frame of the admin."""
    media = model_admin.media + (context["form"].media if "form" in context else Media())
    context |= {
        **model_admin.admin_site.each_context(request),
        "article": article,
        "opts": model_admin.opts,
        "publication": publication(article, timezone.now()),
        "media": Media.from_media(media, nonce=str(request.csp_nonce)),
        "zone": timezone.localtime().tzname(),
    }
    return render(request, f"admin/articles/article/{template}.html", context)


def _answer(request):
    """What was sent, even when that is nothing; None while the question is only asked."""
    return request.POST if request.method == "POST" else None


def back_to(article):
    return redirect("admin:articles_article_change", article.pk)


def show_refusal(form, refusal):
    for message in refusal.messages:
        form.add_error(None, message)


# --- Going public ----------------------------------------------------------------------------------------


@never_cache
def release(request, pk, **options):
    """Ask what publishing needs to know, show what is in the way, and publish or schedule.

    The button holds the story: what was looked at is what goes out, even when somebody saves at that moment.
    """
    if request.method != "POST":
        return _release(request, story_for(request, pk), **options)
    if "_preview" in request.POST:
        return _preview(request, story_for(request, pk), options["scheduling"])
    with transaction.atomic():
        return _release(request, story_for(request, pk, hold=True), **options)


def _release(request, article, *, model_admin, scheduling):
    state = publication(article, timezone.now())
    unchanged = not scheduling and state["live"] and state["live"].article_version == article.version
    if unchanged and request.method == "POST" and "kind" not in request.POST:
        messages.info(
            request, _("This version is on the site already.")
        )  # the first publication, pressed twice
        return back_to(article)
    form = ReleaseForm(_answer(request), was_public=state["last"] is not None, scheduling=scheduling)
    findings = _findings(article, form, scheduling)
    warnings = [finding for finding in findings if not finding.blocks]
    seen = between.seen_by_address(request, article)
    asked = {"warnings": warnings, "article": article, "by": request.user, "seen_before": seen}
    override = OverrideForm(_answer(request), **asked)
    if request.method == "POST" and all([form.is_valid(), override.is_valid()]):
        version = _released(request, article, form, override.words)
        if version is not None:
            _say_released(request, model_admin, article, version, override.words)
            return back_to(article)
    alone = four_eyes.missing(article, request.user)
    context = {
        "form": form,
        "override": override,
        "meanwhile": override.meanwhile,
        "findings": findings,
        "alone": alone,
        "blocked": bool(alone) or len(warnings) < len(findings),
        "scheduling": scheduling,
        "unchanged": unchanged,
        "title": _("Schedule") if scheduling else _("Publish"),
    }
    return desk_page(request, "release", model_admin, article, **context)


def _preview(request, article, scheduling):
    """The readers' page as this publication would leave it, with the answers that are given so far."""
    was_public = publication(article, timezone.now())["last"] is not None
    form = ReleaseForm(request.POST, was_public=was_public, scheduling=scheduling)
    form.is_valid()
    kind, text = form.cleaned_data.get("kind", ""), form.cleaned_data.get("correction", "").strip()
    note = None
    if kind == KindOfChange.CORRECTION and text:
        note = Correction(text=text, placement=form.cleaned_data["placement"])
    copy, bylines, tags = preview.desk_copy(article)
    return preview.draw(request, copy, bylines=bylines, tags=tags, kind=kind, note=note)


def _findings(article, form, scheduling):
    """What the checks find at the moment the form names. Until it names one, they cannot ask about that moment."""
    if form.is_bound and form.is_valid():
        return checks.report(article, form.cleaned_data.get("at") or timezone.now())
    found = checks.report(article, timezone.now())
    return [finding for finding in found if not (scheduling and finding.name in checks.MOMENTARY)]


def _released(request, article, form, overrides):
    """The version that was made; None when it was refused, and then the form says why."""
    values = form.cleaned_data
    words = {name: values[name] for name in ("kind", "correction", "placement") if name in values}
    words["overrides"] = overrides
    try:
        if "at" in values:
            return workflow.schedule(article=article, at=values["at"], by=request.user, **words)
        return workflow.publish(article=article, by=request.user, **words)
    except workflow.Refusal as refusal:
        show_refusal(form, refusal)
        return None


def _say_released(request, model_admin, article, version, overrides):
    if version.visible_from > timezone.now():
        said = _("Scheduled. The story goes live at %(time)s.") % {
            "time": workflow.clock(version.visible_from)
        }
    elif version.visible_until:
        said = _("Published. It is on the site now, and until %(time)s, when the next version follows.") % {
            "time": workflow.clock(version.visible_until)
        }
    else:
        said = _("Published. It is on the site now.")
    model_admin.log_change(request, article, f"{said} {overrides}".strip())
    messages.success(request, said)


@never_cache
def move(request, pk, *, model_admin):
    """Move the scheduled version to another moment."""
    article = story_for(request, pk)
    scheduled = publication(article, timezone.now())["scheduled"]
    if scheduled is None:
        messages.warning(request, _("Nothing of this story is scheduled."))
        return back_to(article)
    form = MoveForm(_answer(request), initial={"at": scheduled.visible_from})
    if request.method == "POST" and form.is_valid():
        try:
            workflow.reschedule(article=article, at=form.cleaned_data["at"], by=request.user)
        except workflow.Refusal as refusal:
            show_refusal(form, refusal)
        else:
            said = _("Moved. It goes live at %(time)s.") % {"time": workflow.clock(form.cleaned_data["at"])}
            model_admin.log_change(request, article, said)
            messages.success(request, said)
            return back_to(article)
    return desk_page(
        request, "question", model_admin, article, form=form, title=_("Move the schedule"), button=_("Move")
    )


@require_POST
def cancel(request, pk, *, model_admin):
    """Take back the scheduled version."""
    article = story_for(request, pk)
    try:
        workflow.cancel_schedule(article=article, by=request.user)
    except workflow.Refusal as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        said = _("The schedule is cancelled. What is on the site stays as it is.")
        model_admin.log_change(request, article, said)
        messages.success(request, said)
    return back_to(article)


# --- Going off the site -----------------------------------------------------------------------------------


@never_cache
def withdraw(request, pk, *, model_admin):
    """Take the story off the site, with a reason for readers."""
    article = story_for(request, pk)
    form = WithdrawForm(_answer(request))
    if request.method == "POST" and form.is_valid():
        successor = Article.objects.filter(pk__in=form.cleaned_data["successor"]).first()
        try:
            workflow.withdraw(
                article=article, reason=form.cleaned_data["reason"], successor=successor, by=request.user
            )
        except workflow.Refusal as refusal:
            show_refusal(form, refusal)
        else:
            said = _("Withdrawn. Readers no longer find the story; its address gives the reason.")
            model_admin.log_change(request, article, said)
            messages.success(request, said)
            return back_to(article)
    return desk_page(
        request, "question", model_admin, article, form=form, title=_("Withdraw"), button=_("Withdraw now")
    )


@never_cache
def expire(request, pk, *, model_admin):
    """Set or lift the moment at which the story leaves the site."""
    article = story_for(request, pk)
    state = publication(article, timezone.now())
    last = state["scheduled"] or state["live"]
    form = ExpireForm(_answer(request), initial={"at": last and last.visible_until})
    if request.method == "POST" and form.is_valid():
        at = form.cleaned_data["at"]
        try:
            workflow.expire(article=article, at=at, by=request.user)
        except workflow.Refusal as refusal:
            show_refusal(form, refusal)
        else:
            if at:
                said = _("The story leaves the site at %(time)s.") % {"time": workflow.clock(at)}
            else:
                said = _("The story stays on the site for good.")
            model_admin.log_change(request, article, said)
            messages.success(request, said)
            return back_to(article)
    return desk_page(
        request, "question", model_admin, article, form=form, title=_("Set an end"), button=_("Set")
    )


def urls(wrap):
    """The addresses of these pages below the article list; `wrap` adds the admin's own checks."""
    pages = [
        ("<int:pk>/publish/", wrap(release, scheduling=False), "articles_article_publish"),
        ("<int:pk>/schedule/", wrap(release, scheduling=True), "articles_article_schedule"),
        ("<int:pk>/move/", wrap(move), "articles_article_move"),
        ("<int:pk>/cancel/", wrap(cancel), "articles_article_cancel"),
        ("<int:pk>/withdraw/", wrap(withdraw), "articles_article_withdraw"),
        ("<int:pk>/expire/", wrap(expire), "articles_article_expire"),
    ]
    return [path(route, view, name=name) for route, view, name in pages]
