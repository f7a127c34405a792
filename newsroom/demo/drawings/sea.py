"""Outside the harbour wall: the ferry, the storm, the sea floor, the turbines, the light, the mudflats."""

# Coordinates are read in rows, as they were drawn; one number per line would hide the shape.
# fmt: off

import math

from .boats import kittiwake
from .brush import cloud, gull, ridge, ripple, sky, stars, swell, water
from .buildings import house, lamp_post, lantern_tower
from .canvas import Canvas, Point, View, smooth, turn
from .palette import (
    BRICK,
    CLAY,
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
    SAND,
    SEA,
    TIDE,
    Color,
    fade,
    mix,
)
from .people import person
from .registry import picture


@picture("ferry-kittiwake")
def ferry_kittiwake(c: Canvas) -> None:
    """The ferry shouldering through a grey sea, the island she serves behind her."""
    sky(c, [(0, mix(DEEP, SEA, 0.5)), (0.45, TIDE), (0.8, FOG), (1, mix(PAPER, GLOW, 0.35))], 690)
    c.glow(560, 640, 620, CREAM, 0.75, 300)
    for x, y, w in ((-120, 180, 800), (900, 130, 980), (420, 320, 620), (1250, 380, 560), (-60, 430, 380)):
        cloud(c, x, y, w, mix(MIST, FOG, 0.5), mix(SEA, TIDE, 0.6), 0.15)
    isle = ridge(c, 590, 26, mix(TIDE, FOG, 0.35), 700, 1130, 1900, 120)
    c.shade(isle, FOG, (1500, 690), (1500, 560), 0.9)
    for x in (1400, 1440, 1500, 1525, 1610):
        house(c, x, 630, 24, 16, CREAM, BRICK, kind="side", floors=1, bays=2, chimney=False, shade=0)
    c.gradient([(0, mix(FOG, TIDE, 0.5)), (1, SEA)], (0, 675, c.w, 860))
    swell(c, 722, 14, 150, mix(TIDE, FOG, 0.2), mix(FOG, CREAM, 0.4), 0.2)
    swell(c, 770, 22, 280, mix(TIDE, SEA, 0.45), FOG, 0.6)
    kittiwake(c, 860, 830, 1080, -5)
    for tone, k in ((mix(FOG, TIDE, 0.3), 1.0), (CREAM, 0.78)):
        for bend, reach, lift in ((0.1, 210, 150), (0.35, 250, 105), (-0.25, 120, 175), (0.7, 270, 50),
                (-0.6, 60, 130)):
            x0, y0 = 1310 + bend * 60, 880
            c.taper([(x0, y0), (x0 + reach * k * 0.35, y0 - lift * k * 0.9), (x0 + reach * k * 0.8,
                y0 - lift * k), (x0 + reach * k, y0 - lift * k * 0.62)], 84 * k, 16 * k, tone, True)
    c.shade((1180, 680, 1640, 930), TIDE, (1330, 960), (1330, 780), 0.35)
    for _ in range(110):
        a, k = c.rng.uniform(-1.5, -0.15), c.rng.uniform(150, 340)
        r = c.rng.uniform(1, 5) * (1.3 - k / 400)
        c.ellipse(1330 + k * math.cos(a), 880 + k * 0.75 * math.sin(a), r + 0.6, r + 0.6, CREAM)
    for i in range(34):
        x = 400 + i * 27
        c.ellipse(x, 880 + c.rng.uniform(-7, 9), c.rng.uniform(22, 46), c.rng.uniform(6, 13), mix(CREAM, FOG,
            c.rng.random() * 0.6))
    crest = swell(c, 915, 40, 560, SEA, CREAM, 0.05, foam=True)
    c.shade([*crest, (c.w, c.h), (0, c.h)], DEEP, (0, 1200), (0, 890), 0.8)
    crest = swell(c, 1045, 54, 820, mix(SEA, DEEP, 0.6), mix(TIDE, FOG, 0.6), 0.6, foam=True)
    c.shade([*crest, (c.w, c.h), (0, c.h)], INK, (0, 1220), (0, 1010), 0.9)
    ripple(c, 930, 1190, FOG, 70, opacity=0.4)
    for x, y, s, b in ((430, 420, 44, -12), (300, 500, 28, 8), (1290, 330, 38, 16), (1450, 470, 24, -6),
            (620, 300, 20, 5)):
        gull(c, x, y, s, CREAM, INK, b)


