"""The desk's page on which the front page and the sections' pages are arranged.

The form holds the whole arrangement: every button sends it along, so that moving a story needs no script and loses
nothing. Only Save, Publish and Schedule write; the words of what they do are in articles/arranging.py.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.validators import MinValueValidator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from js_asset import Media, Script

from articles import arranging, rules
from articles.editor_words import ARRANGE_WORDS, PICKER_WORDS
from articles.front import front_context, section_page
from articles.models import Arrangement, ArrangementRevision, Article, PublishedArrangement, Section
from articles.models.arrangement import MOST
from articles.moments import MomentField, clock
from articles.pages import public_sections
from articles.people import full_name
from articles.pickers import having_words, story_json, with_state
from articles.widgets import IMPORTS, PICKER_CSS, as_attribute, story_picker_address

#: Stories that a search without script offers, and lines of the history.
OFFERED, LINES = 12, 20
LABELS = {
    "breaking": gettext_lazy("Breaking"),
    "lead": gettext_lazy("Lead"),
    "top": gettext_lazy("Top places"),
}
HELP = {
    "breaking": gettext_lazy("A bar above the front page, until a moment that you set below."),
    "lead": gettext_lazy("The first leads the page; up to three more stand with it."),
    "top": gettext_lazy("The first places; what is free fills itself with the newest."),
}
#: Buttons that only move something in the form.
MOVES = ("_up", "_down", "_out", "_add")


class ArrangeForm(forms.Form):
    """What an arrangement has beside its stories: the bar's words and end, and when it begins."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput, validators=[MinValueValidator(0)])
    breaking_words = forms.CharField(
        label=gettext_lazy("Words of the bar"),
        required=False,
        max_length=Arrangement._meta.get_field("breaking_words").max_length,
        help_text=gettext_lazy("Empty: the story's headline."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    breaking_until = MomentField(
        label=gettext_lazy("Bar ends"),
        required=False,
        help_text=gettext_lazy("From this moment on the bar is gone by itself."),
    )
    at = MomentField(
        label=gettext_lazy("Begins at"),
        required=False,
        help_text=gettext_lazy(
            "For Schedule. Preview shows the page as it would be at this moment, else now."
        ),
    )

    def __init__(self, *args, section, ids, **kwargs):
        super().__init__(*args, **kwargs)
        self.ids = ids
        if section:
            del self.fields["breaking_words"], self.fields["breaking_until"]

    def clean(self):
        values = super().clean()
        for part, ids in self.ids.items():
            if len(ids) > MOST[part]:
                said = _("“%(part)s” has room for %(most)d; take a story out.")
                self.add_error(None, said % {"part": LABELS[part], "most": MOST[part]})
        if self.ids.get("breaking") and not (values.get("breaking_until") or "breaking_until" in self.errors):
            self.add_error("breaking_until", _("Say when the bar ends."))
        return values

    def words(self):
        """What the form says, as Arranged.words; a field that is not right yet counts as empty."""
        values = {name: self.cleaned_data.get(name) for name in ("breaking_words", "breaking_until")}
        values["breaking_words"] = values["breaking_words"] or ""
        return {**PublishedArrangement().words(), **self.ids, **values}


@dataclass
class Part:
    """One list of the page: what is put there, and what fills the rest by itself."""

    name: str
    rows: list = field(default_factory=list)
    fills: list = field(default_factory=list)  # headlines

    @property
    def label(self):
        return LABELS[self.name]

    @property
    def help(self):
        return HELP[self.name]

    @property
    def most(self):
        return MOST[self.name]

    @property
    def is_full(self):
        return len(self.rows) >= self.most


@never_cache
def arrange(request, slug=None, *, site):
    """Look at a page's arrangement; who may arrange, sends the form here, whichever button was pressed."""
    if not rules.may_view(request.user):
        raise PermissionDenied
    arranged = Section.objects.exclude(slug=Section.NEWS_FEED)
    section = None if slug is None else get_object_or_404(arranged, slug=slug)
    page = Page(request, site, section)
    if request.method != "POST":
        return page.preview() if "preview" in request.GET else page.draw()
    if not rules.may_arrange(request.user):
        raise PermissionDenied
    return page.answer()


class Page:
    """One request for the page of one arrangement."""

    def __init__(self, request, site, section):
        self.request, self.site, self.section = request, site, section
        self.stored = arranging.of(section)
        names = ["top"] if section else list(MOST)
        self.is_sent = request.method == "POST" and "opened_version" in request.POST
        if self.is_sent:
            self.ids = sent_ids(request.POST, names)
        else:
            self.ids = {name: list(getattr(self.stored, name)) for name in names}
        self.conflict = None
        self.found = None

    def form(self):
        kwargs = {"section": self.section, "ids": self.ids}
        if self.is_sent:
            return ArrangeForm(self.request.POST, **kwargs)
        initial = {**self.stored.words(), "opened_version": self.stored.version}
        return ArrangeForm(initial=initial, **kwargs)

    # --- What the buttons do ----------------------------------------------------------------------------

    def answer(self):
        """Do what the button says."""
        sent = self.request.POST
        for name in MOVES:
            if name in sent:
                self._move(name, sent[name])
        if "_find" in sent:
            words = sent.get("q", "")[:200]
            self.found = with_state(having_words(words), timezone.now())[:OFFERED] if words.strip() else []
        if "_preview" in sent:
            return self.preview()
        if not {"_save", "_publish", "_schedule"}.isdisjoint(sent):
            return self._save()
        if "_put_back" in sent:
            return self._do(arranging.put_back, _("Readers have the arrangement before again."))
        if "_cancel" in sent:
            return self._do(arranging.cancel_schedule, _("The schedule is cancelled. What is public stays."))
        if "_bring_back" in sent:
            return self._bring_back(sent["_bring_back"])
        return self.draw()

    def _move(self, how, what):
        part, _colon, pk = what.partition(":")
        if part not in self.ids or not pk.isdecimal():
            return
        pk, ids = int(pk), self.ids[part]
        if how == "_add":
            if len(ids) < MOST[part] and Article.objects.filter(pk=pk).exists():
                for others in self.ids.values():
                    if pk in others:
                        others.remove(pk)
                ids.append(pk)
        elif pk in ids:
            place = ids.index(pk)
            ids.remove(pk)
            if how != "_out":
                ids.insert(max(0, place + (1 if how == "_down" else -1)), pk)

    def _save(self):
        """Save; Publish and Schedule go on from there. Held together, so that what is public is what was saved."""
        sent, form = self.request.POST, self.form()
        if "_schedule" in sent and form.is_valid() and not form.cleaned_data["at"]:
            form.add_error("at", _("Say when it begins."))
        if not form.is_valid():
            return self.draw(form)
        by, opened = self.request.user, form.cleaned_data["opened_version"]
        with transaction.atomic():
            kept = arranging.save(section=self.section, words=form.words(), by=by, opened_version=opened)
            if kept.reason == ArrangementRevision.Reason.REFUSED:
                return self._refused()
            try:
                said = self._release(form)
            except arranging.Refusal as refusal:
                self.stored = arranging.of(self.section)
                form = self._form_of_version(self.stored.version)
                form.is_valid()
                for message in refusal.messages:
                    form.add_error(None, message)
                return self.draw(form)
        messages.success(self.request, said)
        return redirect(self.request.path)

    def _release(self, form):
        """Do what goes beyond saving, and say what was done."""
        if "_publish" in self.request.POST:
            arranging.publish(section=self.section, by=self.request.user)
            return _("Published. Readers have this arrangement now.")
        if "_schedule" in self.request.POST:
            at = form.cleaned_data["at"]
            arranging.schedule(section=self.section, at=at, by=self.request.user)
            return _("Scheduled. Readers get this arrangement at %(time)s.") % {"time": clock(at)}
        return _("Saved. Readers see nothing of it yet.")

    def _refused(self):
        """Somebody saved meanwhile: theirs beside mine. The next press is a decision made in knowledge of theirs."""
        self.stored = arranging.of(self.section)
        self.conflict = {
            "who": full_name(self.stored.saved_by),
            "is_own": self.stored.saved_by == self.request.user,
            "when": clock(self.stored.saved_at),
            "theirs": arranging.in_words(self.stored),
        }
        return self.draw(self._form_of_version(self.stored.version))

    def _form_of_version(self, version):
        self.request.POST = self.request.POST.copy()
        self.request.POST["opened_version"] = version
        return self.form()

    def _do(self, verb, said):
        try:
            verb(section=self.section, by=self.request.user)
        except arranging.Refusal as refusal:
            messages.error(self.request, " ".join(refusal.messages))
        else:
            messages.success(self.request, said)
        return self.draw() if self._is_changed() else redirect(self.request.path)

    def _bring_back(self, pk):
        revisions = ArrangementRevision.objects.filter(arrangement__section=self.section)
        revision = get_object_or_404(revisions, pk=pk if pk.isdecimal() and len(pk) < 19 else 0)
        form = self.form()
        if not form.is_valid() and (not self.is_sent or "opened_version" in form.errors):
            return self.draw(form)
        by, opened = self.request.user, form.cleaned_data["opened_version"]
        with transaction.atomic():
            # What stands in the form is saved first, so that it is in the history too.
            kept = arranging.save(section=self.section, words=form.words(), by=by, opened_version=opened)
            if kept.reason != ArrangementRevision.Reason.REFUSED:
                kept = arranging.bring_back(revision=revision, by=by, opened_version=kept.version)
        if kept.reason == ArrangementRevision.Reason.REFUSED:
            return self._refused()
        messages.success(
            self.request, _("Brought back into the desk's arrangement. Readers see nothing of it yet.")
        )
        return redirect(self.request.path)

    def _is_changed(self):
        """Whether the form holds another order of stories than what was saved."""
        return any(getattr(self.stored, name) != ids for name, ids in self.ids.items())

    # --- Drawing ------------------------------------------------------------------------------------------

    def preview(self):
        """The readers' page with what the form says, at the moment it says, else now."""
        at, arranged = timezone.now(), self.stored
        if self.is_sent:
            form = self.form()
            form.is_valid()
            at = form.cleaned_data.get("at") or at
            arranged = Arrangement(**form.words())
        if self.section is None:
            template, context = "articles/front_page.html", front_context(at, arranged)
        else:
            template = "articles/section_detail.html"
            page = section_page(at, self.section, arranged=arranged)
            context = {"sections": public_sections(at), "section": self.section, "page": page}
        response = render(self.request, template, context | {"preview": at})
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    def draw(self, form=None):
        """The desk's page. `form` is one that was checked; another shows no errors."""
        now = timezone.now()
        may_arrange = rules.may_arrange(self.request.user)
        is_checked, form = form is not None, form or self.form()
        context = {
            **self.site.each_context(self.request),
            "title": _("Arrange: %(page)s") % {"page": self.stored},
            "section": self.section,
            "pages": Section.objects.exclude(slug=Section.NEWS_FEED),
            "parts": self._parts(now),
            "form": form,
            "is_checked": is_checked,
            "may_arrange": may_arrange,
            "is_changed": self._is_changed(),
            "conflict": self.conflict,
            "q": self.request.POST.get("q", ""),
            "found": None if self.found is None else [story_json(story) for story in self.found],
            "settings": as_attribute(
                {"stories": story_picker_address(), "words": ARRANGE_WORDS | PICKER_WORDS}
            ),
            "media": self._media(form) if may_arrange else Media(css={"all": self.css}),
            **self._public(now),
        }
        return render(self.request, "admin/articles/arrangement/page.html", context)

    css = [*PICKER_CSS, "css/admin/arrange.css"]

    def _media(self, form):
        own = Media(
            importmap=IMPORTS,
            css={"all": self.css},
            js=["admin/js/core.js", Script("js/admin/arrange.js", type="module")],
        )
        return Media.from_media(own + form.media, nonce=str(self.request.csp_nonce))

    def _parts(self, now):
        stories = with_state(Article.objects.all(), now).in_bulk(
            [pk for ids in self.ids.values() for pk in ids]
        )
        arranged = Arrangement(**self.ids)
        if "breaking" in self.ids:
            arranged.breaking_until = now + timedelta(days=1)  # the place is taken whatever its end
        by_itself = self._by_itself(now, arranged)
        parts = []
        for name, ids in self.ids.items():
            rows = [story_json(stories[pk]) for pk in ids if pk in stories]
            parts.append(Part(name, rows, [story.headline for story in by_itself.get(name, [])]))
        return parts

    def _by_itself(self, now, arranged):
        """{part: the stories that fill what is left free}, as readers would get them now."""
        if self.section:
            stories = section_page(now, self.section, arranged=arranged).stories[: MOST["top"]]
            return {"top": [story for story in stories if story.article_id not in arranged.top]}
        front = front_context(now, arranged)
        lead = [front["lead"]] if front["lead"] and front["lead"].article_id not in arranged.ids() else []
        return {"lead": lead, "top": [one for one in front["top"] if one.article_id not in arranged.top]}

    def _public(self, now):
        """What readers have, will get and had, and who arranged what when."""
        if self.stored.pk is None:
            return {"live": None, "waiting": None, "history": []}
        live = self.stored.published.select_related("made_by", "arrangement").live(now).first()
        waiting = arranging.waiting(self.stored, now)
        before = arranging.before(live) if live else None
        published = list(self.stored.published.select_related("made_by")[:LINES])
        saved = list(self.stored.revisions.select_related("made_by")[:LINES])
        headlines = arranging.headlines_of([*published, *saved, *filter(None, [live, waiting, before])])
        for one in [*published, *saved, *filter(None, [live, waiting, before])]:
            one.said = arranging.in_words(one, headlines)
            one.who = full_name(one.made_by)
        for one in published:
            one.is_public = True
        for one in saved:
            one.is_other = one.words() != self.stored.words()
        history = sorted([*published, *saved], key=lambda one: one.made_at, reverse=True)[:LINES]
        is_same = live is not None and live.words() == self.stored.words()
        return {"live": live, "waiting": waiting, "before": before, "history": history, "is_public": is_same}


def sent_ids(sent, names):
    """{part: ids} of a form: each story once, those that are gone left out."""
    ids, seen = {}, set()
    for name in names:
        wanted = [int(word) for word in sent.getlist(name)[:50] if word.isdecimal() and len(word) < 19]
        ids[name] = [pk for pk in dict.fromkeys(wanted) if pk not in seen]
        seen.update(ids[name])
    known = set(Article.objects.filter(pk__in=seen).values_list("pk", flat=True))
    return {name: [pk for pk in wanted if pk in known] for name, wanted in ids.items()}


def urls(site):
    """The addresses below /admin/."""
    view = site.admin_view(partial(arrange, site=site))
    return [path("front/", view, name="arrange"), path("front/<slug:slug>/", view, name="arrange_section")]
