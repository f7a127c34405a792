"""The sheet of Lantern Graphics and its charts: one layout, direct labels, a source line under each."""

# Coordinates are read in rows, as they were drawn; one number per line would hide the shape.
# fmt: off


from .buildings import terrace
from .canvas import Canvas, Point, ring, smooth
from .palette import (
    BRICK,
    CREAM,
    DEEP,
    FOG,
    INK,
    LANTERN,
    MIST,
    PAPER,
    RUST,
    SAND,
    SEA,
    TIDE,
    Color,
    fade,
    mix,
)
from .registry import picture

SHEET = mix(CREAM, PAPER, 0.35)
BOX = (100, 236, 1700, 1098)


def heading(c: Canvas, title: str, deck: str, source: str) -> None:
    """The head and foot every graphic shares. Drawn last, it also trims a map to its box."""
    x0, y0, x1, y1 = BOX
    for box in ((0, 0, 1800, y0), (0, y1, 1800, 1200), (0, 0, x0, 1200), (x1, 0, 1800, 1200)):
        c.rect(*box, SHEET)
    c.rect(x0, 62, x0 + 76, 72, BRICK)
    c.text(x0 - 2, 142, title, 60, INK, bold=1.5)
    c.text(x0, 196, deck, 31, mix(SEA, INK, 0.3))
    c.text(x0, 1146, source, 23, TIDE)
    c.text(x1, 1146, "LANTERN GRAPHICS", 20, TIDE, "rs", 3, 0.4)


Scale = tuple[float, float, float, float]  # pixel of the first and last value, then the two values


def along(scale: Scale, value: float) -> float:
    p0, p1, v0, v1 = scale
    return p0 + (p1 - p0) * (value - v0) / (v1 - v0)


def grid(c: Canvas, scale: Scale, ticks: list[tuple[float, str]], x0: float, x1: float) -> None:
    for value, label in ticks:
        y = along(scale, value)
        c.line([(x0, y), (x1, y)], 1.5, mix(FOG, SAND, 0.3))
        c.text(x0, y - 9, label, 25, TIDE)


@picture("chart-rents")
def chart_rents(c: Canvas) -> None:
    """Rent against what rent would be had it followed wages; the gap is the story, so the gap is filled."""
    c.rect(0, 0, 1800, 1200, SHEET)
    rents = (610, 632, 655, 684, 722, 760, 806, 862, 924, 986, 1040)
    wages = (610, 624, 640, 655, 671, 688, 706, 724, 743, 762, 781)
    xs, ys = (190, 1330, 0, 10), (1010, 300, 550, 1080)
    x0, x1 = 100, 1330
    terrace(c, 110, 1660, 1010, 96, (mix(SHEET, FOG, 0.4), mix(SHEET, SAND, 0.25)), mix(SHEET, FOG, 0.75),
        glass=mix(SHEET, FOG, 0.8), width=92, shade=0)
    grid(c, ys, [(v, f"{v:,}" + (" crowns a month" if v == 1000 else "")) for v in (700, 800, 900, 1000)], x0,
        x1)
    upper = [(along(xs, i), along(ys, v)) for i, v in enumerate(rents)]
    lower = [(along(xs, i), along(ys, v)) for i, v in enumerate(wages)]
    gap = upper + lower[::-1]
    c.poly(gap, fade(LANTERN, 0.22))
    c.shade(gap, LANTERN, (1330, 500), (420, 900), 0.85)
    c.line(lower, 8, SEA)
    c.line(upper, 11, BRICK)
    c.line([(x0, 1010), (1700, 1010)], 3, INK)
    for i, label in ((0, "ten years ago"), (5, "five years ago"), (10, "now")):
        x = along(xs, i)
        c.line([(x, 1010), (x, 1024)], 3, INK)
        c.text(x, 1058, label, 27, INK, "ms")
    for (x, y), color in ((upper[0], INK), (upper[-1], BRICK), (lower[-1], SEA)):
        c.ellipse(x, y, 16, 16, SHEET)
        c.ellipse(x, y, 11, 11, color)
    c.text(190, along(ys, 610) - 40, "610", 46, INK, "ms", bold=1)
    x, y = upper[-1]
    c.text(x + 34, y + 4, "1,040", 66, BRICK, "ls", bold=1.6)
    c.text(x + 36, y + 44, "the rent asked:", 29, BRICK)
    c.text(x + 36, y + 80, "up 70 %", 29, BRICK)
    x, y = lower[-1]
    c.text(x + 34, y + 10, "781", 66, SEA, "ls", bold=1.6)
    c.text(x + 36, y + 50, "had it followed", 29, SEA)
    c.text(x + 36, y + 86, "wages: up 28 %", 29, SEA)
    c.line([(x - 26, upper[-1][1] + 34), (x - 26, lower[-1][1] - 26)], 4, INK)
    for yy in (upper[-1][1] + 34, lower[-1][1] - 26):
        c.line([(x - 38, yy), (x - 14, yy)], 4, INK)
    c.rect(x - 252, 580, x - 44, 674, SHEET, 10)
    c.text(x - 62, 622, "259 crowns", 34, INK, "rs", bold=0.8)
    c.text(x - 62, 654, "a month", 26, INK, "rs")
    heading(c, "Rents have left wages behind",
        "Asking rent of a two-room flat in Tidewick, without service charges",
        "Source: 9,460 advertisements; Westmark statistics office (wages). The scale begins at 550 crowns.")


