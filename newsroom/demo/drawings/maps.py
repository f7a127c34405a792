"""The maps of Lantern Graphics."""

# Coordinates are read in rows, as they were drawn; one number per line would hide the shape.
# fmt: off

import math

from .boats import fishing_boat
from .canvas import Canvas, Point, ring, smooth, turn
from .graphics import SHEET, heading
from .palette import (
    BRICK,
    CLAY,
    CREAM,
    DEEP,
    FERN,
    FOG,
    GLOW,
    HAZE,
    INK,
    LANTERN,
    MIST,
    MOSS,
    NIGHT,
    PAPER,
    SAND,
    SEA,
    TIDE,
    Color,
    fade,
    mix,
)
from .registry import picture


def place(c: Canvas, x: float, y: float, name: str, note: str = "", *, dot: Color | None = INK,
        size: float = 30, anchor: str = "l",
          ink: Color = INK, halo: Color | None = None) -> None:
    """A labelled place: dot, name, and a smaller line under it."""
    if dot:
        c.ellipse(x, y, 9, 9, CREAM)
        c.ellipse(x, y, 6.5, 6.5, dot)
    dx = {"l": 20, "r": -20, "m": 0}[anchor] if dot else 0
    if halo:
        c.text(x + dx, y + 1, name, size, halo, anchor + "m", bold=5)
    c.text(x + dx, y + 1, name, size, ink, anchor + "m", bold=0.7)
    if note:
        if halo:
            c.text(x + dx, y + size * 0.98, note, size * 0.72, halo, anchor + "m", bold=4)
        c.text(x + dx, y + size * 0.98, note, size * 0.72, mix(ink, TIDE, 0.35), anchor + "m")


def north(c: Canvas, x: float, y: float, ink: Color = INK) -> None:
    c.poly([(x, y - 52), (x + 15, y), (x, y - 10)], ink)
    c.poly([(x, y - 52), (x - 15, y), (x, y - 10)], mix(ink, FOG, 0.6))
    c.text(x, y + 22, "N", 25, ink, "mm", bold=0.6)


def scale_bar(c: Canvas, x: float, y: float, pixels: float, label: str, ink: Color = INK) -> None:
    for k in range(2):
        c.rect(x + pixels * k / 2, y, x + pixels * (k + 1) / 2, y + 8, ink if k == 0 else TIDE)
    c.line([(x, y), (x + pixels, y), (x + pixels, y + 8), (x, y + 8), (x, y)], 1.6, ink)
    c.text(x, y - 10, "0", 21, ink, "ms")
    c.text(x + pixels, y - 10, label, 21, ink, "ms")


