"""How readers' pages print names, times and addresses. Formatting only: nothing here asks the database."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from articles.languages import is_written_right_to_left, own_name, with_territory
from articles.look import look_of
from articles.models import Section
from articles.parts import remembered
from articles.site import absolute
from images.search_words import spots
from pagecache.moment import now, reached

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


@register.simple_tag(takes_context=True)
def the_paper(context):
    """Tell a page how the paper looks: `look`, and its name and tagline. The first line of every frame."""
    found = look_of(context.get("sections"))
    context.update({"look": found, "site_name": found.name, "site_tagline": found.tagline})
    return ""


@register.simple_tag
def moment(value, form="short"):
    """A time element in the newsroom's zone; "" for no value.

    `form` is a word of MOMENTS, or "stamp": the time and the day apart, for columns of times. Only the full
    form names the zone: the others stand in lists, where it would be said forty times. For the same reason
    "short" and "day" leave out the year while it lasts.
    """
    if not value:
        return ""
    this_year = form in ("short", "day", "stamp") and timezone.localtime(value).year == _this_year()
    return _element(value, form, this_year, get_language(), timezone.get_current_timezone_name())


# A story's time stands on its page, on its cards and in every list; writing it takes a seventh of the work of a list.
@lru_cache(maxsize=5000)
def _element(value, form, this_year, language, zone):
    """What `moment` says. `language` and `zone` are those of this thread: they are named for the cache."""
    local = timezone.localtime(value)
    year = " this year" if this_year else ""
    if form == "stamp":
        time, day = _written(local, "time"), _written(local, f"day{year}")
        words = format_html('<b>{}</b> <span class="day">{}</span>', time, day)
    elif form == "full":
        words = f"{_written(local, form)} {local.tzname()}"
    else:
        words = _written(local, f"{form}{year}")
    return format_html('<time datetime="{}">{}</time>', stamp(value), words)


@register.filter
def stamp(value):
    """A moment as machines read it: ISO 8601 to the second, in the newsroom's zone."""
    return timezone.localtime(value).isoformat(timespec="seconds")


def _written(local, form):
    return date_format(local, str(MOMENTS[form]))


def _this_year():
    """The newsroom's year. A page that asks is another page from New Year on."""
    at = now()
    year = timezone.localtime(at).year
    reached(datetime(year + 1, 1, 1, tzinfo=timezone.get_default_timezone()), at)
    return year


@register.simple_tag
def byline(bylines, to="author"):
    """The names of a story as one sentence, each linked to its profile; "" for a story without a name.

    `bylines` are rows with `author` and `role`; a role stands in brackets behind its name. `to` names the route of the
    profiles.
    """
    names = [_name(row, to) for row in bylines]
    if not names:
        return ""
    listed = names[0]
    if len(names) > 1:
        comma = pgettext("between names in a list", ", ")
        listed = _filled(_("%(names)s and %(last)s"), names=mark_safe(comma.join(names[:-1])), last=names[-1])  # noqa: S308
    return _filled(_("By %(names)s"), names=listed)


def _name(row, to):
    address = reverse(to, args=[row.author.slug])
    name = format_html('<a href="{}" rel="author">{}</a>', address, row.author.name)
    return _filled(_("%(name)s (%(role)s)"), name=name, role=row.role) if row.role else name


def _filled(sentence, **parts):
    """A translated sentence with %(name)s places as safe HTML: the sentence and the parts are escaped."""
    return format_html(
        sentence.replace("{", "{{").replace("}", "}}") % {name: f"{{{name}}}" for name in parts}, **parts
    )


@register.filter
def lite_address(section):
    """Where a section's stories stand in words alone."""
    return (
        reverse("lite-feed")
        if section.slug == Section.NEWS_FEED
        else reverse("lite-section", args=[section.slug])
    )


@register.simple_tag
def language_of(story):
    """The attributes of an element that holds words of `story`: nothing where it speaks the page's language."""
    if story.language_code == get_language():
        return ""
    direction = "rtl" if is_written_right_to_left(story.language_code) else "ltr"
    return format_html(' lang="{}" dir="{}"', story.language_code, direction)


@register.simple_tag
def part(template, **inputs):
    """A component drawn of these inputs and nothing else, once for all pages on which it would look the same."""
    return remembered(template, inputs, lambda: render_to_string(template, inputs))


register.filter(own_name)
register.filter(with_territory)


@register.filter
def reading_time(minutes):
    """ "2 min read"."""
    return ngettext("%(minutes)d min read", "%(minutes)d min read", minutes) % {"minutes": minutes}


@register.filter
def marked(text, hits):
    """`text` with what a search found in it as <mark>. `hits`: images.search_words.Hits."""
    parts, done = [], 0
    for start, end, _found in spots(text, hits):
        parts += [conditional_escape(text[done:start]), format_html("<mark>{}</mark>", text[start:end])]
        done = end
    return mark_safe("".join([*parts, conditional_escape(text[done:])]))  # noqa: S308 (each part is escaped)


register.filter(absolute)