@picture("storm-seafront")
def storm_seafront(c: Canvas) -> None:
    """A wave bursts over the Strand, taller than the houses; one person in orange runs for it."""
    c.gradient([(0, INK), (0.5, DEEP), (0.8, SEA), (1, TIDE)], (0, 0, 1800, 860))
    for x, y, w in ((-200, 160, 900), (600, 110, 1100), (1100, 260, 900), (-100, 330, 700)):
        cloud(c, x, y, w, mix(DEEP, SEA, 0.6), INK, 0.16)
    for _ in range(120):
        x, y = c.rng.uniform(0, 2000), c.rng.uniform(0, 900)
        c.line([(x, y), (x - 26, y + 70)], 1.3, fade(MIST, 0.35))
    view = View(560, 700, 900, 3.2)
    swell(c, 715, 18, 260, mix(SEA, DEEP, 0.4), TIDE, 0.1)
    for i in range(8, -1, -1):
        z0 = 5 + i * 5.2
        left, right = view(7.2, 0, z0 + 5.0), view(7.2, 0, z0)
        top_l, top_r = view(7.2, 11 + (i * 7 % 3), z0 + 5.0), view(7.2, 11 + (i * 7 % 3), z0)
        wall = mix((mix(SAND, SEA, 0.5), mix(BRICK, DEEP, 0.55), mix(MIST, DEEP, 0.5))[i % 3], SEA, i * 0.06)
        gable = ((top_l[0] + top_r[0]) / 2, min(top_l[1], top_r[1]) - (top_r[0] - top_l[0]) * 0.42)
        c.poly([left, top_l, gable, top_r, right], wall)
        c.line([top_l, gable, top_r], max(4, 60 / z0), INK)
        c.shade([left, top_l, gable, top_r, right], INK, right, top_l, 0.75)
        for high in (2.0, 5.1, 8.2):
            c.line([view(7.2, high, z0), view(7.2, high, z0 + 5)], 24 / z0, mix(wall, INK, 0.4))
        for j in range(3):
            for k in range(2):
                zz = z0 + 0.8 + k * 2.2
                pane = [view(7.2, 2.6 + j * 3.1, zz), view(7.2, 2.6 + j * 3.1, zz + 1.1),
                    view(7.2, 4.4 + j * 3.1, zz + 1.1), view(7.2, 4.4 + j * 3.1, zz)]
                c.poly(pane, mix(LANTERN, GLOW, 0.5) if c.rng.random() < 0.4 else INK)
                c.line([*pane, pane[0]], 36 / zz, mix(wall, FOG, 0.35))
                c.line([((pane[0][0] + pane[1][0]) / 2, (pane[0][1] + pane[1][1]) / 2),
                    ((pane[2][0] + pane[3][0]) / 2, (pane[2][1] + pane[3][1]) / 2)], 20 / zz, mix(wall, FOG,
                    0.35))
    c.poly([view(-2.4, 0, 60), view(7.2, 0, 60), view(7.2, 0, 2), (1800, 1200), (620, 1200),
        view(-2.4, 0, 5)], mix(SEA, MIST, 0.25))
    c.shade([view(-2.4, 0, 60), view(7.2, 0, 60), (2400, 1200), (500, 1200)], INK, (1500, 1250), (700, 760),
        0.75)
    ripple(c, 860, 1190, FOG, 40, 700, 1750, 0.4)
    for z in (30, 19, 6.6):
        x, y = view(5.6, 0, z)
        lamp_post(c, x, y, view.size(z) * 4.2, INK, GLOW)
    layers = ((mix(SEA, TIDE, 0.3), 1.0, 58), (mix(TIDE, MIST, 0.3), 0.88, 52), (mix(MIST, FOG, 0.4), 0.74,
        46), (CREAM, 0.58, 40))
    for n, (color, reach, scallop) in enumerate(layers):
        rim = []
        for k in range(46):
            a = math.radians(-188 + 206 * k / 45)
            surge = 1 + 0.13 * math.sin(5.2 * a + n * 0.7) + 0.07 * math.sin(11 * a + n)
            rim.append((430 + 90 * reach + reach * surge * (500 + 120 * math.cos(a)) * math.cos(a),
                1000 + reach * surge * 900 * math.sin(a)))
        c.poly(smooth(rim), color)
        for x, y in rim:
            r = scallop * c.rng.uniform(0.35, 1.05)
            c.ellipse(x, y, r, r, color)
            if c.rng.random() < 0.5:
                out = c.rng.uniform(1.06, 1.2)
                r *= c.rng.uniform(0.2, 0.42)
                c.ellipse(480 + (x - 480) * out, 1000 + (y - 1000) * out, r, r, color)
    c.shade((0, 200, 1100, 1010), mix(TIDE, SEA, 0.4), (60, 1040), (560, 560), 0.65)
    for _ in range(460):
        a, k = math.radians(c.rng.uniform(-165, -18)), c.rng.uniform(0.55, 1.2)
        far = k * (640 + 280 * math.sin(-a))
        r = c.rng.uniform(0.8, 6.5) * (1.35 - k)
        c.ellipse(470 + 90 * k + far * math.cos(a) * 0.85, 985 + far * math.sin(a), r + 0.8, r + 0.8,
            CREAM if k > 0.8 else FOG)
    edge = smooth([(0, 760), (150, 800), (300, 900), (480, 990), (640, 1050), (760, 1120), (800, 1200)])
    wave = [*edge, (0, 1200)]
    c.poly(wave, SEA)
    c.shade(wave, INK, (0, 1200), (300, 860), 0.9)
    c.line(edge, 9, CREAM)
    for k in range(1, 5):
        c.line([(x - 34 * k, y + 30 * k) for x, y in edge[6 + 4 * k : -6 * k]], 4 - k * 0.6,
            fade(FOG, 0.7 - 0.12 * k))
    rail = [(view(-2.4, 0, z), view(-2.4, 1.2, z)) for z in (6, 7.2, 8.8, 11, 14, 19, 28, 44)]
    for foot, head in rail:
        c.line([foot, head], max(2, (foot[1] - head[1]) * 0.06), INK)
    c.line([head for _, head in rail], 6, INK)
    c.line([((f[0] + h[0]) / 2, (f[1] + h[1]) / 2) for f, h in rail], 3.5, INK)
    c.poly([(1010, 1096), (1330, 1096), (1400, 1112), (1080, 1116)], fade(INK, 0.45))
    person(c, 1150, 1105, 400, LANTERN, INK, style="hood", pose="stride", face=1, hem=0.36, flare=0.03,
        arms=("swing", "back"))
    for _ in range(60):
        x, y = c.rng.uniform(0, 1900), c.rng.uniform(0, 1200)
        c.line([(x, y), (x - 22, y + 58)], 1.6, fade(FOG, 0.45))


