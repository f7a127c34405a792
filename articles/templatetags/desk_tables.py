"""What Django's tables of rows in a form leave without words."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()

EMPTY = '<th class="original"></th>'


@register.filter
def heads_every_column(table):
    """The HTML of an inline's table, its first header cell with words for those who hear the table."""
    words = format_html('<th class="original"><span class="visually-hidden">{}</span></th>', _("As saved"))
    return mark_safe(table.replace(EMPTY, words))  # noqa: S308 (a template's own HTML)