@picture("chart-catch")
def chart_catch(c: Canvas) -> None:
    """Two lines that cross: the cod goes, the crab pays."""
    c.rect(0, 0, 1800, 1200, SHEET)
    cod, crab = (4.1, 4.0, 3.7, 3.3, 2.9, 2.5, 2.1, 1.8, 1.6), (0.6, 0.6, 0.8, 1.0, 1.2, 1.5, 1.9, 2.1, 2.3)
    xs, ys = (300, 1360, 0, 8), (1010, 300, 0, 4.4)
    floor = smooth([(100, 960), (400, 980), (760, 950), (1100, 985), (1420, 955), (1700, 975)])
    c.poly([*floor, (1700, 1010), (100, 1010)], mix(SHEET, FOG, 0.5))
    grid(c, ys, [(1, "1"), (2, "2"), (3, "3"), (4, "4")], 100, 1360)
    lines = {}
    for name, values, color in (("cod", cod, DEEP), ("crab", crab, BRICK)):
        pts = [(along(xs, i), along(ys, v)) for i, v in enumerate(values)]
        c.shade([*pts, (pts[-1][0], 1010), (pts[0][0], 1010)], color, (300, 300 if name == "cod" else 500),
            (300, 1010), 0.4)
        lines[name] = (pts, color)
    for pts, color in lines.values():
        c.line(pts, 12, color)
        for p in pts:
            c.ellipse(*p, 12, 12, SHEET)
            c.ellipse(*p, 8, 8, color)
    c.line([(100, 1010), (1700, 1010)], 3, INK)
    for i, label in ((0, "eight years ago"), (4, "four years ago"), (8, "past twelve months")):
        x = along(xs, i)
        c.line([(x, 1010), (x, 1024)], 3, INK)
        c.text(x, 1058, label, 27, INK, "ms")
    (x, y), color = lines["cod"][0][0], DEEP
    c.text(x - 30, y + 16, "4.1", 58, color, "rs", bold=1.4)
    fish(c, 800, 420, 260, DEEP)
    c.text(946, 436, "Cod", 46, DEEP, "ls", bold=1.1)
    x, y = lines["crab"][0][0]
    c.text(x - 30, y + 16, "0.6", 58, BRICK, "rs", bold=1.4)
    crab_icon(c, 1000, 948, 58, BRICK)
    c.text(1088, 962, "Crab", 46, BRICK, "ls", bold=1.1)
    x, y = lines["crab"][0][-1]
    c.text(x + 34, y - 14, "2.3", 66, BRICK, "ls", bold=1.6)
    c.text(x + 36, y + 22, "crab, almost", 28, BRICK)
    c.text(x + 36, y + 56, "four times as much", 28, BRICK)
    x, y = lines["cod"][0][-1]
    c.text(x + 34, y + 62, "1.6", 66, DEEP, "ls", bold=1.6)
    c.text(x + 36, y + 100, "cod, down by", 28, DEEP)
    c.text(x + 36, y + 134, "three fifths", 28, DEEP)
    cx, cy = along(xs, 6.4), along(ys, 1.98)
    c.line(ring(cx, cy, 34), 4, LANTERN)
    c.line([(cx + 10, cy - 36), (cx + 46, cy - 160)], 3, INK)
    c.text(cx + 52, cy - 212, "Crab overtakes cod", 28, INK, "ms")
    c.text(cx + 52, cy - 176, "two years ago", 28, INK, "ms")
    heading(c, "Cod goes, crab pays", "Landings at Tidewick over eight years, in thousand tonnes",
        "Source: harbour office, fishers' co-operative")