@picture("map-ferry-route")
def map_ferry_route(c: Canvas) -> None:
    """The bay as a chart: what twenty-five minutes look like, and what else is out there."""
    sea = mix(TIDE, MIST, 0.35)
    c.rect(0, 0, 1800, 1200, sea)
    main = [(-40, 150), *smooth([(640, 150), (600, 260), (650, 350), (560, 440), (600, 530), (575, 600),
        (530, 646)]),
            *smooth([(440, 656), (260, 668), (60, 650), (-40, 662)])]
    south = [(-40, 724), *smooth([(60, 716), (260, 738), (440, 728), (540, 736)]),
        *smooth([(575, 768), (610, 800), (600, 880), (690, 960), (660, 1040), (780, 1160)]), (780, 1260),
        (-40, 1260)]
    isle = smooth([(1190, 420), (1250, 372), (1330, 388), (1392, 440), (1380, 500), (1300, 530), (1250, 500),
        (1200, 496)], True)
    rocks = [smooth(ring(x, y, r, r * 0.7), True) for x, y, r in ((1440, 540, 14), (1470, 566, 8),
        (1160, 380, 9), (720, 330, 9))]
    for reach, t in ((92, 0.22), (58, 0.42), (28, 0.66)):
        for x, y in (*main, *south, *isle):
            c.ellipse(x, y, reach, reach, mix(sea, HAZE, t))
    c.shade((100, 236, 1700, 1098), mix(TIDE, SEA, 0.5), (1800, 1100), (900, 500), 0.5)
    for shape in (main, south, isle, *rocks):
        c.poly(shape, mix(PAPER, SAND, 0.25))
        c.line([*shape, shape[0]], 3.5, mix(SEA, DEEP, 0.4))
    for shape in (main, south):
        c.shade(shape, mix(SAND, MOSS, 0.45), (0, 640), (620, 640), 0.5)
    c.shade(isle, MOSS, (1380, 530), (1220, 400), 0.6)
    c.line(smooth([(-40, 693), (160, 704), (330, 690), (470, 686), (560, 690)]), 26, mix(sea, HAZE, 0.6))
    c.line([(0, 560), *smooth([(0, 560), (200, 600), (380, 612)])], 4, mix(CLAY, INK, 0.3))
    for k in range(16):
        x = 20 + k * 23
        y = 563 + 46 * (x / 380) ** 0.8
        c.line([(x, y - 8), (x, y + 10)], 2, mix(CLAY, INK, 0.3))
    for row in range(6):
        for col in range(7 - row % 2):
            if row * 7 + col < 40:
                turbine_icon(c, 1290 + col * 54 + row % 2 * 27, 800 + row * 44, 17, CREAM)
    route = smooth([(400, 690), (540, 692), (660, 690), (800, 640), (960, 560), (1090, 496), (1196, 482)])
    for i in range(0, len(route) - 2, 2):
        c.line(route[i : i + 2], 8, BRICK)
    c.line([(552, 636), (552, 746)], 7, INK)
    for k in range(4):
        c.rect(543, 640 + k * 30, 561, 652 + k * 30, INK)
    for x, y in ((400, 690), (1202, 481)):
        c.ellipse(x, y, 14, 14, CREAM)
        c.ellipse(x, y, 9.5, 9.5, BRICK)
    c.ellipse(862, 607, 66, 66, CREAM)
    c.ellipse(862, 607, 60, 60, BRICK)
    c.text(862, 596, "25", 52, CREAM, "mm", bold=1.4)
    c.text(862, 634, "MINUTES", 16, CREAM, "mm", 2, 0.4)
    place(c, 512, 440, "TIDEWICK", "48,000 people", dot=None, size=42, anchor="r")
    c.text(400, 640, "Old Quay", 26, INK, "mm", bold=0.5)
    c.text(524, 772, "The Sluice", 26, INK, "rm", bold=0.5)
    c.glow(634, 352, 60, LANTERN, 0.8)
    c.ellipse(634, 352, 8, 8, LANTERN)
    place(c, 606, 352, "Lantern Tower", dot=None, size=26, anchor="r")
    c.tilted_text(240, 698, "River Alder", 25, SEA, 0, 3)
    meadow = smooth([(1096, 560), (1150, 530), (1210, 548), (1216, 590), (1150, 612), (1100, 600)], True)
    c.poly(meadow, fade(MOSS, 0.55))
    c.shade(meadow, FERN, (1216, 612), (1096, 530), 0.8)
    c.text(1156, 640, "The Hollow: seagrass", 23, INK, "mm")
    place(c, 1290, 440, "SKERRY", dot=None, size=31, anchor="m")
    place(c, 1290, 472, "HOLM", dot=None, size=31, anchor="m")
    c.text(1412, 452, "310 people", 26, INK, "lm")
    place(c, 1452, 1068, "OUTER BANK", dot=None, size=28, anchor="m", ink=CREAM)
    c.text(1452, 756, "38 turbines, 12 km offshore", 24, CREAM, "mm")
    c.text(130, 496, "to Port Ansel,", 22, mix(SEA, INK, 0.3), "lm")
    c.text(130, 524, "40 min by train", 22, mix(SEA, INK, 0.3), "lm")
    c.text(350, 930, "WESTMARK", 32, mix(CLAY, INK, 0.25), "mm", 14, 0.5)
    c.tilted_text(1020, 850, "Open sea", 30, mix(HAZE, sea, 0.2), 0, 10)
    fishing_boat(c, 1010, 980, 150, DEEP, rig=NIGHT)
    north(c, 1630, 320)
    scale_bar(c, 800, 1060, 350, "5 km")
    heading(c, "Twenty-five minutes to Skerry Holm",
        "The Kittiwake's crossing from Old Quay, with what lies around it",
        "Source: Westmark Ferries, harbour master. Depth lines are indicative.")


