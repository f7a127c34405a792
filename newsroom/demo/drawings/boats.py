"""Everything that floats, and what it lands."""

from .brush import ripple
from .canvas import Canvas, Point, smooth, turn
from .palette import (
    BRICK,
    CLAY,
    CREAM,
    DEEP,
    GLOW,
    INK,
    LANTERN,
    MIST,
    MOSS,
    NIGHT,
    RUST,
    SAND,
    SEA,
    TIDE,
    Color,
    fade,
    mix,
)
from .people import person


def fishing_boat(
    c: Canvas,
    x: float,
    y: float,
    length: float,
    hull: Color = BRICK,
    *,
    face: int = 1,
    house_color: Color = CREAM,
    rig: Color = INK,
    lit: bool = False,
    tilt: float = 0,
    up: int = 1,
    trim: Color = CREAM,
) -> None:
    """An inshore trawler, x at midships, y at the waterline; face 1: bow to the right, up -1: reflected."""

    def at(*pts: Point) -> list[Point]:
        return turn([(x + face * px * length, y - up * py * length) for px, py in pts], x, y, tilt)

    c.taper(at((0.06, 0.04), (0.06, 0.62)), length * 0.018, length * 0.01, rig)
    c.line(at((0.47, 0.2), (0.06, 0.6), (-0.44, 0.32)), max(1.2, length * 0.004), rig)
    c.taper(at((0.06, 0.16), (-0.26, 0.5)), length * 0.011, length * 0.007, rig)
    c.line(at((-0.41, 0.1), (-0.43, 0.33), (-0.33, 0.33), (-0.32, 0.1)), length * 0.013, rig)
    cabin = at((0.1, 0.1), (0.11, 0.34), (0.34, 0.32), (0.31, 0.1))
    c.poly(cabin, house_color)
    c.shade(cabin, TIDE, cabin[0], cabin[2], 0.7)
    c.poly(at((0.085, 0.34), (0.09, 0.37), (0.37, 0.345), (0.35, 0.315)), hull)
    for i in range(3):
        px = 0.13 + i * 0.066
        c.poly(at((px, 0.22), (px, 0.3), (px + 0.05, 0.296), (px + 0.048, 0.22)), GLOW if lit else NIGHT)
    sheer = smooth([(-0.48, 0.12), (-0.2, 0.085), (0.1, 0.09), (0.35, 0.15), (0.52, 0.23)])
    body = at((-0.45, -0.02), *sheer, (0.42, -0.02))
    c.poly(body, hull)
    c.shade(body, mix(hull, INK, 0.7), at((0, -0.05))[0], at((0, 0.16))[0], 0.9)
    c.line(at(*sheer), length * 0.016, trim)
    c.line(at((-0.46, 0.012), (0.44, 0.012)), length * 0.012, mix(hull, INK, 0.6))
    for i in range(3):
        px, py = at((-0.3 + 0.13 * i, 0.055))[0]
        c.ellipse(
            px,
            py,
            length * 0.018,
            length * 0.024,
            mix(LANTERN, hull, 0 if up > 0 else 0.6) if i % 2 == 0 else trim,
        )


def rowing_boat(
    c: Canvas, x: float, y: float, length: float, hull: Color = SEA, inside: Color = SAND
) -> None:
    rim = smooth(
        [(x - length * 0.5, y - length * 0.12), (x, y - length * 0.07), (x + length * 0.5, y - length * 0.14)]
    )
    c.ellipse(x, y - length * 0.1, length * 0.47, length * 0.045, mix(inside, INK, 0.35))
    body = [*rim, (x + length * 0.38, y + length * 0.03), (x - length * 0.4, y + length * 0.03)]
    c.poly(body, hull)
    c.shade(body, INK, (x, y + length * 0.04), (x, y - length * 0.12), 0.7)
    c.line(rim, length * 0.018, CREAM)


def moored(
    c: Canvas,
    x: float,
    y: float,
    length: float,
    hull: Color,
    sea: Color,
    *,
    face: int = 1,
    cabin: Color = CREAM,
) -> None:
    """A trawler lying in still water, with its broken reflection under it."""
    fishing_boat(
        c,
        x,
        y,
        length,
        mix(hull, sea, 0.6),
        face=face,
        house_color=mix(cabin, sea, 0.65),
        rig=mix(INK, sea, 0.6),
        up=-1,
        trim=mix(cabin, sea, 0.55),
    )
    c.shiver(y, y + length * 0.66, length / 60, x - length * 0.6, x + length * 0.6)
    ripple(c, y + 14, y + length * 0.6, sea, round(length / 12), x - length * 0.5, x + length * 0.5, 0.7)
    c.poly(
        [
            (x - length * 0.46, y),
            (x + length * 0.46, y),
            (x + length * 0.4, y + 9),
            (x - length * 0.4, y + 9),
        ],
        fade(INK, 0.5),
    )
    fishing_boat(c, x, y, length, hull, face=face, house_color=cabin, lit=True)


