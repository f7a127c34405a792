"""The page on which a story is handed in, called ready or sent back, with a comment and to whom."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from articles import between, checks, desk, review, workflow
from articles.models import Article
from articles.people import PersonField, colleagues, full_name


class ReviewForm(forms.Form):
    """What is said with a move, and who has the story next."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=_("Stands with the story on the desk and goes out by e-mail. Readers never see it."),
    )
    assignee = PersonField(
        queryset=None,  # known when the form is made
        label=_("Goes to"),
        required=False,
        help_text=_("Who works on it next. If that is nobody in particular, all editors are told."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, needs_comment, sends_back, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = colleagues()
        self.fields["comment"].required = needs_comment
        self.fields["comment"].error_messages["required"] = _(
            "Say what has to change, so that the writer knows."
        )
        if sends_back:
            self.fields["assignee"].help_text = _("Who works on it next. Its writers are told in any case.")


@never_cache
def move(request, pk, to, *, model_admin):
    """Ask what a move in review needs to know, and make it."""
    article = desk.story_for(request, pk, may_publish=False)
    if not model_admin.has_change_permission(request, article):
        raise PermissionDenied
    rule = review.allowed(request.user, article.state).get(to)
    if rule is None:
        return _not_from_here(request, article, to)
    asked = {"needs_comment": rule.needs_comment, "sends_back": rule.needs_comment}
    first = {"assignee": _next_person(article, to, request.user), "seen_version": article.version}
    form = ReviewForm(request.POST or None, initial=first, **asked)
    meanwhile = between.others_save(article, request.user, since=_seen(request, article, form))
    if request.method == "POST" and form.is_valid() and _moved(request, article, to, form):
        model_admin.log_change(request, article, _said(article))
        messages.success(request, _said(article))
        return desk.back_to(article)
    findings = [] if rule.needs_comment else checks.report(article, timezone.now())
    context = {"form": form, "findings": findings, "title": rule.label, "rule": rule, "meanwhile": meanwhile}
    return desk.desk_page(request, "review", model_admin, article, steps=review.steps(article)[:3], **context)


def _seen(request, article, form):
    """The version of the story that this person saw last."""
    if form.is_bound and form.is_valid():
        return form.cleaned_data["seen_version"]
    return between.seen_by_address(request, article)


def _moved(request, article, to, form):
    """Whether the move was made; if not, the form says why."""
    article.version = form.cleaned_data["seen_version"]
    words = {name: form.cleaned_data[name] for name in ("comment", "assignee")}
    try:
        review.move(article=article, to=to, by=request.user, **words)
    except workflow.Refusal as refusal:
        desk.show_refusal(form, refusal)
        form.data = (
            form.data.copy()
        )  # the next press is a decision made in knowledge of what this answer shows
        form.data[form.add_prefix("seen_version")] = Article.objects.get(pk=article.pk).version
        return False
    return True


def _not_from_here(request, article, to):
    """A second click finds the story moved already; anything else that is not in the table is refused."""
    if article.state == to:
        messages.info(request, _("The story is in the state “%(state)s” already.") % _state(article))
    elif (article.state, to) in review.MOVES:
        raise PermissionDenied
    else:
        messages.error(
            request,
            _("The story is in the state “%(state)s” now, and cannot be moved like that.") % _state(article),
        )
    return desk.back_to(article)


def _state(article):
    return {"state": article.get_state_display()}


def _next_person(article, to, by):
    """Who is likely to have the story next: who handed it in when it goes back, else whoever has it now."""
    if to == Article.State.DRAFT:
        handed_in = review.steps(article).filter(to_state=Article.State.IN_REVIEW).first()
        return handed_in and handed_in.made_by
    return None if article.assignee_id == by.pk else article.assignee


def _said(article):
    if article.assignee is None:
        return _("Moved to “%(state)s”.") % _state(article)
    return _("Moved to “%(state)s”. It is with %(who)s now.") % {
        **_state(article),
        "who": full_name(article.assignee),
    }


def urls(wrap):
    """The address of this page below the article list; `wrap` adds the admin's own checks."""
    return [path("<int:pk>/review/<slug:to>/", wrap(move), name="articles_article_review")]
