"""Moments in the newsroom's time zone: how the desk reads them, and how it types them without a doubt.

Twice a year the clocks change: one hour happens twice, another never. A time typed in one of them is never
guessed at; the form asks which moment is meant. All moments are aware datetimes, `naive` ones are what
somebody typed.
"""

from datetime import UTC, datetime, timedelta

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, BaseAdminDateWidget, BaseAdminTimeWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format, get_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext


def clock(moment):
    """A moment as editors read it: in the newsroom's time zone, with the zone's name."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'j E Y, H:i')} {local.tzname()}"


def zone_name():
    """The newsroom's time zone as editors know it, such as “Europe/London”."""
    return timezone.get_current_timezone_name()


def instants(naive, zone):
    """The moments (in UTC, the earliest first) at which the clocks of `zone` show `naive`: one, two or none."""
    return [moment for moment in readings(naive, zone) if _shown(moment, zone) == naive]


def readings(naive, zone):
    """What `naive` can mean: by the clocks before and after a change at that time, the earliest moment first.

    For a time that the clocks skip these are the nearest before and after the gap that keep the minutes typed.
    """
    return sorted({naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)})


def _shown(moment, zone):
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def offset(local):
    """How far the clocks are from UTC, such as “UTC+1” or “UTC-3:30”."""
    minutes = local.utcoffset() // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def _season(local):
    if local.dst():
        return _("summer time, %(offset)s") % {"offset": offset(local)}
    return offset(local)


#: Shows which number is the day, and that an evening has more than twelve hours.
EXAMPLE = datetime(2026, 12, 31, 18, 30)  # noqa: DTZ001 (no moment)


class MomentWidget(AdminSplitDateTime):
    """Date and time with the zone beside them and, where the clocks leave a doubt, the moments to choose from."""

    template_name = "admin/widgets/moment.html"

    def __init__(self, attrs=None):
        parts = [
            BaseAdminDateWidget(attrs={"aria-label": gettext_lazy("Date")}),
            BaseAdminTimeWidget(attrs={"aria-label": gettext_lazy("Time")}),
            forms.RadioSelect(),
        ]
        forms.MultiWidget.__init__(self, parts, attrs)

    def offer(self, choices):
        """Ask which of `choices`, (value, words) each, is meant; an empty list asks nothing."""
        self.widgets[2].choices = choices

    def decompress(self, value):
        if not value:
            return [None, None, None]
        naive = _shown(value, timezone.get_current_timezone())
        return [naive.date(), naive.time(), _key(value) if _choices_at(value) else None]

    def get_context(self, name, value, attrs):
        self.widgets[0].attrs["placeholder"] = EXAMPLE.strftime(get_format("DATE_INPUT_FORMATS")[0])
        self.widgets[1].attrs["placeholder"] = time_format(EXAMPLE, "H:i")
        if value and not isinstance(value, list):
            self.offer(_choices_at(value))  # a stored moment in a doubled hour says which one it is
        return {
            **super().get_context(name, value, attrs),
            "zone": zone_name(),
            "choices": self.widgets[2].choices,
        }


def choices_of(naive, moments):
    """The question's answers for `naive`: which of its two hours, or which moment beside the gap. [] for neither."""
    zone = timezone.get_current_timezone()
    if len(moments) == 2:
        said = [_("First %(time)s (%(season)s)"), _("Second %(time)s (%(season)s)")]
    elif not moments:
        moments = readings(naive, zone)
        said = [
            _("%(time)s, before the clocks change (%(season)s)"),
            _("%(time)s, after the clocks change (%(season)s)"),
        ]
    else:
        return []
    local = [moment.astimezone(zone) for moment in moments]
    return [
        (_key(moment), words % {"time": time_format(moment, "H:i"), "season": _season(moment)})
        for moment, words in zip(local, said, strict=True)
    ]


def _choices_at(moment):
    zone = timezone.get_current_timezone()
    naive = _shown(moment, zone)
    return choices_of(naive, instants(naive, zone))


def _key(moment):
    """A moment as the value of its radio button."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


class MomentField(forms.MultiValueField):
    """A moment typed as date and time in the newsroom's zone. Cleans to a datetime in UTC, or None when empty.

    In UTC, because Python compares two datetimes of one zone by their clocks, blind to which of two hours it is.

    A time that happens twice, or never, is an error with the possible moments beside it; the one chosen there
    counts only for the time it was offered for.
    """

    widget = MomentWidget
    default_error_messages = {
        "invalid": gettext_lazy("Enter a date and a time."),
        "incomplete": gettext_lazy("Enter both, a date and a time."),
        "doubled": gettext_lazy(
            "The clocks go back on %(date)s, so %(time)s happens twice. Choose which one is meant."
        ),
        "missing": gettext_lazy(
            "The clocks go forward on %(date)s, and %(time)s never happens. Choose one of the nearest times."
        ),
    }

    def __init__(self, **kwargs):
        parts = [forms.DateField(), forms.TimeField(), forms.CharField(required=False)]
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def clean(self, value):
        date, time, chosen = [*(value or []), None, None, None][:3]
        return super().clean([date, time, chosen] if date or time else [])

    def compress(self, values):
        if not values:
            return None
        date, time, chosen = values
        naive = datetime.combine(date, time)
        zone = timezone.get_current_timezone()
        try:
            moments = instants(naive, zone)
            choices = choices_of(naive, moments)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        self.widget.offer(choices)
        if not choices:
            return moments[0]
        if chosen not in dict(choices):
            code = "doubled" if moments else "missing"
            said = {"date": date_format(naive, "j E Y"), "time": time_format(naive, "H:i")}
            raise ValidationError(self.error_messages[code], code=code, params=said)
        return datetime.fromisoformat(chosen)


def hour(moment):
    """Hour and minute in the newsroom's time zone, with the day when it is not today."""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return date_format(local, "H:i" if today else pgettext("date format", "j M, H:i"))


def second(moment):
    """The moment to the second, in the newsroom's time zone."""
    return date_format(timezone.localtime(moment), "H:i:s")