def diver(c: Canvas, x: float, y: float, s: float, suit: Color, trim: Color, face: int = 1,
        tilt: float = 0) -> Point:
    """A diver swimming level, s from mask to fin tips; returns the leading hand."""

    def at(*pts: Point) -> list[Point]:
        return turn([(x + face * px * s, y - py * s) for px, py in pts], x, y, tilt)

    for far in (True, False):
        tone = mix(suit, SEA, 0.4) if far else suit
        dy = 0.035 if far else -0.035
        c.taper(at((-0.12, 0.0), (-0.3, dy), (-0.46, dy * 2.2)), s * 0.085, s * 0.045, tone, True)
        c.blob(at((-0.44, dy * 2.2 + 0.015), (-0.56, dy * 3 + 0.03), (-0.7, dy * 3.4 + 0.035),
            (-0.68, dy * 3.4 - 0.02), (-0.45, dy * 2.2 - 0.02)),
               mix(trim, SEA, 0.3) if far else trim)
    c.taper(at((0.14, -0.03), (0.24, -0.12), (0.36, -0.13)), s * 0.055, s * 0.038, mix(suit, SEA, 0.35), True)
    c.taper(at((-0.04, 0.075), (0.16, 0.085)), s * 0.09, s * 0.09, trim)
    c.taper(at((0.16, 0.085), (0.2, 0.085)), s * 0.03, s * 0.03, MIST)
    body = c.taper(at((-0.14, 0.0), (0.02, 0.005), (0.2, 0.0)), s * 0.11, s * 0.14, suit, True)
    c.shade(body, SEA, at((0, -0.08))[0], at((0, 0.06))[0], 0.8)
    hx, hy = at((0.29, 0.015))[0]
    c.ellipse(hx, hy, s * 0.062, s * 0.062, suit)
    c.poly(at((0.31, 0.055), (0.36, 0.04), (0.36, -0.005), (0.315, -0.005)), GLOW)
    c.taper(at((0.2, 0.08), (0.3, 0.1), (0.36, -0.03)), s * 0.014, s * 0.014, INK, True)
    c.taper(at((0.335, -0.028), (0.365, -0.03)), s * 0.035, s * 0.035, INK)
    hand = at((0.42, -0.1))[0]
    c.taper(at((0.15, -0.02), (0.25, -0.13), (0.42, -0.1)), s * 0.062, s * 0.04, mix(suit, INK, 0.3), True)
    c.ellipse(*hand, s * 0.024, s * 0.024, trim)
    return hand


