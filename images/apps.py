"""Pictures with captions and credits."""

import warnings

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from PIL import Image


class ImagesConfig(AppConfig):
    name = "images"
    verbose_name = _("Pictures")

    def ready(self):
        # Pillow only warns about a picture of up to twice its own limit and goes on decoding.
        warnings.simplefilter("error", Image.DecompressionBombWarning)
