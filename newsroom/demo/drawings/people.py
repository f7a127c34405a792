"""Figures without features: what someone is doing has to be told by their outline."""

import math
from collections.abc import Callable

from .canvas import Canvas, Point, ring, smooth
from .palette import (
    DEEP,
    INK,
    NIGHT,
    SEA,
    SKINS,
    Color,
    fade,
    mix,
)

ARMS = {  # elbow and hand, in body heights from the feet's midpoint; x is away from the body
    "down": ((0.125, 0.64), (0.118, 0.47)),
    "pocket": ((0.15, 0.64), (0.09, 0.53)),
    "forward": ((0.13, 0.645), (0.235, 0.63)),
    "carry": ((0.115, 0.63), (0.19, 0.585)),
    "hip": ((0.2, 0.67), (0.09, 0.57)),
    "reach": ((0.165, 0.715), (0.29, 0.745)),
    "up": ((0.185, 0.865), (0.165, 1.03)),
    "wave": ((0.2, 0.8), (0.28, 0.98)),
    "swing": ((0.04, 0.64), (0.13, 0.52)),
    "back": ((0.15, 0.66), (0.2, 0.52)),
    "read": ((0.135, 0.65), (0.05, 0.63)),
}


def person(
    c: Canvas,
    x: float,
    y: float,
    h: float,
    coat: Color = SEA,
    legs: Color = INK,
    *,
    skin: Color = SKINS[0],
    hair: Color = INK,
    style: str = "short",
    pose: str = "stand",
    face: int = 1,
    hem: float = 0.42,
    flare: float = 0.02,
    arms: tuple[str, str] = ("down", "down"),
    scarf: Color | None = None,
    hat: Color | None = None,
    away: bool = False,
    light: int = -1,
    head: float = 1,
) -> dict[str, Point]:
    """A figure with feet at (x, y). arms are (far, near); away shows the back of the head; returns the hands.

    Small head, long coat, no features: what a figure is doing has to be told by its outline. A child is the
    same figure, smaller, with a larger `head`.
    """
    walking = pose in ("walk", "stride")
    slim = 0.82 if walking else 1.0

    def at(px: float, py: float) -> Point:
        return x + face * px * h, y - py * h

    dim = mix(coat, INK, 0.3)
    stride = {"walk": 0.115, "stride": 0.16}.get(pose, 0)
    if pose == "sit":
        for k, tone in ((0.01, mix(legs, INK, 0.35)), (-0.02, legs)):
            c.taper([at(k, 0.48), at(k + 0.2, 0.46), at(k + 0.2, 0.24)], h * 0.085, h * 0.045, tone)
            c.poly([at(k + 0.175, 0.24), at(k + 0.28, 0.22), at(k + 0.175, 0.215)], INK)
    elif walking:
        for back, tone in ((True, mix(legs, INK, 0.4)), (False, legs)):
            s = -stride if back else stride
            knee = (s * 0.35 + 0.03, 0.26)
            ankle = (s, 0.055 if back else 0.03)
            c.taper([at(0, 0.48), at(*knee), at(*ankle)], h * 0.078, h * 0.038, tone)
            toe = 0.055
            c.poly(
                [
                    at(ankle[0] - 0.022, ankle[1] + 0.012),
                    at(ankle[0] + toe, 0.012 if not back else 0.0),
                    at(ankle[0] + toe, 0),
                    at(ankle[0] - 0.022, 0.03 if back else 0),
                ],
                INK,
            )
    else:
        for s, tone in ((0.042, mix(legs, INK, 0.25)), (-0.042, legs)):
            c.taper([at(s * 0.8, 0.48), at(s, 0.26), at(s * 1.15, 0.03)], h * 0.076, h * 0.042, tone)
            c.poly(
                [
                    at(s * 1.15 - 0.022, 0.03),
                    at(s * 1.15 + 0.026, 0.03),
                    at(s * 1.15 + 0.05, 0),
                    at(s * 1.15 - 0.024, 0),
                ],
                INK,
            )
    hands: dict[str, Point] = {}

    def arm(name: str, side: int, tone: Color, which: str) -> None:
        (ex, ey), (hx, hy) = ARMS[arms[0 if which == "far" else 1]]
        forward = (
            arms[0 if which == "far" else 1] in ("forward", "carry", "reach", "swing")
            and walking
            or pose == "sit"
        )
        side = 1 if forward else side
        shoulder = at(side * (0.03 if forward else 0.082) * slim, 0.81)
        hand = at(side * hx, hy)
        c.taper([shoulder, at(side * ex, ey), hand], h * 0.062, h * 0.04, tone)
        c.ellipse(*hand, h * 0.021, h * 0.023, skin)
        hands[which] = hand

    arm(arms[0], 1, dim, "far")
    c.taper([at(0.0, 0.84), at(0.008, 0.9)], h * 0.055, h * 0.05, mix(skin, INK, 0.2))
    right = smooth(
        [
            at(0.03, 0.868),
            at(0.088 * slim, 0.838),
            at(0.098 * slim, 0.77),
            at(0.082 * slim, 0.62),
            at(0.095 * slim + flare, hem),
        ]
    )
    left = smooth(
        [
            at(-0.03, 0.868),
            at(-0.088 * slim, 0.838),
            at(-0.098 * slim, 0.77),
            at(-0.082 * slim, 0.62),
            at(-0.095 * slim - flare, hem),
        ]
    )
    body = right + left[::-1]
    c.poly(body, coat)
    xs = [p[0] for p in body]
    edge = min(xs) if light > 0 else max(xs)
    if h > 70:
        c.shade(body, mix(coat, INK, 0.65), (edge, y - h * 0.5), (x + (edge - x) * -0.5, y - h * 0.6), 0.85)
    _head(
        c,
        lambda px, py: at(px * head, 0.86 + (py - 0.86) * head),
        h * head,
        skin,
        hair,
        style,
        hat,
        coat,
        away,
    )
    if scarf:
        c.taper([at(-0.045, 0.866), at(0.045, 0.862)], h * 0.04, h * 0.04, scarf)
        c.taper([at(0.02, 0.86), at(0.03, 0.74)], h * 0.03, h * 0.034, scarf)
    arm(arms[1], -1, mix(coat, INK, 0.14), "near")
    return hands