@picture("seagrass-divers")
def seagrass_divers(c: Canvas) -> None:
    """Two divers count shoots in a frame; the light comes down on them from the boat above."""
    c.gradient([(0, mix(MIST, PAPER, 0.3)), (0.12, mix(TIDE, MIST, 0.5)), (0.5, mix(TIDE, SEA, 0.7)),
        (1, DEEP)])
    for x, w, lean in ((520, 70, -260), (700, 120, -160), (900, 160, -30), (1120, 110, 120), (1290, 60, 230)):
        ray = [(x - w * 0.4, 0), (x + w * 0.4, 0), (x + w * 1.4 + lean, 1000), (x - w * 1.2 + lean, 1000)]
        c.poly(ray, fade(CREAM, 0.09))
        c.shade(ray, mix(CREAM, MIST, 0.2), (x, -40), (x + lean, 1000), 0.42)
    c.poly([*smooth([(-20, 46), (300, 66), (640, 40), (1000, 64), (1400, 42), (1830, 60)]), (1830, -10),
        (-20, -10)], mix(PAPER, GLOW, 0.2))
    hull = c.blob([(760, 36), (900, 32), (1080, 36), (1040, 88), (920, 104), (800, 86)], INK)
    c.shade(hull, SEA, (760, 110), (1000, 40), 0.6)
    c.line([(920, 100), (1010, 700)], 2, fade(CREAM, 0.5))
    for x, y, s in ((300, 330, 1), (360, 300, 0.8), (410, 350, 0.9), (250, 380, 0.7), (340, 400, 0.9),
            (460, 310, 0.7), (1420, 260, 0.8),
                    (1480, 300, 0.9), (1370, 310, 0.6), (1540, 260, 0.7)):
        tone = mix(MIST, CREAM, 0.4)
        c.blob([(x - 26 * s, y), (x, y - 10 * s), (x + 26 * s, y), (x, y + 10 * s)], tone)
        c.poly([(x - 22 * s, y), (x - 40 * s, y - 11 * s), (x - 38 * s, y + 11 * s)], tone)

    def meadow(base: float, high: float, color: Color, tip: Color, count: int) -> None:
        for _ in range(count):
            x = c.rng.uniform(-30, 1830)
            b = base + c.rng.uniform(-12, 30) + 40 * math.sin(x / 260)
            h, sway = high * c.rng.uniform(0.55, 1.1), c.rng.uniform(0.05, 0.5)
            c.taper([(x, b), (x + h * 0.06, b - h * 0.45), (x + h * sway * 0.7, b - h * 0.8),
                (x + h * sway * 1.3, b - h)], 8 + high * 0.02, 3,
                    mix(color, tip, c.rng.random()), True)

    meadow(880, 150, mix(SEA, MOSS, 0.3), mix(TIDE, MOSS, 0.4), 110)
    sand = ridge(c, 880, 14, mix(SEA, SAND, 0.25), 1200)
    c.shade(sand, DEEP, (900, 1200), (900, 850), 0.9)
    meadow(960, 190, mix(FERN, SEA, 0.4), mix(MOSS, SEA, 0.3), 90)
    lead = diver(c, 830, 610, 560, INK, LANTERN, 1, 14)
    diver(c, 1340, 470, 400, mix(INK, SEA, 0.35), mix(BRICK, SEA, 0.15), -1, -12)
    c.glow(lead[0] + 60, lead[1] + 110, 260, GLOW, 0.6)
    frame = [(lead[0] - 90, 880), (lead[0] + 170, 866), (lead[0] + 230, 950), (lead[0] - 60, 966)]
    c.line([*frame, frame[0]], 9, CREAM)
    for t in (0.33, 0.66):
        c.line([(frame[0][0] + 260 * t, 880 - 14 * t), (frame[3][0] + 290 * t, 966 - 16 * t)], 2.5, CREAM)
    for bx, by in ((1010, 560), (1240, 410)):
        for i in range(9):
            r = 4 + i * 1.6
            c.ellipse(bx + c.rng.uniform(-16, 16) + i * 2, by - 26 - i * 42, r, r,
                fade(CREAM, 0.75 - i * 0.05))
    meadow(1120, 230, FERN, MOSS, 90)
    meadow(1245, 300, mix(FERN, INK, 0.55), FERN, 80)


