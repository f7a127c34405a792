"""The people of the newsroom, in forms and in sentences."""

from django.contrib.auth import get_user_model
from django.forms import ModelChoiceField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def full_name(user):
    """A person as colleagues know them; None is somebody whose account is gone."""
    return (user.get_full_name() or user.get_username()) if user else _("Somebody")


def colleagues():
    """Those to whom a story can be given, by name."""
    return get_user_model().objects.filter(is_staff=True, is_active=True).order_by("first_name", "username")


class PersonField(ModelChoiceField):
    """A choice of people by their full names."""

    def __init__(self, queryset, **words):
        super().__init__(queryset, empty_label=gettext_lazy("Nobody in particular"), **words)

    def label_from_instance(self, user):
        return full_name(user)
