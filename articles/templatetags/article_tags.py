"""How readers' pages print names, times and addresses. Formatting only: nothing here asks the database."""

from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from images import sources

register = template.Library()

#: Word in a template -> Django's letters for a date. Translators may change their order.
MOMENTS = {
    "full": pgettext_lazy("date format", "j F Y, H:i"),
    "short": pgettext_lazy("date format", "j M Y, H:i"),
    "date": pgettext_lazy("date format", "j F Y"),
    "edition": pgettext_lazy("date format", "l j F Y"),
    "day": pgettext_lazy("date format", "j M Y"),
    "short this year": pgettext_lazy("date format", "j M, H:i"),
    "day this year": pgettext_lazy("date format", "j M"),
    "time": pgettext_lazy("date format", "H:i"),
}


@register.simple_tag
def moment(value, form="short", itemprop=""):
    """A time element in the newsroom's zone; "" for no value.

    `form` is a word of MOMENTS, or "stamp": the time and the day apart, for columns of times. Only the full
    form names the zone: the others stand in lists, where it would be said forty times. For the same reason
    "short" and "day" leave out the year while it lasts.
    """
    if not value:
        return ""
    local = timezone.localtime(value)
    if form == "stamp":
        words = format_html(
            '<b>{}</b> <span class="day">{}</span>', _written(local, "time"), _written(local, "day")
        )
    elif form == "full":
        words = f"{_written(local, form)} {local.tzname()}"
    else:
        words = _written(local, form)
    prop = format_html(' itemprop="{}"', itemprop) if itemprop else ""
    return format_html('<time datetime="{}"{}>{}</time>', local.isoformat(timespec="seconds"), prop, words)


def _written(local, form):
    if form in ("short", "day") and local.year == timezone.localtime().year:
        form = f"{form} this year"
    return date_format(local, str(MOMENTS[form]))


@register.simple_tag
def byline(bylines):
    """The names of a story as one sentence, each linked to its profile; "" for a story without a name.

    `bylines` are rows with `author` and `role`; a role stands in brackets behind its name.
    """
    names = [_name(row) for row in bylines]
    if not names:
        return ""
    listed = names[0]
    if len(names) > 1:
        comma = pgettext("between names in a list", ", ")
        listed = _filled(_("%(names)s and %(last)s"), names=mark_safe(comma.join(names[:-1])), last=names[-1])  # noqa: S308
    return _filled(_("By %(names)s"), names=listed)


def _name(row):
    name = format_html(
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person">'
        '<a href="{}" itemprop="url" rel="author"><span itemprop="name">{}</span></a></span>',
        row.author.get_absolute_url(),
        row.author.name,
    )
    return _filled(_("%(name)s (%(role)s)"), name=name, role=row.role) if row.role else name


def _filled(sentence, **parts):
    """A translated sentence with %(name)s places as safe HTML: the sentence and the parts are escaped."""
    return format_html(
        sentence.replace("{", "{{").replace("}", "}}") % {name: f"{{{name}}}" for name in parts}, **parts
    )


@register.filter
def reading_time(minutes):
    """ "2 min read"."""
    return ngettext("%(minutes)d min read", "%(minutes)d min read", minutes) % {"minutes": minutes}


@register.simple_tag
def newest(*stories):
    """The story published last of those given; a missing one does not count, None when all are missing."""
    return max(filter(None, stories), key=lambda story: story.first_published_at, default=None)


@register.filter
def illustrated_first(stories):
    """`stories` with the first that has a picture moved to the front, for a block that opens with one."""
    opening = next((story for story in stories if story.lead_image), None)
    return [opening, *(story for story in stories if story is not opening)] if opening else stories


@register.filter
def absolute(address):
    """The full address of a path of ours; "" stays "", and a full address stays what it is."""
    return urljoin(f"{settings.SITE_URL}/", address) if address else ""


@register.filter
def share_url(image):
    """The full address of the picture that other sites show beside a link, or ""."""
    return absolute(sources.share_url(image or None))  # a template's missing variable arrives as ""