def turbine(c: Canvas, x: float, y: float, h: float, angle: float, color: Color, shade: Color,
        foot: Color | None = None) -> None:
    """A wind turbine with its hub at height h above the water and blades at an angle."""
    tower = c.taper([(x, y), (x, y - h)], h * 0.05, h * 0.026, color)
    c.shade(tower, shade, (x + h * 0.026, y), (x - h * 0.015, y), 0.8)
    if foot:
        c.rect(x - h * 0.034, y - h * 0.085, x + h * 0.034, y + 3, foot)
        c.rect(x - h * 0.055, y - h * 0.095, x + h * 0.055, y - h * 0.08, shade)
    c.rect(x - h * 0.02, y - h - h * 0.024, x + h * 0.05, y - h + h * 0.02, mix(color, shade, 0.3), h * 0.01)
    for k in range(3):
        blade = [(0, -0.012), (0.1, -0.036), (0.3, -0.026), (0.62, -0.004), (0.62, 0.004), (0.1, 0.014),
            (0, 0.012)]
        pts = turn([(x + px * h, y - h + py * h) for px, py in blade], x, y - h, angle + 120 * k)
        c.poly(pts, color)
        c.shade(pts, shade, pts[5], pts[1], 0.5)
    c.ellipse(x, y - h, h * 0.026, h * 0.026, mix(color, shade, 0.15))


@picture("wind-farm")
def wind_farm(c: Canvas) -> None:
    """Outer Bank in rows into the haze, and the service boat that makes them look their size."""
    sky(c, [(0, SEA), (0.4, TIDE), (0.75, FOG), (1, mix(GLOW, PAPER, 0.5))], 830)
    c.glow(620, 800, 800, mix(GLOW, CREAM, 0.3), 0.85, 420)
    c.ellipse(560, 740, 58, 58, mix(CREAM, GLOW, 0.3))
    for x, y, w in ((-80, 210, 520), (420, 130, 380), (1320, 170, 560), (180, 620, 560)):
        cloud(c, x, y, w, mix(FOG, PAPER, 0.4), mix(MIST, TIDE, 0.4), 0.09)
    water(c, 830, 1200, mix(GLOW, FOG, 0.4), mix(SEA, DEEP, 0.3))
    far = [(x, 838 + r * 5, 110 + r * 34) for r in range(4) for x in range(60 + r * 45, 1800, 240 + r * 70)]
    for x, y, h in far:
        turbine(c, x, y, h, c.rng.uniform(0, 120), mix(CREAM, MIST, 0.65 - h / 500), mix(MIST, TIDE, h / 300))
    c.shade((0, 700, 1800, 836), mix(GLOW, PAPER, 0.6), (0, 838), (0, 700), 0.5)
    turbine(c, 330, 900, 480, 22, mix(CREAM, MIST, 0.15), TIDE, LANTERN)
    turbine(c, 1560, 880, 380, 95, mix(CREAM, MIST, 0.25), TIDE, LANTERN)
    turbine(c, 1080, 960, 700, 66, CREAM, SEA, LANTERN)
    ripple(c, 835, 1190, mix(GLOW, CREAM, 0.4), 90, 200, 1200, 0.6)
    ripple(c, 850, 1195, DEEP, 90, opacity=0.4)
    for x, y, h in ((330, 904, 480), (1560, 884, 380), (1080, 964, 700)):
        for i in range(9):
            k = h * 0.035 * (1 + i * 0.25)
            c.poly([(x - k, y + i * 13), (x + k * 0.8, y + i * 13 + 3), (x + k, y + i * 13 + 7),
                (x - k * 0.6, y + i * 13 + 6)], fade(CREAM, 0.4 - i * 0.035))
    wake = [(0, 1108), *smooth([(0, 1108), (300, 1076), (560, 1056)]), (640, 1060),
        *smooth([(560, 1076), (300, 1124), (0, 1180)])]
    c.poly(wake, fade(CREAM, 0.75))
    c.shade(wake, TIDE, (0, 1150), (600, 1060), 0.7)
    x, y = 760, 1066
    hull = [(x - 190, y), (x - 180, y - 62), (x + 90, y - 66), (x + 210, y - 96), (x + 150, y + 4)]
    c.poly(hull, LANTERN)
    c.shade(hull, BRICK, (x, y + 6), (x, y - 80), 0.9)
    c.poly([(x - 186, y - 62), (x - 186, y - 52), (x + 96, y - 56), (x + 206, y - 84), (x + 210, y - 96),
        (x + 90, y - 68)], INK)
    cabin = [(x - 40, y - 62), (x - 34, y - 150), (x + 62, y - 150), (x + 92, y - 64)]
    c.poly(cabin, CREAM)
    c.shade(cabin, TIDE, (x - 40, y - 60), (x + 70, y - 140), 0.7)
    c.poly([(x - 18, y - 104), (x - 16, y - 136), (x + 54, y - 136), (x + 68, y - 104)], DEEP)
    c.line([(x - 10, y - 150), (x - 10, y - 230)], 4, INK)
    c.line([(x - 30, y - 205), (x + 10, y - 205)], 3, INK)
    for px in (-150, -105):
        person(c, x + px, y - 58, 78, LANTERN, DEEP, hat=CREAM, face=1, arms=("down", "hip"))
    c.poly([(x + 100, y + 6), (x + 240, y - 16), (x + 320, y + 14), (x + 180, y + 20)], fade(CREAM, 0.85))
    for gx, gy, s in ((700, 420, 26), (800, 370, 18), (860, 450, 14)):
        gull(c, gx, gy, s, CREAM, DEEP)


