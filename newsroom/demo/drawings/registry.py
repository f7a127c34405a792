"""Where each drawing signs in with its key, so a new picture is one decorated function and nothing else."""

from collections.abc import Callable

from PIL import Image

from .canvas import Canvas

SCENE = (1800, 1200)
BUST = (900, 900)

_drawings: dict[str, tuple[Callable[[Canvas], None], tuple[int, int]]] = {}


def picture(key: str, size: tuple[int, int] = SCENE) -> Callable:
    """Register a function that paints one picture on the canvas it is handed."""

    def register(paint: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
        _drawings[key] = (paint, size)
        return paint

    return register


def keys() -> list[str]:
    return list(_drawings)


def render(key: str) -> Image.Image:
    """Paint the picture from scratch; the key seeds all chance, so the result never changes."""
    paint, size = _drawings[key]
    canvas = Canvas(key, size)
    paint(canvas)
    return canvas.finish()
