"""The languages that a story can be in, by Django's codes such as "uk" and "zh-hans". Knows no model."""

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import to_locale


def choices():
    """("", the site's language), then every language by the name it has in itself."""
    names = {code: info["name_local"] for code, info in LANG_INFO.items() if "name_local" in info}
    named = sorted(names.items(), key=lambda pair: pair[1].casefold())
    return [("", _("The site’s language")), *((code, name[:1].upper() + name[1:]) for code, name in named)]


def own_name(code):
    """What the language of `code` is called in itself; the code for one that nobody here knows."""
    return LANG_INFO.get(code, {}).get("name_local", code)


def is_written_right_to_left(code):
    return LANG_INFO.get(code, {}).get("bidi", False)


def with_territory(code):
    """en_GB for en-gb, as shared links name a language; "" for a code that names no country."""
    locale = to_locale(code)
    return locale if locale[-2:].isupper() and "_" in locale else ""