@picture("lighthouse-night")
def lighthouse_night(c: Canvas) -> None:
    """Lantern Tower at work: two beams, one keeper's window."""
    c.gradient([(0, INK), (0.45, NIGHT), (0.72, DEEP), (0.78, mix(DEEP, TIDE, 0.5))])
    stars(c, 240, 780)
    x, base, h = 860, 900, 730
    lx, ly = x, base - h * 0.875
    for side, up, wide in ((1, -150, 150), (-1, 60, 130)):
        far = (lx + side * 1300, ly + up)
        beam = [(lx, ly - 16), (far[0], far[1] - wide), (far[0], far[1] + wide), (lx, ly + 16)]
        c.poly(beam, fade(GLOW, 0.1))
        c.shade(beam, mix(GLOW, CREAM, 0.3), (lx, ly), (far[0] - side * 250, far[1]), 0.75, 0.9)
        inner = [(lx, ly - 9), (far[0], far[1] - wide * 0.45), (far[0], far[1] + wide * 0.45), (lx, ly + 9)]
        c.shade(inner, CREAM, (lx, ly), (lx + side * 800, ly + up * 0.6), 0.8)
    c.glow(lx, ly, 420, GLOW, 0.75)
    for cx, cy, w in ((1150, 560, 520), (120, 480, 420), (1380, 660, 420)):
        cloud(c, cx, cy, w, mix(NIGHT, SEA, 0.45), NIGHT, 0.1)
    c.gradient([(0, mix(DEEP, TIDE, 0.3)), (1, INK)], (0, 850, 1800, 1200))
    ridge(c, 836, 6, mix(NIGHT, SEA, 0.2), 856, 0, 620)
    for k in range(16):
        c.ellipse(60 + k * 34 + c.rng.uniform(-8, 8), 838 + c.rng.uniform(-3, 4), 2.4, 2.4, GLOW)
    ripple(c, 860, 1190, mix(TIDE, MIST, 0.3), 110, opacity=0.4)
    ripple(c, 870, 1150, GLOW, 46, 480, 1260, 0.5)
    rock = [(470, 1010), *smooth([(470, 1010), (560, 950), (660, 930), (760, 896), (960, 892), (1120, 905),
        (1240, 950), (1360, 1012)]), (1240, 1050), (600, 1054)]
    c.poly(rock, mix(NIGHT, SEA, 0.25))
    c.shade(rock, INK, (900, 1060), (880, 890), 0.95)
    c.line(smooth([(440, 1018), (620, 1050), (900, 1040), (1150, 1052), (1390, 1014)]), 6, fade(MIST, 0.8))
    lantern_tower(c, x, base, h, mix(PAPER, TIDE, 0.35), mix(BRICK, NIGHT, 0.15), CREAM, NIGHT)
    c.glow(lx, ly, 150, CREAM, 0.9)
    house(c, 960, 906, 150, 80, mix(PAPER, SEA, 0.5), INK, kind="side", floors=1, bays=3, lit=0.6)
    c.line([(700, 900), (560, 956)], 4, INK)
    person(c, 735, 904, 74, LANTERN, INK, hat=INK, face=1, arms=("down", "reach"))
    c.glow(757, 850, 60, GLOW, 0.8)
    for k in range(3):
        crest = swell(c, 1075 + k * 55, 16 + 6 * k, 260 + 90 * k, mix(DEEP, INK, 0.25 + 0.28 * k),
            mix(TIDE, DEEP, 0.2 + 0.2 * k), 0.3 * k)
        c.shade([*crest, (1800, 1200), (0, 1200)], INK, (0, 1210), (0, 1050 + 50 * k), 0.7)


