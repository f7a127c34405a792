"""The page where pictures come in, many at once, and get their words. js/admin/upload/ sends them one by one."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from js_asset import ImportMap, Media, Script

from images import rules
from images.forms import ACCEPT, NOT_KEPT, UploadForm
from images.models import Image
from images.progress import look_after
from images.uploads import Duplicate, remove_picture
from images.words import WordsForm, save_words

logger = logging.getLogger(__name__)

#: Files taken from one form that was sent without script: each takes up to some seconds, and somebody waits.
MOST_AT_ONCE = 20
#: Rows on one page: as many pictures as come in one drag. Settings let one form have so many fields.
MOST_ROWS = 200

# Collected static files have a hash in their names, so the modules find each other by these.
IMPORTS = ImportMap(
    {
        "newsroom/desk": "js/admin/desk.js",
        "newsroom/picture-call": "js/admin/picture-call.js",
        "newsroom/upload/desk": "js/admin/upload/desk.js",
        "newsroom/upload/queue": "js/admin/upload/queue.js",
        "newsroom/upload/words": "js/admin/upload/words.js",
    }
)
MODULES = ("js/admin/upload/main.js", "js/admin/picture-progress.js")
SHEETS = ("css/admin/upload.css", "css/admin/from-file.css", "css/admin/picture-progress.css")


@dataclass(frozen=True)
class Taken:
    """What became of one file. `kind`: "new", "known" (the library had it), "refused", or "full" (no room for it).

    `image` is the picture of the library, if there is one, and `sentence` says why there is none.
    """

    kind: str
    name: str
    image: Image | None = None
    sentence: str = ""


@dataclass(frozen=True)
class Row:
    """A picture on the page: the form of its words, and those of the library that look like it."""

    form: WordsForm
    near: list

    @property
    def image(self):
        return self.form.instance


def take(file, *, by):
    """Keep one uploaded file, whatever it is; a Taken."""
    form = UploadForm({}, {"file": file})
    try:
        if not form.is_valid():
            return Taken("refused", file.name, sentence=" ".join(form.errors["file"]))
        return Taken("new", file.name, form.keep(by=by))
    except Duplicate as duplicate:
        return Taken("known", file.name, duplicate.image)
    except OSError:
        logger.exception("A picture could not be kept.")
        return Taken("full", file.name, sentence=str(NOT_KEPT))


class UploadMixin:
    """The add view of the ModelAdmin of pictures, and the address where the words of its rows are saved."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.save_words))
        return [path("words/", view, name="images_image_words"), *super().get_urls()]

    def may_word(self, request, image):
        fresh = self.has_add_permission(request) and rules.is_fresh_own(request.user, image)
        return fresh or self.has_change_permission(request, image)

    # --- Files come in ----------------------------------------------------------------------------------------

    def add_view(self, request, form_url="", extra_context=None):
        """The page, with a row for each ?id=. POST takes files, however many: the page again, or JSON for one file.

        JSON: kind as in Taken; html of the picture's row or of the known picture; sentence for a refused file.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            look_after()
            return self._upload_page(request, self._rows(request, _ids(request.GET)))
        files = request.FILES.getlist("file")
        taken = [self._take(request, file) for file in files[:MOST_AT_ONCE]]
        too_many = _("More than %(most)d files came at once, so this one was left out. Choose it again.")
        taken += [
            Taken("refused", file.name, sentence=too_many % {"most": MOST_AT_ONCE})
            for file in files[MOST_AT_ONCE:]
        ]
        if not files:
            taken = [Taken("refused", "", sentence=_("Choose the picture's file."))]
        if _is_module(request):
            return self._told(request, taken[0])
        pks = list(
            dict.fromkeys(one.image.pk for one in taken if one.image and self._is_fresh(request, one.image))
        )
        if all(one.kind == "new" for one in taken):
            return redirect(_address(pks))
        return self._upload_page(
            request, self._rows(request, pks), taken=[one for one in taken if one.kind != "new"]
        )

    def _take(self, request, file):
        taken = take(file, by=request.user)
        if taken.kind == "new":
            self.log_addition(request, taken.image, [{"added": {}}])
        return taken

    def _told(self, request, taken):
        answer = {"kind": taken.kind, "sentence": taken.sentence}
        if taken.kind == "new":
            [row] = self._rows(request, [taken.image.pk])
            answer |= {"id": taken.image.pk, "html": self._row(request, row)}
        elif taken.kind == "known":
            html = render_to_string("admin/images/image/_upload_taken.html", {"taken": taken}, request)
            answer |= {"id": taken.image.pk, "html": html}
        return JsonResponse(
            answer, status={"new": 201, "known": 200, "refused": 400, "full": 507}[taken.kind]
        )

    # --- Words are saved --------------------------------------------------------------------------------------

    def save_words(self, request):
        """Save the rows whose ids are sent, each for itself. The page again, or JSON {"rows": {id: {saved, html}},
        "gone": {id: sentence}}.

        `credit_for` "all" or "empty" first writes `credit_for_all` into the credits; `take_back` is the id of an
        upload that is deleted because the library has the picture already.
        """
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        pks = _ids(request.POST)
        data = with_credit(request.POST, pks)
        forms, gone = {}, {}
        for pk in pks:
            form, written = save_words(pk=pk, data=data, may=lambda image: self.may_word(request, image))
            if form is None:
                gone[pk] = _("This picture is no longer in the library. Your words for it: %(words)s") % {
                    "words": " / ".join(
                        filter(None, (data.get(f"{pk}-{name}") for name in WordsForm.Meta.fields))
                    )
                }
                continue
            forms[pk] = form
            if written:
                self.log_change(request, form.instance, [{"changed": {"fields": written}}])
        if _is_module(request):
            rows = {
                pk: {"saved": form.is_valid(), "html": self._row(request, Row(_again(form), []))}
                for pk, form in forms.items()
            }
            return JsonResponse({"rows": rows, "gone": gone})
        for sentence in gone.values():
            messages.error(request, sentence)
        if back := request.POST.get("take_back"):
            forms.pop(self._take_back(request, back), None)
        saved = sum(form.is_valid() for form in forms.values())
        if saved:
            said = ngettext(
                "The words of %(n)d picture are saved.", "The words of %(n)d pictures are saved.", saved
            )
            messages.success(request, said % {"n": saved})
        if saved == len(forms):
            return redirect(_address(forms))
        return self._upload_page(request, [Row(_again(form), []) for form in forms.values()])

    def _take_back(self, request, pk):
        """Delete an upload; its id, or None when it stays, with a message."""
        image = Image.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
        if image is None:
            return None
        if not rules.may_take_back(request.user, image):
            raise PermissionDenied
        try:
            remove_picture(image=image, by=request.user)
        except ProtectedError:
            messages.error(request, _("A story uses this picture already, so it stays."))
            return None
        messages.success(request, _("The upload is taken back; the library's own picture stays."))
        return int(pk)

    # --- The page ---------------------------------------------------------------------------------------------

    def _upload_page(self, request, rows, *, taken=()):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Add pictures"),
            "media": _media(request),
            "accept": ACCEPT,
            "most_at_once": MOST_AT_ONCE,
            "most_bytes": settings.MAX_PICTURE_BYTES,
            "most_megapixels": settings.MAX_PICTURE_PIXELS // 1_000_000,
            "most_rows": MOST_ROWS,
            "rows": rows,
            "taken": taken,
            "has_view_permission": self.has_view_permission(request),
        }
        return render(request, "admin/images/image/upload.html", context)

    def _rows(self, request, pks):
        """Row of each of these pictures whose words this person may write, in this order."""
        found = Image.objects.in_bulk(pks[:MOST_ROWS])
        images = [found[pk] for pk in pks if pk in found and self.may_word(request, found[pk])]
        fresh = [image for image in images if self._is_fresh(request, image)]
        compared = {image.pk for image in fresh} if len(fresh) <= MOST_AT_ONCE else {}
        return [
            Row(WordsForm(instance=image), _near(image) if image.pk in compared else []) for image in images
        ]

    def _row(self, request, row):
        return render_to_string("admin/images/image/_upload_row.html", {"row": row}, request)

    def _is_fresh(self, request, image):
        return rules.is_fresh_own(request.user, image)


def _near(image):
    return Image.objects.exclude(pk=image.pk).looking_like(image.look)


def with_credit(data, pks):
    """The posted `data` with `credit_for_all` in the credits that `credit_for` names."""
    data, credit, which = data.copy(), data.get("credit_for_all", "").strip(), data.get("credit_for")
    for name in (f"{pk}-credit" for pk in pks):
        if credit and (which == "all" or (which == "empty" and not data.get(name, "").strip())):
            data[name] = credit
    return data


def _again(form):
    """The form of a row to draw after it was sent: with what is stored now, unless it was refused."""
    return WordsForm(instance=form.instance) if form.is_valid() else form


def _ids(data):
    ids = (pk for pk in data.getlist("id") if pk.isascii() and pk.isdecimal() and len(pk) < 19)
    return list(dict.fromkeys(map(int, ids)))


def _address(pks):
    page = reverse("admin:images_image_add")
    return f"{page}?{urlencode({'id': list(pks)}, doseq=True)}" if pks else page


def _is_module(request):
    """Whether js/admin/upload/ asks: a browser that sends a form wants a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _media(request):
    """An import map is an inline script: the policy lets it run with this response's nonce."""
    modules = [Script(name, type="module") for name in MODULES]
    own = Media(importmap=IMPORTS, css={"all": list(SHEETS)}, js=modules)
    return Media.from_media(own, nonce=str(request.csp_nonce))
