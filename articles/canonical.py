"""Where the original of a story stands that another site published first."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

#: Characters of an address. Search engines know none that are longer than some thousands; archives had none above this.
MAX_LENGTH = 500

_is_address = URLValidator(schemes=["http", "https"])


def validate_canonical(url):
    """Validator: an http or https address of another site. Our own would take the story out of the sitemaps."""
    try:
        _is_address(url)
    except ValidationError as error:
        raise ValidationError(
            _("This is no address of a page. Copy it whole from the browser, beginning with https://."),
            code="invalid",
        ) from error
    if urlsplit(url).hostname == urlsplit(settings.SITE_URL).hostname:
        raise ValidationError(
            _("This is an address of our own site: leave the field empty, and our page is the original."),
            code="own",
        )