def _head(
    c: Canvas,
    at: Callable[[float, float], Point],
    h: float,
    skin: Color,
    hair: Color,
    style: str,
    hat: Color | None,
    coat: Color,
    away: bool,
) -> None:
    """The head of a figure: an egg, a hint of a nose, and hair or hat as one clear shape."""
    if style == "long":
        c.blob(
            [
                at(-0.055, 0.97),
                at(0.02, 0.99),
                at(0.03, 0.88),
                at(-0.01, 0.8),
                at(-0.085, 0.8),
                at(-0.075, 0.9),
            ],
            hair,
        )
    if style == "ponytail":
        c.taper([at(-0.05, 0.965), at(-0.1, 0.94), at(-0.115, 0.85)], h * 0.035, h * 0.012, hair, True)
    hx, hy = at(0.012, 0.93)
    c.ellipse(hx, hy, h * 0.047, h * 0.06, hair if away and style != "bald" else skin)
    if not away:
        c.poly([at(0.05, 0.945), at(0.07, 0.918), at(0.05, 0.912)], skin)
        if style != "bald":
            c.blob(
                [
                    at(-0.042, 0.905),
                    at(-0.047, 0.955),
                    at(-0.022, 0.995),
                    at(0.03, 0.998),
                    at(0.06, 0.968),
                    at(0.02, 0.965),
                    at(-0.008, 0.94),
                    at(-0.015, 0.91),
                ],
                hair,
            )
    if style == "bun":
        c.ellipse(*at(-0.035, 0.998), h * 0.028, h * 0.026, hair)
    if style == "bob":
        c.blob(
            [
                at(-0.035, 0.99),
                at(0.015, 1.0),
                at(0.02, 0.955),
                at(-0.005, 0.93),
                at(-0.005, 0.875),
                at(-0.052, 0.875),
                at(-0.058, 0.94),
            ],
            hair,
        )
    if style == "beard":
        c.blob([at(-0.005, 0.915), at(0.02, 0.922), at(0.058, 0.912), at(0.045, 0.862), at(0.01, 0.86)], hair)
    if style == "hood":
        c.blob(
            [
                at(-0.06, 0.87),
                at(-0.065, 0.95),
                at(-0.02, 1.01),
                at(0.045, 0.995),
                at(0.035, 0.965),
                at(0.0, 0.945),
                at(0.0, 0.87),
            ],
            mix(coat, INK, 0.12),
        )
    if hat:
        if style == "brim":
            c.blob(
                [at(-0.045, 0.965), at(-0.038, 1.02), at(0.01, 1.032), at(0.055, 1.018), at(0.06, 0.965)], hat
            )
            c.taper([at(-0.085, 0.962), at(0.1, 0.966)], h * 0.018, h * 0.014, hat)
        elif style == "cap":
            c.blob([at(-0.045, 0.95), at(-0.04, 1.0), at(0.01, 1.012), at(0.055, 0.99), at(0.058, 0.96)], hat)
            c.taper([at(0.04, 0.964), at(0.098, 0.955)], h * 0.018, h * 0.01, hat)
        else:
            c.blob(
                [
                    at(-0.048, 0.945),
                    at(-0.045, 1.0),
                    at(0.008, 1.02),
                    at(0.056, 0.995),
                    at(0.062, 0.955),
                    at(0.01, 0.965),
                ],
                hat,
            )
            c.taper([at(-0.046, 0.95), at(0.06, 0.962)], h * 0.024, h * 0.022, mix(hat, INK, 0.25))


