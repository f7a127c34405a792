"""The field for tags: words separated by commas, with the known tags offered while typing."""

from django.http import JsonResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from js_asset import Media, Script
from taggit.forms import TagWidget

from articles import rules
from articles.models import Tag

OFFERED = 8


class TagsInput(TagWidget):
    """A text input that a module turns into a combobox; without script it is a text input."""

    template_name = "articles/tags_input.html"

    def __init__(self, attrs=None):
        super().__init__({"class": "vTextField", "autocomplete": "off", **(attrs or {})})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["suggestions_url"] = reverse_lazy("admin:articles_article_tags")
        context["widget"]["suggestions_label"] = _("Known tags")
        return context

    @property
    def media(self):
        return Media(
            css={"all": ["css/admin/tags.css"]}, js=[Script("js/admin/tags-input.js", type="module")]
        )


@require_safe
@rules.only(rules.may_view)
def suggest_tags(request):
    """Known tags that begin with, then those that contain, the words of ?q=."""
    words = request.GET.get("q", "").strip()[:60]
    begins = Tag.objects.filter(name__istartswith=words)
    contains = Tag.objects.filter(name__icontains=words).exclude(name__istartswith=words)
    names = [tag.name for tag in [*begins[:OFFERED], *contains[:OFFERED]]][:OFFERED] if words else []
    return JsonResponse({"tags": names})
