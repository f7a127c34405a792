"""The story form's own inputs: the body editor, the Read more picks, the headline with its length.

Each is an ordinary textarea or text input that a module turns into something better; without script it still
works. The modules import each other by the names of IMPORTS, because the static files' names carry a hash.
"""

import json
import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django_prose_editor.widgets import importmap as prose_editor_imports
from js_asset import ImportMap, Media, Script

from articles import reading, rendering
from articles.editor_words import (
    BLOCK_WORDS,
    PICKER_WORDS,
    READ_MORE_WORDS,
    TEXT_BLOCK_WORDS,
    TOOLBAR_WORDS,
)
from articles.inspection import HEADLINE_LENGTH
from articles.models import Article

IMPORTS = ImportMap(
    {
        "newsroom/desk": "js/admin/desk.js",
        "newsroom/dialog": "js/admin/dialog.js",
        "newsroom/picture-call": "js/admin/picture-call.js",
        "newsroom/picture-picker": "js/admin/picture-picker.js",
        "newsroom/story-picker": "js/admin/story-picker.js",
        "newsroom/saving/browser-copy": "js/admin/saving/browser-copy.js",
        "newsroom/saving/conflict": "js/admin/saving/conflict.js",
        "newsroom/saving/desk-calls": "js/admin/saving/desk-calls.js",
        "newsroom/saving/form-words": "js/admin/saving/form-words.js",
        "newsroom/saving/naming": "js/admin/saving/naming.js",
        "newsroom/saving/presence": "js/admin/saving/presence.js",
        "newsroom/saving/recovery": "js/admin/saving/recovery.js",
        "newsroom/saving/status": "js/admin/saving/status.js",
        "newsroom/editor/blocks": "js/admin/editor/blocks.js",
        "newsroom/editor/embed": "js/admin/editor/embed.js",
        "newsroom/editor/figure": "js/admin/editor/figure.js",
        "newsroom/editor/gallery": "js/admin/editor/gallery.js",
        "newsroom/editor/insert-menu": "js/admin/editor/insert-menu.js",
        "newsroom/editor/library": "js/admin/editor/library.js",
        "newsroom/editor/link": "js/admin/editor/link.js",
        "newsroom/editor/paste": "js/admin/editor/paste.js",
        "newsroom/editor/recording": "js/admin/editor/recording.js",
        "newsroom/editor/reading": "js/admin/editor/reading.js",
        "newsroom/editor/related-card": "js/admin/editor/related-card.js",
        "newsroom/editor/table": "js/admin/editor/table.js",
        "newsroom/editor/text-blocks": "js/admin/editor/text-blocks.js",
        "newsroom/editor/toolbar": "js/admin/editor/toolbar.js",
    }
)
PICKER_CSS = ["css/admin/dialog.css", "css/admin/story-picker.css"]


def as_attribute(value):
    return json.dumps(value, separators=(",", ":"), cls=DjangoJSONEncoder)


def story_picker_address():
    return reverse("admin:articles_article_picker")


class BodyInput(forms.Textarea):
    """The editor of django-prose-editor with the marks and blocks of articles/rendering.py.

    `own_id` is the story's id, so that it cannot show a card of itself; None while it is new.
    """

    own_id = None

    @property
    def media(self):
        return Media(
            importmap=prose_editor_imports | IMPORTS,
            css={
                "all": [
                    "django_prose_editor/material-icons.css",
                    *PICKER_CSS,
                    "css/admin/picture-picker.css",
                    "css/admin/editor.css",
                    "css/admin/saving.css",
                ]
            },
            js=[
                Script("js/admin/story-form.js", type="module"),
                Script("js/admin/editor/main.js", type="module"),
                Script("js/admin/saving/main.js", type="module"),
            ],
        )

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-body-editor"] = as_attribute(
            {
                "extensions": rendering.editor_extensions(),
                "ownId": self.own_id,
                "addresses": {
                    "stories": story_picker_address(),
                    "pictures": reverse("admin:articles_article_picker_pictures"),
                    "embeds": reverse("admin:articles_article_picker_embed"),
                    "recordings": reverse("admin:articles_article_picker_recordings"),
                    "newRecording": reverse("admin:images_recording_add"),
                    "picturePicker": reverse("admin:images_image_picker"),
                },
                "longest": rendering.MAX_LENGTH,
                "repeated": [rendering.BLOCKS[name].extension for name in rendering.REPEATED],
                "wordsAMinute": reading.WORDS_A_MINUTE,
                "charactersAMinute": reading.CHARACTERS_A_MINUTE,
                "words": TOOLBAR_WORDS | BLOCK_WORDS | TEXT_BLOCK_WORDS | PICKER_WORDS,
            }
        )
        return context