def silhouettes(c: Canvas, x0: float, x1: float, y: float, h: float, color: Color, count: int) -> None:
    """A crowd as one dark edge of heads and shoulders."""
    for i in range(count):
        x = x0 + (x1 - x0) * (i + c.rng.uniform(0.1, 0.9)) / count
        k = h * c.rng.uniform(0.88, 1.08)
        c.blob(
            [
                (x - k * 0.13, y),
                (x - k * 0.125, y - k * 0.72),
                (x - k * 0.04, y - k * 0.82),
                (x + k * 0.04, y - k * 0.82),
                (x + k * 0.125, y - k * 0.72),
                (x + k * 0.13, y),
            ],
            color,
        )
        c.ellipse(x + c.rng.uniform(-0.02, 0.02) * k, y - k * 0.9, k * 0.06, k * 0.075, color)


def cyclist(
    c: Canvas,
    x: float,
    y: float,
    h: float,
    coat: Color,
    *,
    face: int = 1,
    skin: Color = SKINS[0],
    hair: Color = INK,
    style: str = "short",
    hat: Color | None = None,
    frame: Color = INK,
) -> None:
    """Somebody on an upright bicycle; h is the height of rider and machine."""

    def at(px: float, py: float) -> Point:
        return x + face * px * h, y - py * h

    for wx in (-0.29, 0.29):
        cx, cy = at(wx, 0.18)
        c.line(ring(cx, cy, h * 0.178), max(2, h * 0.014), INK)
        for a in range(0, 180, 30):
            dx, dy = h * 0.17 * math.cos(math.radians(a)), h * 0.17 * math.sin(math.radians(a))
            c.line([(cx - dx, cy - dy), (cx + dx, cy + dy)], 1, fade(INK, 0.4))
    c.taper([at(-0.03, 0.5), at(0.04, 0.32), at(0.02, 0.12)], h * 0.075, h * 0.04, mix(NIGHT, INK, 0.5))
    for line in (
        (at(-0.29, 0.18), at(-0.02, 0.17), at(-0.09, 0.45), at(-0.29, 0.18)),
        (at(-0.02, 0.17), at(0.23, 0.42), at(-0.08, 0.4)),
        (at(0.29, 0.18), at(0.215, 0.52)),
    ):
        c.line(line, h * 0.018, frame)
    c.line([at(0.14, 0.545), at(0.215, 0.52), at(0.225, 0.53)], h * 0.016, INK)
    c.taper([at(-0.16, 0.47), at(-0.05, 0.475)], h * 0.03, h * 0.02, INK)
    c.taper([at(-0.09, 0.5), at(0.1, 0.42), at(0.03, 0.1)], h * 0.085, h * 0.04, DEEP)
    c.poly([at(0.0, 0.11), at(0.08, 0.08), at(0.0, 0.08)], INK)
    torso = [
        at(-0.15, 0.46),
        *smooth([at(-0.15, 0.46), at(-0.14, 0.62), at(-0.06, 0.76), at(0.02, 0.79)]),
        *smooth([at(0.06, 0.77), at(0.04, 0.6), at(-0.01, 0.46)]),
    ]
    c.poly(torso, coat)
    c.shade(
        torso,
        mix(coat, INK, 0.6),
        at(-0.16 if face > 0 else 0.06, 0.5),
        at(0.06 if face > 0 else -0.16, 0.7),
        0.8,
    )
    c.taper([at(0.0, 0.73), at(0.08, 0.58), at(0.16, 0.555)], h * 0.055, h * 0.036, mix(coat, INK, 0.16))
    c.ellipse(*at(0.165, 0.555), h * 0.02, h * 0.02, skin)
    c.taper([at(0.01, 0.78), at(0.025, 0.83)], h * 0.045, h * 0.04, mix(skin, INK, 0.2))
    hx, hy = at(0.035, 0.865)
    if style == "long":
        c.taper([at(0.0, 0.9), at(-0.07, 0.84), at(-0.13, 0.8)], h * 0.06, h * 0.012, hair, True)
    c.ellipse(hx, hy, h * 0.043, h * 0.055, skin)
    c.poly([at(0.07, 0.88), at(0.09, 0.856), at(0.07, 0.85)], skin)
    c.blob(
        [
            at(-0.018, 0.84),
            at(-0.018, 0.89),
            at(0.01, 0.925),
            at(0.06, 0.92),
            at(0.075, 0.895),
            at(0.035, 0.892),
            at(0.01, 0.865),
        ],
        hat or hair,
    )
