"""The library's page on the desk: pictures as a grid or a list, and what can be done to those one ticks."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from images.badges import badges
from images.bulk import MOST
from images.cursors import place_of, read_cursor
from images.library import SearchForm
from images.models import Image
from images.uses import is_used, stories

PAGE_SIZE = 48
#: More pictures than this are counted as "more than": counting costs, and nobody acts on the difference.
MOST_COUNTED = 1000
VIEWS = ("grid", "list")


@dataclass(frozen=True)
class Page:
    """Pictures of one page, the cursor of the next ("" on the last), and how many match: at most MOST_COUNTED + 1."""

    images: list
    next_cursor: str
    count: int


def page_of(images, *, before=""):
    """One Page of `images`, newest upload first, after the cursor `before`. Three queries, however many there are."""
    ids = images.order_by("-uploaded_at", "-pk").values_list("pk", flat=True)
    count = images.order_by()[: MOST_COUNTED + 1].count()
    if place := read_cursor(before):
        moment, pk = place
        ids = ids.filter(Q(uploaded_at__lt=moment) | Q(pk__lt=pk), uploaded_at__lte=moment)
    wanted = list(ids[: PAGE_SIZE + 1])
    found = Image.objects.filter(pk__in=wanted[:PAGE_SIZE]).select_related("uploaded_by")
    found = found.defer("camera", "usage_terms", "source").annotate(is_used=is_used())
    shown = list(found.order_by("-uploaded_at", "-pk"))
    more = len(wanted) > PAGE_SIZE and shown
    return Page(shown, place_of(shown[-1].uploaded_at, shown[-1].pk) if more else "", count)


class LibraryMixin:
    """The list of the ModelAdmin of pictures. Django's own counts all rows and skips over them page by page."""

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method == "POST" and (answer := self._act(request)):
            return answer
        now = timezone.now()
        form = SearchForm(request.GET)
        page = page_of(form.find(self.get_queryset(request), now), before=request.GET.get("before", ""))
        counted = stories().count([image.pk for image in page.images])
        for image in page.images:
            image.badges = badges(image, now)
            image.stories = counted.get(image.pk)
        view = request.GET.get("view")
        view = view if view in VIEWS else VIEWS[0]
        kept = request.GET.urlencode()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Pictures"),
            "media": self.media,
            "form": form,
            "page": page,
            "most_counted": MOST_COUNTED,
            "most_changed": MOST,
            "view": view,
            "views": {name: _address(request, view=name) for name in VIEWS},
            "narrowed": [
                (label, value, _address(request, **{name: ""})) for name, label, value in form.narrowed()
            ],
            "without_filters": _address(request, **{name: "" for name in form.fields if name != "q"}),
            "next_page": page.next_cursor and _address(request, before=page.next_cursor),
            "newest": request.GET.get("before") and _address(request, before=""),
            "form_query": "?" + urlencode({"_changelist_filters": kept}) if kept else "",
            "has_add_permission": self.has_add_permission(request),
            "has_change_permission": self.has_change_permission(request),
            "has_delete_permission": self.has_delete_permission(request),
            **(extra_context or {}),
        }
        return render(request, "admin/images/image/library.html", context)

    def _act(self, request):
        """What is to be done with the ticked pictures: its page, or None for this one with a message."""
        action = request.POST.get("action")
        if action == "change_matching" and self.has_change_permission(request):
            found = SearchForm(request.GET).find(self.get_queryset(request), timezone.now())
            return self.choose_many(request, found) or redirect(request.get_full_path())
        chosen = [pk for pk in request.POST.getlist(ACTION_CHECKBOX_NAME) if pk.isdecimal() and len(pk) < 19]
        images = self.get_queryset(request).filter(pk__in=chosen)
        if not images:
            messages.warning(request, _("Tick the pictures first."))
            return redirect(request.get_full_path())
        if action == "change_selected" and self.has_change_permission(request):
            return self.choose_many(request, images) or redirect(request.get_full_path())
        if action == "delete_selected" and self.has_delete_permission(request):
            return delete_selected(self, request, images) or redirect(request.get_full_path())
        return None


def _address(request, **changed):
    """This page's address with other arguments; an empty one is left out, and a new question begins at the top."""
    arguments = request.GET.copy()
    arguments.pop("before", None)
    for name, value in changed.items():
        arguments.pop(name, None)
        if value:
            arguments[name] = value
    return f"?{arguments.urlencode()}"