def kittiwake(c: Canvas, x: float, y: float, length: float, tilt: float) -> None:
    """The island ferry of 1998: dark hull, cream decks, brick funnel, her name on the bow."""

    def at(*pts: Point) -> list[Point]:
        return turn([(x + px * length, y - py * length) for px, py in pts], x, y, tilt)

    c.taper(at((0.2, 0.3), (0.2, 0.47)), length * 0.012, length * 0.005, INK)
    c.line(at((0.17, 0.41), (0.23, 0.41)), 4, INK)
    c.line(at((0.42, 0.15), (0.2, 0.46), (-0.1, 0.36)), 1.5, DEEP)
    funnel = at((-0.16, 0.25), (-0.15, 0.38), (-0.06, 0.4), (-0.04, 0.25))
    c.poly(funnel, BRICK)
    c.poly(at((-0.152, 0.355), (-0.15, 0.38), (-0.06, 0.4), (-0.055, 0.37)), INK)
    c.poly(at((-0.157, 0.3), (-0.155, 0.325), (-0.05, 0.335), (-0.046, 0.308)), CREAM)
    c.shade(funnel, RUST, funnel[3], funnel[0], 0.9)
    for deck, (x0, x1, y0, y1) in enumerate(
        ((-0.38, 0.3, 0.12, 0.2), (-0.3, 0.26, 0.2, 0.265), (0.08, 0.24, 0.265, 0.325))
    ):
        wall = at((x0, y0), (x0, y1), (x1 - 0.02, y1), (x1, y0))
        c.poly(wall, CREAM)
        c.shade(wall, MIST, wall[0], wall[2], 0.75)
        c.poly(
            at(
                (x0 - 0.012, y1 - 0.008),
                (x0 - 0.012, y1 + 0.004),
                (x1 + 0.008, y1 + 0.004),
                (x1 + 0.008, y1 - 0.008),
            ),
            SEA,
        )
        n = round((x1 - x0) / 0.042)
        for i in range(n):
            wx = x0 + 0.018 + i * (x1 - x0 - 0.03) / n
            c.poly(
                at((wx, y0 + 0.026), (wx, y1 - 0.02), (wx + 0.027, y1 - 0.02), (wx + 0.027, y0 + 0.026)),
                GLOW if deck != 1 and c.rng.random() < 0.75 else DEEP,
            )
    for i in range(3):
        boat = at(
            (-0.27 + 0.09 * i, 0.285),
            (-0.265 + 0.09 * i, 0.262),
            (-0.2 + 0.09 * i, 0.262),
            (-0.195 + 0.09 * i, 0.285),
        )
        c.poly(boat, LANTERN)
    sheer = smooth([(-0.47, 0.12), (-0.2, 0.115), (0.2, 0.125), (0.4, 0.155), (0.54, 0.2)])
    hull = at((-0.46, -0.05), *sheer, (0.46, -0.05))
    c.poly(hull, DEEP)
    c.shade(hull, INK, at((0, -0.05))[0], at((0, 0.15))[0], 0.95)
    c.line(at(*sheer), length * 0.012, CREAM)
    c.poly(at((-0.468, 0.012), (-0.468, 0.028), (0.487, 0.028), (0.48, 0.012)), BRICK)
    for i in range(9):
        c.poly(
            at(
                (-0.4 + i * 0.058, 0.062),
                (-0.4 + i * 0.058, 0.092),
                (-0.36 + i * 0.058, 0.092),
                (-0.36 + i * 0.058, 0.062),
            ),
            mix(MIST, DEEP, 0.35),
        )
    nx, ny = at((0.29, 0.088))[0]
    c.tilted_text(nx, ny, "KITTIWAKE", length * 0.036, CREAM, -tilt + 3, 5, 0.8)
    for px in (-0.36, -0.335, -0.31, 0.275, 0.29):
        fx, fy = at((px, 0.2 if px < 0 else 0.125))[0]
        person(c, fx, fy + 4, 46, c.rng.choice((LANTERN, MOSS, BRICK, SEA)), hair=INK)


def crate(c: Canvas, x: float, y: float, w: float, h: float, fish: Color, kind: str = "fish") -> None:
    """A market crate on ice: fish laid in a row, or crabs."""
    c.poly([(x + w * 0.06, y - h), (x + w * 0.94, y - h), (x + w, y), (x, y)], CREAM)
    n = 5 if kind == "fish" else 3
    for i in range(n):
        fx = x + w * (i + 0.75) / (n + 0.5)
        if kind == "fish":
            c.poly(
                smooth(
                    [
                        (fx - w * 0.06, y - h * 0.95),
                        (fx + w * 0.05, y - h * 0.6),
                        (fx, y - h * 0.1),
                        (fx - w * 0.05, y - h * 0.6),
                    ],
                    True,
                ),
                fish,
            )
            c.poly(
                [(fx - w * 0.06, y - h * 0.85), (fx + w * 0.04, y - h * 1.15), (fx - w * 0.1, y - h * 1.12)],
                fish,
            )
            c.ellipse(fx - w * 0.004, y - h * 0.28, 2.4, 2.4, CREAM)
        else:
            c.ellipse(fx, y - h * 0.5, w * 0.11, h * 0.3, fish)
            for s in (-1, 1):
                c.taper(
                    [
                        (fx + s * w * 0.09, y - h * 0.5),
                        (fx + s * w * 0.14, y - h * 0.9),
                        (fx + s * w * 0.06, y - h * 1.05),
                    ],
                    5,
                    4,
                    fish,
                    True,
                )
    c.rect(x - 3, y - h * 0.1, x + w + 3, y + h * 0.28, mix(CLAY, SAND, 0.3))
    c.shade((x - 3, y - h * 0.1, x + w + 3, y + h * 0.28), INK, (x + w, y), (x, y), 0.4)
