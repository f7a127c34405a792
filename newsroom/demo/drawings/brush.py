"""Shared motifs of nature: skies, clouds, hills, water, waves, gulls, trees.

Every motif takes the canvas first and is lit from the left unless a scene says otherwise.
"""

import math

from .canvas import Canvas, Point, smooth, turn
from .palette import (
    BRICK,
    CREAM,
    DEEP,
    FERN,
    FOG,
    GLOW,
    INK,
    LANTERN,
    MIST,
    MOSS,
    NIGHT,
    PAPER,
    SEA,
    TIDE,
    Color,
    fade,
    mix,
)

DAWN = [
    (0, DEEP),
    (0.35, TIDE),
    (0.62, mix(MIST, PAPER, 0.4)),
    (0.82, mix(GLOW, PAPER, 0.45)),
    (1, mix(LANTERN, GLOW, 0.55)),
]


DAY = [(0, mix(TIDE, MIST, 0.55)), (0.55, FOG), (1, PAPER)]
GREY = [(0, mix(SEA, TIDE, 0.5)), (0.6, MIST), (1, FOG)]
DARK = [(0, INK), (0.6, NIGHT), (1, DEEP)]
DUSK = [(0, NIGHT), (0.45, DEEP), (0.8, mix(TIDE, BRICK, 0.25)), (1, mix(LANTERN, BRICK, 0.3))]


def sky(c: Canvas, stops: list[tuple[float, Color]], horizon: float) -> None:
    c.gradient(stops, (0, 0, c.w, horizon))
    c.shade((0, 0, c.w, horizon * 0.6), stops[0][1], (0, 0), (0, horizon * 0.6), 0.45)


def stars(c: Canvas, count: int, bottom: float, color: Color = PAPER) -> None:
    for _ in range(count):
        x, y = c.rng.uniform(0, c.w), c.rng.uniform(0, 1) ** 1.4 * bottom
        r = c.rng.choice((0.8, 1, 1.2, 2))
        c.ellipse(x, y, r, r, fade(color, c.rng.uniform(0.4, 0.9) * (1 - y / bottom * 0.7)))


def cloud(
    c: Canvas, x: float, y: float, w: float, color: Color, under: Color | None = None, h: float = 0.2
) -> None:
    """A long flat-bottomed cloud of a few round heads, with a shaded belly."""
    heads = []
    count = max(4, round(w / 95))
    for i in range(count):
        t = (i + 0.5) / count
        r = w * h * (0.34 + 0.7 * math.sin(math.pi * t)) * c.rng.uniform(0.7, 1.12)
        heads.append((x + w * (0.08 + 0.84 * t), max(r * 1.3, w / count * 0.62), r))
    crest = []
    for i in range(61):
        px, low = x + w * i / 60, w * h * 0.16 * math.sin(math.pi * i / 60) ** 0.5
        tops = [ry * math.sqrt(1 - ((px - cx) / rx) ** 2) for cx, rx, ry in heads if abs(px - cx) < rx]
        crest.append((px, y - max([low, *tops])))
    outline = [*crest, (x + w * 0.9, y + w * 0.012), (x + w * 0.1, y + w * 0.012)]
    c.poly(outline, color)
    if under:
        c.shade(outline, under, (x, y + 8), (x, y - w * h * 0.8), 0.9)


def ridge(
    c: Canvas,
    y: float,
    amp: float,
    color: Color,
    base: float,
    x0: float = 0,
    x1: float | None = None,
    step: float = 150,
) -> list[Point]:
    """A line of low hills, paler the further off it is asked to be."""
    x1 = c.w if x1 is None else x1
    n = max(3, round((x1 - x0) / step))
    crest = [(x0 + (x1 - x0) * i / n, y + c.rng.uniform(-amp, amp)) for i in range(n + 1)]
    if x0 > 0:
        crest[0] = (x0, base)
    if x1 < c.w:
        crest[-1] = (x1, base)
    outline = [(x0, base), *smooth(crest), (x1, base)]
    c.poly(outline, color)
    return outline


def water(
    c: Canvas, y0: float, y1: float, far: Color, near: Color, glint: Color | None = None, ripples: int = 90
) -> None:
    """A sheet of water: a wash, a stippled near edge, and ripples that open up towards the viewer."""
    c.gradient([(0, far), (1, near)], (0, y0, c.w, y1))
    c.shade((0, y0, c.w, y1), mix(near, INK, 0.35), (0, y1), (0, y0 + (y1 - y0) * 0.3), 0.5)
    if glint:
        ripple(c, y0, y1, glint, ripples)