def blocks(c: Canvas, area: list[Point], angle: float, color: Color, step: tuple[float, float] = (40,
        30)) -> None:
    """Fill a district with small building blocks on its own street grid."""
    xs, ys = [p[0] for p in area], [p[1] for p in area]
    cx, cy, reach = sum(xs) / len(xs), sum(ys) / len(ys), max(max(xs) - min(xs), max(ys) - min(ys))

    def inside(x: float, y: float) -> bool:
        hit = False
        for (x0, y0), (x1, y1) in zip(area, [*area[1:], area[0]], strict=True):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                hit = not hit
        return hit

    nx, ny = round(reach / step[0]), round(reach / step[1])
    for i in range(-nx, nx):
        for j in range(-ny, ny):
            if c.rng.random() < 0.07 or i % 6 == 0 or j % 7 == 0:
                continue
            x, y = cx + i * step[0], cy + j * step[1]
            w, h = step[0] * c.rng.uniform(0.6, 0.86), step[1] * c.rng.uniform(0.55, 0.8)
            quad = turn([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], cx, cy, angle)
            if all(inside(*p) for p in quad):
                c.poly(quad, color)


@picture("map-flood-zones")
def map_flood_zones(c: Canvas) -> None:
    """The town by height above the tide: where Perrin's water stood, and where it could go next."""
    land, block = mix(PAPER, CREAM, 0.3), mix(SAND, CLAY, 0.25)
    c.rect(0, 0, 1800, 1200, land)
    c.shade((0, 0, 1800, 1200), mix(SAND, MOSS, 0.3), (0, 1100), (900, 600), 0.35)
    river = smooth([(-40, 470), (200, 520), (420, 640), (640, 690), (860, 640), (1080, 610), (1300, 660),
        (1460, 690), (1900, 700)])
    widths = [52 + 66 * (i / len(river)) ** 1.4 for i in range(len(river))]
    north_bank = [(x, y - w) for (x, y), w in zip(river, widths, strict=True)]
    south_bank = [(x, y + w) for (x, y), w in zip(river, widths, strict=True)]
    sea = [(1460, 200), *smooth([(1460, 200), (1490, 330), (1440, 430), (1460, 540), (1400, 600)]),
        (1400, 760), *smooth([(1400, 760), (1480, 860), (1440, 980), (1530, 1120)]), (1900, 1200),
        (1900, 200)]
    risk_n = [*smooth([(520, 560), (600, 400), (760, 330), (960, 300), (1200, 320), (1380, 360),
        (1450, 430)]), (1460, 560), (1400, 600), *[p for p in reversed(north_bank) if 540 < p[0] < 1400]]
    risk_s = [*[p for p in south_bank if 760 < p[0] < 1400], (1420, 790), (1440, 860),
        *smooth([(1440, 860), (1280, 850), (1100, 800), (900, 810), (780, 780)])]
    wet = smooth([(760, 520), (800, 410), (920, 370), (1080, 380), (1150, 450), (1130, 530), (1000, 560),
        (860, 585)], True)
    for area, angle, tone in (([(150, 250), (560, 250), (540, 540), (420, 570), (140, 440)], 12, block),
            ([(590, 250), (1430, 250), (1420, 420), (1380, 560), (1100, 540), (870, 570), (700, 610),
            (560, 590)], -6, block),
                              ([(130, 600), (330, 690), (600, 790), (880, 770), (880, 1080), (130, 1080)], 8,
                              block), ([(900, 770), (1080, 730), (1280, 770), (1400, 830), (1420, 1000),
                              (1460, 1080), (900, 1080)], -14, block)):
        blocks(c, area, angle, tone)
    light, strong = mix(TIDE, MIST, 0.4), mix(SEA, TIDE, 0.3)
    for zone in (risk_n, risk_s):
        c.poly(zone, fade(light, 0.42))
        c.line([*zone, zone[0]], 2.5, fade(TIDE, 0.8))
    c.poly(wet, fade(strong, 0.72))
    c.line([*wet, wet[0]], 4, DEEP)
    water = mix(TIDE, SEA, 0.15)
    c.poly(sea, water)
    c.poly([*north_bank, *south_bank[::-1]], water)
    c.shade(sea, SEA, (1750, 700), (1420, 700), 0.7)
    for bank in (north_bank, south_bank):
        c.line([p for p in bank if p[0] < 1410], 3, DEEP)
    c.line([p for p in sea if p[0] < 1560 and p[1] < 1180], 3, DEEP)
    road = mix(CREAM, PAPER, 0.2)
    for line in (smooth([(100, 330), (420, 400), (640, 480), (700, 560), (690, 700), (760, 860),
            (740, 1100)]), smooth([(660, 480), (780, 350), (960, 316), (1180, 330), (1430, 300)]),
            smooth([(700, 800), (1000, 860), (1400, 930)])):
        c.line(line, 13, mix(CLAY, SAND, 0.4))
        c.line(line, 9, road)
    rail = smooth([(80, 880), (320, 890), (520, 940), (600, 1000), (630, 1110)])
    c.line(rail, 5, mix(INK, CLAY, 0.3))
    for i in range(0, len(rail), 2):
        c.ellipse(*rail[i], 5, 5, land)
    c.line([(690, 630), (697, 755)], 16, BRICK)
    c.line([(690, 630), (697, 755)], 6, CREAM)
    c.line([(1392, 560), (1400, 800)], 12, INK)
    for k in range(6):
        c.rect(1382, 566 + k * 42, 1410, 586 + k * 42, INK)
    for k in range(3):
        c.rect(1390, 590 + k * 42, 1402, 604 + k * 42, LANTERN)
    for x, y in ((1486, 318), (1446, 432)):
        c.poly([(x, y - 24), (x + 22, y + 14), (x - 22, y + 14)], BRICK)
        c.text(x, y + 1, "!", 25, CREAM, "mm", bold=1)
    halo = fade(land, 1)
    place(c, 958, 458, "NORTH MARSH", dot=None, size=36, anchor="m", ink=CREAM)
    c.text(958, 500, "96 houses flooded", 26, CREAM, "mm")
    place(c, 768, 916, "Market Square", size=27, halo=halo)
    place(c, 880, 742, "Old Quay", size=27, halo=halo)
    place(c, 1130, 772, "Container Quay", size=27, anchor="l", halo=halo)
    place(c, 420, 500, "Fen Road", size=27, halo=halo)
    place(c, 330, 770, "Ropeworks", size=27, halo=halo)
    place(c, 566, 962, "Station", size=27, anchor="l", halo=halo)
    place(c, 1130, 980, "St Brannock's", size=27, halo=halo)
    c.text(716, 664, "Swing Bridge", 24, CREAM, "lm", bold=0.5)
    c.text(716, 692, "closed", 22, mix(GLOW, CREAM, 0.5), "lm")
    c.tilted_text(330, 604, "River Alder", 27, CREAM, -27, 4)
    c.text(1430, 680, "THE SLUICE", 27, CREAM, "lm", 2, 0.7)
    c.text(1430, 712, "three of five gates hung", 21, CREAM, "lm")
    c.text(1440, 270, "The Strand", 27, INK, "rm", bold=0.6)
    c.text(1524, 378, "wall breached", 24, CREAM, "lm")
    c.text(1524, 408, "in two places", 24, CREAM, "lm")
    c.rect(124, 958, 500, 1076, SHEET)
    c.line([(124, 958), (500, 958), (500, 1076), (124, 1076), (124, 958)], 1.5, TIDE)
    for y, tone, words in ((990, strong, "Under water in Storm Perrin"), (1042, mix(light, land, 0.45),
            "At risk until five gates hang")):
        c.rect(142, y - 15, 186, y + 15, tone)
        c.text(202, y + 1, words, 23, INK, "lm")
    north(c, 1650, 310, CREAM)
    scale_bar(c, 1500, 1050, 150, "1 km", CREAM)
    heading(c, "Where the water came, and would come",
        "Tidewick below five metres, with the area flooded by Storm Perrin",
        "Source: harbour master, North Marsh residents' association")


def turbine_icon(c: Canvas, x: float, y: float, r: float, color: Color) -> None:
    """A turbine as a map sign."""
    c.line([(x, y), (x, y + r * 1.3)], 2, color)
    for k in range(3):
        a = math.radians(-90 + 120 * k + 20)
        c.taper([(x, y), (x + r * math.cos(a), y + r * math.sin(a))], 3.4, 1, color)