def wader(c: Canvas, x: float, y: float, s: float, kind: str, face: int = 1, head: float = 0, up: int = 1,
        wash: float = 0,
          sea: Color = MIST) -> None:
    """A shore bird standing at (x, y), s tall. head: 0 up, 1 probing; wash and up=-1 reflect it."""
    curlew = kind == "curlew"
    back, belly, bill, leg = (mix(CLAY, INK, 0.4), mix(SAND, CLAY, 0.25), INK, mix(TIDE, INK,
        0.4)) if curlew else (INK, CREAM, LANTERN, mix(LANTERN, BRICK, 0.5))
    back, belly, bill, leg = (mix(t, sea, wash) for t in (back, belly, bill, leg))

    def at(*pts: Point) -> list[Point]:
        return [(x + face * px * s, y - up * py * s) for px, py in pts]

    for k in (-0.04, 0.05):
        c.taper(at((k, 0.45), (k + 0.025, 0.24), (k - 0.01, 0.0)), s * 0.022, s * 0.016, leg)
        c.taper(at((k - 0.03, 0.0), (k + 0.06, 0.0)), s * 0.014, s * 0.01, leg)
    if head < 0.5:
        upper = smooth(at((-0.5, 0.46), (-0.3, 0.565), (-0.06, 0.645), (0.1, 0.675), (0.19, 0.745),
            (0.225, 0.85), (0.28, 0.915), (0.345, 0.91), (0.385, 0.872)))
        lower = smooth(at((0.385, 0.872), (0.335, 0.83), (0.31, 0.74), (0.3, 0.62), (0.22, 0.48),
            (0.04, 0.405), (-0.18, 0.425), (-0.5, 0.46)))
        tips = ((0.37, 0.882), (0.52, 0.875), (0.66, 0.8), (0.735, 0.69)) if curlew else ((0.36, 0.88),
            (0.5, 0.862), (0.66, 0.83))
        eye = (0.318, 0.88)
    else:
        upper = smooth(at((-0.5, 0.52), (-0.3, 0.6), (-0.06, 0.64), (0.14, 0.63), (0.27, 0.57), (0.38, 0.5),
            (0.45, 0.43), (0.455, 0.37)))
        lower = smooth(at((0.455, 0.37), (0.4, 0.36), (0.33, 0.41), (0.24, 0.44), (0.14, 0.42), (0.0, 0.4),
            (-0.2, 0.44), (-0.5, 0.52)))
        tips = ((0.44, 0.39), (0.55, 0.3), (0.58, 0.16), (0.54, 0.03)) if curlew else ((0.44, 0.39),
            (0.53, 0.2), (0.58, 0.05))
        eye = (0.415, 0.425)
    c.taper(at(*tips), s * (0.024 if curlew else 0.036), s * (0.009 if curlew else 0.02), bill, True)
    outline = upper + lower
    c.poly(outline, back)
    pale = smooth(at((-0.34, 0.475), (-0.1, 0.5), (0.12, 0.53), (0.27, 0.6), (0.29, 0.56), (0.21, 0.475),
        (0.04, 0.408), (-0.16, 0.428)), True) if head < 0.5 else smooth(
        at((-0.34, 0.515), (-0.1, 0.5), (0.1, 0.49), (0.2, 0.47), (0.12, 0.42), (0.0, 0.402), (-0.18, 0.435)),
        True)
    c.poly(pale, belly)
    if curlew and not wash:
        c.shade(outline, SAND, at((0.1, 0.8))[0], at((-0.05, 0.42))[0], 0.5)
        for row in range(4):
            for k in range(9 - row):
                fx, fy = -0.36 + k * 0.066 + row * 0.036, 0.52 + k * 0.009 + row * 0.031
                c.poly(at((fx, fy), (fx + 0.034, fy + 0.017), (fx + 0.06, fy + 0.008),
                    (fx + 0.03, fy - 0.006)), mix(INK, CLAY, 0.18))
        for k in range(16):
            t = k / 16
            fx, fy = 0.16 + 0.12 * (k % 3) / 3 + 0.05 * t, 0.6 + 0.24 * t
            c.line(at((fx, fy), (fx + 0.008, fy - 0.022)), s * 0.006, mix(INK, CLAY, 0.3))
    c.ellipse(*at(eye)[0], s * 0.015, s * 0.015, mix(LANTERN if not curlew else CREAM, sea, wash))
    c.ellipse(*at(eye)[0], s * 0.01, s * 0.01, mix(INK, sea, wash))