def ripple(
    c: Canvas,
    y0: float,
    y1: float,
    color: Color,
    count: int,
    x0: float = 0,
    x1: float | None = None,
    opacity: float = 0.35,
) -> None:
    """Lens-shaped strokes of light or dark on water, thin near the horizon and broad at our feet."""
    x1 = c.w if x1 is None else x1
    for _ in range(count):
        t = c.rng.random() ** 1.3
        y = y0 + (y1 - y0) * t
        half, thick = (20 + 130 * t) * c.rng.uniform(0.4, 1.2), (0.8 + 5 * t) * c.rng.uniform(0.5, 1.1)
        x = c.rng.uniform(x0, x1)
        c.poly(
            [(x - half, y), (x - half * 0.2, y - thick), (x + half, y), (x + half * 0.1, y + thick)],
            fade(color, opacity * c.rng.uniform(0.4, 1)),
        )


def swell(
    c: Canvas,
    y: float,
    amp: float,
    length: float,
    color: Color,
    crest: Color | None = None,
    phase: float = 0,
    foam: bool = False,
) -> list[Point]:
    """One line of leaning waves, no two alike, filled down to the bottom of the sheet."""
    tips, x = [], -length * (0.3 + phase % 1)
    while x < c.w + length:
        span = length * c.rng.uniform(0.75, 1.25)
        tips += [
            (x, y - amp * c.rng.uniform(0.6, 1.1)),
            (x + span * 0.16, y - amp * 0.25),
            (x + span * 0.5, y + amp * c.rng.uniform(0.6, 0.9)),
            (x + span * 0.84, y + amp * 0.1),
        ]
        x += span
    pts = [p for p in smooth(tips, steps=8) if -60 < p[0] < c.w + 60]
    c.poly([*pts, (c.w + 60, c.h), (-60, c.h)], color)
    if crest:
        c.line(pts, 5 if foam else 2.5, crest)
        c.shade(
            [*pts, *[(px, py + amp * 1.8) for px, py in reversed(pts)]],
            crest,
            (0, y - amp),
            (0, y + amp * 1.5),
            0.55,
            1.6,
        )
        for k in range(1, 4 if foam else 0):
            start = c.rng.randrange(6)
            for i in range(start, len(pts) - 12, c.rng.randrange(16, 26)):
                run = [(px, py + amp * 0.42 * k) for px, py in pts[i : i + c.rng.randrange(5, 11)]]
                c.line(run, 3.4 - k * 0.7, fade(crest, 0.6 - 0.12 * k))
    return pts


def gull(
    c: Canvas, x: float, y: float, s: float, color: Color = CREAM, tip: Color | None = None, bank: float = 0
) -> None:
    """A gull on the wing: two bent wings and a short body."""
    wing = [(0, 0), (-0.35, -0.42), (-1, -0.25), (-1.25, 0.02), (-0.95, -0.12), (-0.4, -0.22), (-0.12, 0.14)]
    for side in (1, -1):
        pts = turn([(x + px * s * side, y + py * s) for px, py in wing], x, y, bank)
        c.poly(pts, color)
        if tip:
            c.poly([pts[2], pts[3], pts[4]], tip)
    c.poly(
        turn(
            [(x - 0.1 * s, y - 0.06 * s), (x + 0.3 * s, y + 0.14 * s), (x - 0.2 * s, y + 0.2 * s)], x, y, bank
        ),
        color,
    )


def tree(c: Canvas, x: float, y: float, h: float, leaf: Color = MOSS, dark: Color = FERN) -> None:
    """A street tree: a forked trunk and three clumps of leaf, lit from the left."""
    c.taper([(x, y), (x, y - h * 0.5)], h * 0.05, h * 0.03, mix(INK, FERN, 0.3))
    for side in (-1, 1):
        c.taper(
            [(x, y - h * 0.36), (x + side * h * 0.14, y - h * 0.6)], h * 0.025, h * 0.012, mix(INK, FERN, 0.3)
        )
    for dx, dy, r in ((0.17, 0.55, 0.19), (-0.17, 0.58, 0.2), (0.02, 0.76, 0.25)):
        cx, cy, rr = x + dx * h, y - dy * h, r * h
        outline = c.blob(
            [
                (cx + rr * k * math.cos(a), cy + rr * k * math.sin(a))
                for a, k in ((i * math.pi / 4, c.rng.uniform(0.86, 1.1)) for i in range(8))
            ],
            leaf,
        )
        c.shade(outline, dark, (cx + rr, cy + rr), (cx - rr * 0.6, cy - rr * 0.6), 0.95)