def fish(c: Canvas, x: float, y: float, length: float, color: Color) -> None:
    """A cod for the margin: three back fins, a barbel, an eye."""

    def at(*pts: Point) -> list[Point]:
        return [(x + px * length, y + py * length) for px, py in pts]

    for a, b, top in ((-0.24, -0.08, -0.2), (-0.04, 0.14, -0.18), (0.18, 0.32, -0.13)):
        c.poly(smooth(at((a, -0.1), (a + 0.03, top), (b, -0.07)), True), mix(color, TIDE, 0.4))
    c.poly(at((0.36, 0), (0.52, -0.14), (0.48, 0), (0.52, 0.14)), mix(color, TIDE, 0.4))
    body = smooth(at((-0.5, 0.02), (-0.34, -0.1), (-0.05, -0.13), (0.38, -0.03), (0.38, 0.03), (0, 0.12),
        (-0.34, 0.12)), True)
    c.poly(body, color)
    c.shade(body, MIST, (x, y + length * 0.15), (x, y - length * 0.06), 0.8)
    c.line(smooth(at((-0.3, -0.02), (-0.05, -0.05), (0.36, 0))), 3, MIST)
    c.line(at((-0.42, 0.09), (-0.42, 0.15)), 3, color)
    c.ellipse(*at((-0.39, -0.02))[0], 8, 8, CREAM)
    c.ellipse(*at((-0.39, -0.02))[0], 4, 4, INK)


def crab_icon(c: Canvas, x: float, y: float, r: float, color: Color) -> None:
    for s in (-1, 1):
        for k in range(4):
            a = 0.15 + k * 0.26
            c.line(smooth([(x + s * r * 0.6, y + r * 0.1 * k - 4), (x + s * r * (1.15 - 0.1 * k),
                y - r * 0.1 + r * a * 0.6), (x + s * r * (1.25 - 0.12 * k), y + r * (0.1 + a * 0.7))]), 7,
                mix(color, RUST, 0.5))
        c.taper([(x + s * r * 0.55, y - r * 0.25), (x + s * r * 1.0, y - r * 0.5), (x + s * r * 0.86,
            y - r * 0.86)], 16, 14, color)
        c.blob([(x + s * r * 0.8, y - r * 0.8), (x + s * r * 1.08, y - r * 0.98), (x + s * r * 0.94,
            y - r * 1.34), (x + s * r * 0.84, y - r * 1.08), (x + s * r * 0.62, y - r * 1.24),
            (x + s * r * 0.62, y - r * 0.92)], color)
        c.line([(x + s * r * 0.2, y - r * 0.4), (x + s * r * 0.24, y - r * 0.66)], 5, color)
        c.ellipse(x + s * r * 0.24, y - r * 0.68, 6, 6, INK)
    shell = smooth([(x - r * 0.86, y - r * 0.16), (x - r * 0.4, y - r * 0.52), (x + r * 0.4, y - r * 0.52),
        (x + r * 0.86, y - r * 0.16), (x + r * 0.5, y + r * 0.4), (x - r * 0.5, y + r * 0.4)], True)
    c.poly(shell, color)
    c.shade(shell, RUST, (x, y + r * 0.5), (x, y - r * 0.5), 0.8)