class BodyField(forms.CharField):
    """The body of a story. What is typed comes back cleaned, exactly as Article.save will store it."""

    widget = BodyInput

    def __init__(self, **kwargs):
        # A form for a model passes the textarea of the admin; the editor takes its place.
        super().__init__(**kwargs | {"widget": BodyInput, "strip": False})

    def to_python(self, value):
        # A browser sends every line end as two characters, whatever it was given.
        return super().to_python(value).replace("\r\n", "\n")

    def clean(self, value):
        return rendering.clean(super().clean(value))

    def has_changed(self, initial, data):
        try:
            return self.clean(data) != (initial or "")
        except ValidationError:
            return True


class HeadlineInput(forms.TextInput):
    """A text input with its length against what fits, told quietly below."""

    class Media:
        css = {"all": ["css/admin/editor.css"]}
        js = [Script("js/admin/story-form.js", type="module")]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-fits": HEADLINE_LENGTH,
            "data-fits-words": as_attribute(
                {"fits": _("{n} of {limit} characters"), "long": _("{n} characters: lists may cut it")}
            ),
        }
        return context


class ReadMoreInput(forms.TextInput):
    """Story ids separated by commas; with script, a list of headlines to order and a picker to add to it."""

    own_id = None
    most = 8

    @property
    def media(self):
        return Media(
            importmap=IMPORTS,
            css={"all": [*PICKER_CSS, "css/admin/editor.css"]},
            js=[Script("js/admin/read-more.js", type="module")],
        )

    def format_value(self, value):
        return ", ".join(str(pk) for pk in value) if isinstance(value, list) else value

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-read-more"] = as_attribute(
            {
                "ownId": self.own_id,
                "most": self.most,
                "stories": story_picker_address(),
                "words": READ_MORE_WORDS | PICKER_WORDS,
            }
        )
        return context


class ReadMoreField(forms.Field):
    """Other stories, at most `most`, in order, as a list of ids."""

    widget = ReadMoreInput
    default_error_messages = {
        "not_ids": _("Write the numbers of the stories, separated by commas, such as 12, 7."),
        "twice": _("A story can stand here once. Remove the second one."),
        "itself": _("A story cannot recommend itself. Remove it from the list."),
    }

    def __init__(self, *, most=8, encoder=None, decoder=None, **kwargs):
        # A form for a model passes a JSON field's coders and the admin's widget; ids need neither.
        super().__init__(**kwargs | {"widget": ReadMoreInput, "show_hidden_initial": False})
        self.most = self.widget.most = most

    def to_python(self, value):
        words = re.split(r"[\s,]+", (value or "").strip(" \t\r\n,[]"))
        if words == [""]:
            return []
        if not all(word.isdecimal() and len(word) < 19 for word in words):
            raise ValidationError(self.error_messages["not_ids"], code="not_ids")
        return [int(word) for word in words]

    def validate(self, value):
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(
                ngettext_lazy(
                    "Choose at most %(most)d story; these are %(n)d.",
                    "Choose at most %(most)d stories; these are %(n)d.",
                    self.most,
                )
                % {"most": self.most, "n": len(value)},
                code="too_many",
            )
        if len(set(value)) < len(value):
            raise ValidationError(self.error_messages["twice"], code="twice")
        if self.widget.own_id in value:
            raise ValidationError(self.error_messages["itself"], code="itself")
        known = set(Article.objects.filter(pk__in=value).values_list("pk", flat=True))
        if gone := [str(pk) for pk in value if pk not in known]:
            raise ValidationError(
                _("There is no story with the number %(ids)s. Remove it."),
                params={"ids": ", ".join(gone)},
                code="gone",
            )

    def has_changed(self, initial, data):
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True


class StoryField(ReadMoreField):
    """One other story, or None."""

    def __init__(self, **kwargs):
        for name in ("queryset", "limit_choices_to", "to_field_name", "blank"):
            kwargs.pop(name, None)  # a form for a model passes what a list of choices needs
        super().__init__(most=1, **kwargs)

    def prepare_value(self, value):
        return [value] if isinstance(value, int) else value

    def clean(self, value):
        return Article.objects.filter(pk__in=super().clean(value)).first()

    def has_changed(self, initial, data):
        return super().has_changed([initial] if initial else [], data)
