"""The pages of one change to many pictures: what to change, what would change, and taking the last one back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from images.bulk import MOST, BulkForm, change_all, stamp, undo_all, why_not
from images.models import Image

UNDO = "pictures_undo"
LIST = "admin:images_image_changelist"


class BulkMixin:
    """For the ModelAdmin of pictures."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("bulk/", wrap(require_POST(self.bulk)), name="images_image_bulk"),
            path(
                "bulk/undo/",
                wrap(require_http_methods(["GET", "HEAD", "POST"])(self.undo_bulk)),
                name="images_image_bulk_undo",
            ),
        ]
        return own + super().get_urls()

    def choose_many(self, request, images):
        """The library's action: leads to the page that asks what to change. None with a message for too many."""
        chosen = list(images.order_by().values_list("pk", flat=True)[: MOST + 1])
        if len(chosen) > MOST:
            said = _("At most %(most)d pictures can be changed at once; these are more. Narrow the search.")
            messages.error(request, said % {"most": MOST})
            return None
        return self._bulk_page(request, BulkForm(), _pictures(chosen), rows=None)

    def bulk(self, request):
        """Show what would change in each picture; with the button of that page, change exactly that."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        seen = dict(_seen(request.POST.getlist("picture")))
        if not seen:
            messages.warning(request, _("Tick the pictures first."))
            return redirect(LIST)
        form = BulkForm(request.POST)
        if not form.is_valid():
            return self._bulk_page(request, form, _pictures(seen), rows=None)
        if "apply" not in request.POST or request.POST.get("shown") != form.answers():
            pictures = _pictures(seen)
            rows = [
                (image, _lines(image, values), why_not(image, values))
                for image in pictures
                if (values := form.wanted(image))
            ]
            return self._bulk_page(request, form, pictures, rows=rows)
        undo, left = change_all(form, seen, by=request.user)
        if undo:
            request.session[UNDO] = undo
        elif not left:  # a second click finds all of it done
            messages.info(request, _("The pictures have that already. Nothing was changed."))
            return redirect(LIST)
        said = ngettext("%(count)d picture changed.", "%(count)d pictures changed.", len(undo))
        _say(request, said % {"count": len(undo)}, left, may_undo=bool(undo))
        return redirect(LIST)

    def undo_bulk(self, request):
        """Undoing is a change, so the link of the message leads to a page with a button."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            done, left = undo_all(request.session.pop(UNDO, []), by=request.user)
            said = ngettext("Undone in %(count)d picture.", "Undone in %(count)d pictures.", done)
            _say(request, said % {"count": done}, left)
            return redirect(LIST)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "pictures": _pictures(pk for pk, *_rest in request.session.get(UNDO, [])),
            "title": _("Undo the last change of many pictures"),
        }
        return TemplateResponse(request, "admin/images/image/bulk_undo.html", context)

    def _bulk_page(self, request, form, pictures, *, rows):
        """`rows`: what would change, [(image, [(label, now, then)], why it is left)]; None before that is asked."""
        rows = rows and sorted(rows, key=lambda row: bool(row[2]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "pictures": [(image, f"{image.pk}:{stamp(image)}") for image in pictures],
            "rows": rows,
            "changing": sum(not why for _image, _lines, why in rows or []),
            "unchanged": len(pictures) - len(rows or []),
            "title": _("Change many pictures"),
        }
        return TemplateResponse(request, "admin/images/image/bulk.html", context)


def _seen(pairs):
    """(picture, stamp) of "7:3f…"; what is none is left out."""
    for pair in pairs[:MOST]:
        pk, colon, seen = pair.partition(":")
        if colon and pk.isascii() and pk.isdecimal() and len(pk) < 19:
            yield int(pk), seen


def _pictures(pks):
    return list(Image.objects.filter(pk__in=list(pks)).order_by("-uploaded_at", "-pk"))


def _lines(image, values):
    """[(label, now, then)] of one picture; moments stay moments."""
    field = Image._meta.get_field
    shown = dict(Image.Restriction.choices)
    return [
        (field(name).verbose_name, *(shown[one] if name == "restriction" else one
                                     for one in (getattr(image, name), value)))
        for name, value in values.items()
    ]  # fmt: skip


def _say(request, said, left, *, may_undo=False):
    if may_undo:
        link = format_html('<a href="{}">{}</a>', reverse("admin:images_image_bulk_undo"), _("Undo…"))
        messages.success(request, format_html("{} {}", said, link))
    else:
        messages.info(request, said)
    if left:
        names = " ".join(f"“{image}”: {why}" for image, why in left)
        messages.warning(request, _("Left as they were. %(names)s") % {"names": names})