@picture("river-birds")
def river_birds(c: Canvas) -> None:
    """Curlew and oystercatchers on the ebb, the rest of the flock a scatter over the river."""
    sky(c, [(0, TIDE), (0.45, mix(MIST, FOG, 0.4)), (0.8, PAPER), (1, mix(GLOW, PAPER, 0.4))], 560)
    c.glow(1180, 520, 760, mix(GLOW, CREAM, 0.3), 0.9, 400)
    c.ellipse(1180, 470, 66, 66, mix(CREAM, GLOW, 0.25))
    for x, y, w in ((80, 190, 480), (700, 130, 380), (1350, 240, 460)):
        cloud(c, x, y, w, mix(CREAM, FOG, 0.3), mix(MIST, GLOW, 0.3), 0.1)
    ridge(c, 500, 18, mix(MIST, FOG, 0.35), 570)
    ridge(c, 530, 10, mix(TIDE, MIST, 0.5), 570, 0, 1000)
    for i in range(70):
        t = i / 70
        x, y = 260 + 620 * t + c.rng.gauss(0, 60), 340 - 130 * math.sin(t * 3) + c.rng.gauss(0, 24)
        gull(c, x, y, c.rng.uniform(5, 11), mix(INK, TIDE, 0.4), None, c.rng.uniform(-25, 25))
    c.gradient([(0, mix(GLOW, FOG, 0.5)), (0.25, mix(MIST, SAND, 0.4)), (1, mix(TIDE, CLAY, 0.3))],
        (0, 560, 1800, 1200))
    for y, amp, tone in ((596, 5, mix(CLAY, TIDE, 0.4)), (660, 10, mix(CLAY, SEA, 0.45)),
            (770, 16, mix(CLAY, SEA, 0.55)), (960, 24, mix(CLAY, DEEP, 0.6))):
        high = (y - 560) * 0.22 + 12
        x = c.rng.uniform(-300, 0)
        while x < 1800:
            w = c.rng.uniform(2.2, 5) * high * 4
            bar = c.blob([(x, y + amp), (x + w * 0.3, y - high * 0.4), (x + w * 0.75, y - high * 0.3),
                (x + w, y + amp * 0.4), (x + w * 0.6, y + high * 0.6),
                          (x + w * 0.2, y + high * 0.5)], tone)
            c.shade(bar, INK, (x, y + high * 0.7), (x, y - high * 0.4), 0.6)
            c.shade(bar, mix(GLOW, SAND, 0.3), (x, y - high * 0.5), (x, y + high * 0.1), 0.55)
            x += w * c.rng.uniform(1.1, 1.5)
    ripple(c, 580, 1190, CREAM, 110, opacity=0.6)
    birds = ((430, 850, 210, "oyster", 1, 1), (250, 760, 150, "oyster", 1, 0), (1480, 790, 180, "oyster", -1,
        0), (1570, 930, 240, "oyster", -1, 1),
             (640, 720, 120, "oyster", 1, 1), (1240, 730, 120, "curlew", -1, 1), (840, 1050, 600, "curlew", 1,
             0))
    for x, y, s, kind, face, head in birds:
        wader(c, x, y, s, kind, face, head, -1, 0.72, mix(TIDE, CLAY, 0.3))
        c.shiver(y, y + s, s / 60, x - s * 0.6, x + s * 0.6)
        ripple(c, y + 6, y + s * 0.7, mix(MIST, SAND, 0.3), round(s / 14), x - s * 0.5, x + s * 0.5, 0.7)
        wader(c, x, y, s, kind, face, head)
        c.poly([(x - s * 0.2, y), (x + s * 0.2, y - 2), (x + s * 0.25, y + 3), (x - s * 0.15, y + 4)],
            fade(CREAM, 0.6))
