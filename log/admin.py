"""The log on the desk: to read, to filter, to take away as a file. Nobody changes it here or anywhere."""

import json

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

import log
from log.export import csv_lines, json_lines
from log.models import Entry
from log.words import in_words

FORMATS = {"csv": ("text/csv; charset=utf-8", csv_lines), "jsonl": ("application/jsonl", json_lines)}


class KindFilter(admin.AllValuesFieldListFilter):
    """By what was done, in words."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            is_kind = "." in str(choice["display"])
            yield {**choice, "display": in_words(choice["display"]) if is_kind else choice["display"]}


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = ["moment", "by_name", "what", "subject_text", "text"]
    list_display_links = ["moment"]
    list_filter = [("kind", KindFilter), ("at", admin.DateFieldListFilter)]
    list_per_page = 100
    date_hierarchy = "at"
    search_fields = ["by_name", "subject_text", "text"]
    search_help_text = _("A person, a headline, or words of the entry.")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    fields = ["moment", "by_name", "what", "subject_text", "subject", "text", "details", "hash", "previous"]
    readonly_fields = ["moment", "what", "subject", "details"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        title = _("Log · times in %(zone)s") % {"zone": timezone.localtime().tzname()}
        context = {"may_export": request.user.has_perm("log.export_entry"), "title": title}
        return super().changelist_view(request, context | (extra_context or {}))

    @admin.display(description=_("when"), ordering="-pk")
    def moment(self, entry):
        return date_format(timezone.localtime(entry.at), pgettext("date format", "j M Y, H:i:s"))

    @admin.display(description=_("what"), ordering="kind")
    def what(self, entry):
        return in_words(entry.kind)

    @admin.display(description=_("thing"))
    def subject(self, entry):
        return f"{entry.subject_kind} {entry.subject_id}"

    @admin.display(description=_("details"))
    def details(self, entry):
        return format_html("<pre>{}</pre>", json.dumps(entry.data, ensure_ascii=False, indent=2))

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.export))
        return [path("export/<slug:kind>/", view, name="log_entry_export"), *super().get_urls()]

    def export(self, request, kind):
        """What the list shows, with its filters, as a file. Taking it is itself an entry."""
        if not (self.has_view_permission(request) and request.user.has_perm("log.export_entry")):
            raise PermissionDenied
        if kind not in FORMATS:
            raise Http404
        content_type, lines = FORMATS[kind]
        try:
            found = self.get_changelist_instance(request).get_queryset(request).order_by("pk")
        except IncorrectLookupParameters as error:
            raise Http404 from error
        said = gettext("As a table (CSV)") if kind == "csv" else gettext("For a program (JSON lines)")
        data = {"format": kind, "filters": request.GET.dict()}
        log.write("log.exported", by=request.user, text=said, data=data)
        answer = StreamingHttpResponse(lines(found.iterator(chunk_size=1000)), content_type=content_type)
        moment = timezone.localtime().strftime("%Y-%m-%d-%H%M")
        answer["Content-Disposition"] = f'attachment; filename="log-{moment}.{kind}"'
        answer["Cache-Control"] = "private, no-store"
        return answer
