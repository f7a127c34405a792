"""Sound and film on the desk: a file comes in, its words are written."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from images.admin_media import NonceMediaMixin
from images.recording import Recording
from images.recording_files import Refused, clean
from images.recording_verbs import changed, remove_recording
from images.turns import CHECKING, turn
from images.uses import State, uses_of
from images.webvtt import clean_captions
from images.widgets import PictureInput

SENTENCES = {
    "unknown": _("This file is no recording we can use. Export it as MP3, M4A or MP4 and upload that."),
    "damaged": _("This recording is damaged or incomplete. Export or copy it again and upload the new file."),
    "track": _(
        "This file has a track besides sound and picture, in which cameras write places and times. Export it anew "
        "with sound and picture alone."
    ),
    "fragments": _("This file is made in pieces, for streaming. Export it as an ordinary MP4."),
    "silent": _("There is neither sound nor picture in this file. Export it again and upload the new file."),
}


class RecordingForm(forms.ModelForm):
    """A recording's words, and its file while it is new."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_(
            "MP3, M4A or MP4. What the file says about its source is left out: places, names of devices, dates, covers."
        ),
        widget=forms.FileInput(attrs={"accept": "audio/mpeg,audio/mp4,video/mp4,.m4a"}),
        error_messages={"required": _("Choose the recording's file.")},
    )
    captions_upload = forms.FileField(
        label=_("Captions"),
        required=False,
        help_text=_("A WebVTT file (.vtt). It takes the place of the one that is there."),
        widget=forms.FileInput(attrs={"accept": "text/vtt,.vtt"}),
    )

    class Meta:
        model = Recording
        fields = ["title", "caption", "credit", "transcript", "poster", "not_before", "not_after"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("upload", None)

    def clean_upload(self):
        file = self.cleaned_data["upload"]
        if file.size > settings.MAX_RECORDING_BYTES:
            raise ValidationError(
                _("This file weighs %(weight)s; the limit is %(limit)s. Export it smaller."),
                params={
                    "weight": filesizeformat(file.size),
                    "limit": filesizeformat(settings.MAX_RECORDING_BYTES),
                },
            )
        try:
            with turn(CHECKING):
                found = clean(file.read())
        except Refused as refusal:
            raise ValidationError(SENTENCES[refusal.args[0]]) from refusal
        if there := Recording.objects.filter(sha256=found.sha256).first():
            raise ValidationError(_("This recording is here already: “%(title)s”."), params={"title": there})
        return found

    def clean_captions_upload(self):
        file = self.cleaned_data["captions_upload"]
        try:
            return file and clean_captions(file.read(1_000_001))
        except ValueError as problem:
            raise ValidationError(
                _("This is no WebVTT file. Export the captions as .vtt and upload that.")
            ) from problem

    def clean(self):
        values = super().clean()
        begin, end = values.get("not_before"), values.get("not_after")
        if begin and end and end <= begin:
            self.add_error("not_after", _("It would end before it begins."))
        return values

    def save(self, commit=True):
        recording = super().save(commit=False)
        if sound := self.cleaned_data.get("upload"):
            recording.put(sound)
        if captions := self.cleaned_data.get("captions_upload"):
            recording.put_captions(captions)
        if commit:
            recording.save()
        return recording


@admin.register(Recording)
class RecordingAdmin(NonceMediaMixin, admin.ModelAdmin):
    form = RecordingForm
    list_display = ["title", "kind", "length", "weight", "uploaded_by", "uploaded_at"]
    list_select_related = ["uploaded_by"]
    search_fields = ["title"]  # for the box; get_search_results asks the index
    readonly_fields = ["facts"]
    delete_confirmation_template = "admin/images/recording/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/images/recording/delete_selected_confirmation.html"

    def get_fieldsets(self, request, obj=None):
        files = ["facts", "captions_upload"] if obj else ["upload", "captions_upload"]
        if not self.has_change_permission(request, obj):
            files = ["facts"]
        words = ["title", "caption", "credit", "transcript", "poster"]
        return [(None, {"fields": [*files, *words]}), (_("Rights"), {"fields": ["not_before", "not_after"]})]

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "poster":
            return db_field.formfield(widget=PictureInput)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        with transaction.atomic():
            if not change:
                obj.uploaded_by = request.user
                obj.save()
                return
            before = Recording.objects.get(pk=obj.pk)
            obj.save()
            changed(obj, before, by=request.user)

    def get_deleted_objects(self, objs, request):
        """What keeps recordings from being deleted: stories of the desk, live and scheduled ones, by their headlines.

        A version that readers will not have again does not.
        """
        protected = [line for recording in objs for line in self._in_the_way(recording, request.user)]
        counts = {capfirst(self.opts.verbose_name_plural): len(objs)}
        return [str(recording) for recording in objs], counts, set(), protected

    def _in_the_way(self, recording, user):
        for use in uses_of(recording, user, timezone.now()).listed:
            if use.state != State.PAST:
                title = format_html('<a href="{}">{}</a>', use.url, use.title) if use.url else use.title
                yield format_html("{}: {} ({})", str(recording), title, use.state.label)

    def delete_model(self, request, obj):
        remove_recording(recording=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            for recording in queryset:
                remove_recording(recording=recording, by=request.user)

    def changelist_view(self, request, extra_context=None):
        try:
            return super().changelist_view(request, extra_context)
        except ProtectedError:
            return self._is_in_use_now(request)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:
            return self._is_in_use_now(request)

    def _is_in_use_now(self, request):
        """Somebody has put it into a story between the page that asked and the answer."""
        said = _("A recording was put into a story a moment ago. Nothing was deleted: look again.")
        messages.error(request, said)
        return redirect(request.get_full_path())

    @admin.display(description=_("kind"))
    def kind(self, recording):
        return _("Film") if recording.is_film else _("Sound")

    @admin.display(description=_("length"))
    def length(self, recording):
        return recording.length

    @admin.display(description=_("weight"))
    def weight(self, recording):
        return filesizeformat(recording.bytes)

    @admin.display(description=_("file"))
    def facts(self, recording):
        captions = _("with captions") if recording.captions else _("without captions")
        return f"{self.kind(recording)}, {recording.length}, {self.weight(recording)}, {captions}"
