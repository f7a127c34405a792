"""The house palette: sea inks, paper, fog, one lantern orange, one brick, one moss.

Every drawing mixes only these colours, which is what makes thirty-eight pictures read as one hand.
"""

Color = tuple[int, ...]


def _hex(code: str) -> Color:
    return tuple(int(code[i : i + 2], 16) for i in (0, 2, 4))


INK = _hex("0e1b2a")
NIGHT = _hex("13283f")
DEEP = _hex("1b3d58")
SEA = _hex("2b5a76")
TIDE = _hex("527f94")
MIST = _hex("93b0b8")
FOG = _hex("c3d0cd")
HAZE = _hex("dde1d6")
PAPER = _hex("f2e8d4")
CREAM = _hex("fbf5e7")
SAND = _hex("d9c5a0")
CLAY = _hex("b59870")
LANTERN = _hex("ec9230")
GLOW = _hex("fbcf7c")
BRICK = _hex("b2452f")
RUST = _hex("7a2d25")
MOSS = _hex("75864a")
FERN = _hex("41563c")

SKINS = (_hex("f0cba8"), _hex("dca27a"), _hex("b57a52"), _hex("8a5638"), _hex("5f3a2a"))


def mix(a: Color, b: Color, t: float) -> Color:
    """The colour a fraction t of the way from a to b."""
    return tuple(round(x + (y - x) * t) for x, y in zip(a[:3], b[:3], strict=True))


def fade(color: Color, opacity: float) -> Color:
    """The same colour as a see-through glaze."""
    return (*color[:3], round(255 * opacity))


def ramp(stops: list[tuple[float, Color]], t: float) -> Color:
    """The colour at t along a list of (position, colour) stops."""
    if t <= stops[0][0]:
        return stops[0][1]
    for (p0, c0), (p1, c1) in zip(stops, stops[1:], strict=False):
        if t <= p1:
            return mix(c0, c1, (t - p0) / ((p1 - p0) or 1))
    return stops[-1][1]
