"""The illustrations of the demo newspaper, drawn by code so that the demo ships without image files.

`KEYS` lists every picture; `draw(key)` paints one. The style rules live in `palette` and `brush`.
"""

from PIL import Image

from . import (  # noqa: F401  (each module registers its pictures)
    culture,
    graphics,
    harbour,
    makers,
    maps,
    portraits,
    sea,
    services,
    town,
)
from .registry import keys, render

KEYS: list[str] = keys()


def draw(key: str) -> Image.Image:
    """The finished RGB picture for a key of `KEYS`; a KeyError for any other."""
    return render(key)
