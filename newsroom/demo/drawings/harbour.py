"""The quays and the river: boats at dawn, the market, the cranes, the bridge, the barrier."""

# Coordinates are read in rows, as they were drawn; one number per line would hide the shape.
# fmt: off

import math

from .boats import crate, fishing_boat, moored
from .brush import DAWN, DAY, DUSK, cloud, gull, ridge, ripple, sky, water
from .buildings import house, lantern_tower, stall, terrace
from .canvas import Canvas, Point, View, ring, smooth
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
    RUST,
    SAND,
    SEA,
    SKINS,
    TIDE,
    Color,
    fade,
    mix,
)
from .people import person
from .registry import picture


@picture("harbour-dawn")
def harbour_dawn(c: Canvas) -> None:
    """The paper's own view: the tower against the first light, the fleet still in."""
    horizon = 690
    sky(c, DAWN, horizon + 10)
    c.glow(1000, 640, 620, mix(GLOW, CREAM, 0.4), 0.85, 420)
    c.ellipse(1000, 590, 70, 70, mix(GLOW, CREAM, 0.75))
    for x, y, w in ((180, 300, 420), (1250, 210, 460), (620, 430, 360), (1380, 440, 300)):
        cloud(c, x, y, w, mix(MIST, PAPER, 0.3), mix(GLOW, PAPER, 0.3), 0.11)
    c.shade(ridge(c, 610, 22, mix(MIST, GLOW, 0.35), horizon), FOG, (0, horizon), (0, 590), 0.8)
    c.shade(ridge(c, 645, 14, mix(TIDE, PAPER, 0.3), horizon), mix(GLOW, FOG, 0.4), (900, 660), (300, 640),
        0.7)
    terrace(c, -20, 600, 700, 130, (mix(SEA, TIDE, 0.4), mix(SEA, BRICK, 0.2), mix(TIDE, MIST, 0.2), SEA),
        DEEP, lit=0.25, glass=DEEP,
            width=84)
    c.poly([(760, 706), (830, 668), (1340, 664), (1480, 706)], mix(DEEP, TIDE, 0.35))
    c.shade([(760, 706), (830, 668), (1340, 664), (1480, 706)], INK, (1100, 706), (1100, 660), 0.8)
    c.glow(1120, 290, 150, GLOW, 0.9)
    lantern_tower(c, 1120, 672, 470, mix(PAPER, TIDE, 0.3), BRICK, CREAM, NIGHT)
    house(c, 1180, 672, 88, 46, mix(TIDE, PAPER, 0.25), DEEP, kind="side", floors=1, lit=0.7)
    water(c, horizon + 8, 1200, mix(GLOW, MIST, 0.45), SEA)
    c.mirror(horizon + 8, 470, SEA, 0.72, 9)
    ripple(c, horizon + 10, 1180, mix(GLOW, CREAM, 0.3), 60, 640, 1240, 0.6)
    ripple(c, 760, 1200, DEEP, 110, opacity=0.45)
    c.rect(-10, 688, 640, 716, DEEP)
    for x in range(20, 640, 70):
        c.rect(x, 700, x + 9, 750, mix(DEEP, INK, 0.5))
    moored(c, 330, 800, 330, mix(SEA, TIDE, 0.3), SEA, cabin=mix(PAPER, TIDE, 0.3))
    moored(c, 1450, 830, 360, DEEP, SEA, face=-1, cabin=mix(PAPER, TIDE, 0.3))
    moored(c, 900, 980, 800, BRICK, SEA)
    ripple(c, 985, 1190, mix(BRICK, INK, 0.4), 22, 560, 1240, 0.7)
    ripple(c, 1000, 1190, GLOW, 16, 620, 1200, 0.5)
    for x, y, s in ((560, 330, 30), (660, 280, 20), (1350, 350, 26), (1430, 300, 17), (760, 380, 15)):
        gull(c, x, y, s, CREAM, DEEP, c.rng.uniform(-14, 14))


@picture("fish-market")
def fish_market(c: Canvas) -> None:
    """Old Quay on a market morning: awnings, crates of ice, the fleet's masts behind."""
    sky(c, [(0, mix(TIDE, MIST, 0.5)), (0.6, FOG), (1, mix(PAPER, GLOW, 0.4))], 640)
    c.glow(1200, 560, 700, mix(GLOW, CREAM, 0.5), 0.7, 400)
    for x, y, w in ((90, 200, 430), (1150, 150, 520), (640, 260, 280)):
        cloud(c, x, y, w, CREAM, mix(FOG, GLOW, 0.3), 0.13)
    ridge(c, 540, 16, mix(MIST, FOG, 0.5), 640)
    terrace(c, -30, 480, 600, 130, (mix(TIDE, FOG, 0.4), mix(BRICK, FOG, 0.55), mix(SAND, FOG, 0.4)),
        mix(TIDE, FOG, 0.25), glass=mix(TIDE, FOG, 0.2), width=86, shade=0.2)
    lantern_tower(c, 1560, 605, 420, mix(PAPER, MIST, 0.4), mix(BRICK, MIST, 0.35), GLOW, TIDE)
    water(c, 590, 760, FOG, TIDE, CREAM, 50)
    for x, length, hull, face in ((180, 560, SEA, 1), (800, 620, mix(MOSS, SEA, 0.4), -1), (1330, 600, BRICK,
            1), (1760, 420, DEEP, -1)):
        fishing_boat(c, x, 690, length, mix(hull, MIST, 0.35), face=face, house_color=PAPER,
            rig=mix(INK, TIDE, 0.5))
    c.gradient([(0, mix(SAND, FOG, 0.3)), (1, mix(CLAY, TIDE, 0.35))], (0, 720, 1800, 1200))
    c.rect(0, 712, 1800, 728, mix(SEA, INK, 0.3))
    for _ in range(90):
        y = 740 + 460 * c.rng.random() ** 1.2
        x, w = c.rng.uniform(-40, 1800), 40 + (y - 720) * 0.25
        c.line([(x, y), (x + w, y)], 2, fade(SEA, 0.25))
    ripple(c, 800, 1190, CREAM, 30, opacity=0.5)
    for x, stripe in ((-190, SEA), (1380, MOSS)):
        stall(c, x, 960, 560, 430, stripe, CREAM, mix(SAND, PAPER, 0.4))
    person(c, 230, 960, 300, DEEP, hair=mix(BRICK, INK, 0.3), style="bun", arms=("forward", "forward"),
        skin=SKINS[0])
    person(c, 1560, 900, 290, BRICK, hat=INK, style="beanie", face=-1, arms=("forward", "hip"), skin=SKINS[2])
    for x in (-170, 20, 1400, 1590):
        c.rect(x, 800, x + 170, 830, mix(SAND, INK, 0.1))
        crate(c, x + 4, 806, 160, 56, c.rng.choice((TIDE, mix(TIDE, MIST, 0.5))), "fish")
    stall(c, 420, 1050, 980, 660, BRICK, CREAM, PAPER)
    for x in (600, 910, 1220):
        c.glow(x, 660, 190, GLOW, 0.75)
        c.line([(x, 585), (x, 628)], 3, INK)
        c.poly([(x - 32, 658), (x + 32, 658), (x + 14, 626), (x - 14, 626)], INK)
        c.ellipse(x, 660, 17, 11, CREAM)
    person(c, 1090, 1044, 430, mix(CREAM, SAND, 0.3), SEA, skin=SKINS[2], hair=INK, style="bun", face=1,
        arms=("forward", "forward"), hem=0.3)
    vendor = person(c, 800, 1044, 440, SEA, hair=mix(SAND, CLAY, 0.5), style="beard", hat=LANTERN, face=1,
        arms=("reach", "forward"), skin=SKINS[1])
    hx, hy = vendor["far"]
    c.blob([(hx - 8, hy - 10), (hx + 18, hy + 30), (hx + 8, hy + 100), (hx - 14, hy + 40)], MIST)
    c.poly([(hx + 6, hy + 92), (hx + 30, hy + 128), (hx - 16, hy + 126)], MIST)
    c.rect(420, 842, 1400, 1050, PAPER)
    c.rect(406, 830, 1414, 852, CREAM)
    c.shade((420, 852, 1400, 1050), SEA, (900, 840), (900, 1050), 0.5)
    for i, kind in enumerate(("fish", "crab", "fish", "crab", "fish")):
        crate(c, 434 + i * 192, 836, 178, 70, (TIDE, BRICK, mix(MIST, TIDE, 0.4), LANTERN, TIDE)[i], kind)
    c.text(910, 960, "OLD QUAY FISH", 54, DEEP, "mm", 10, 1.2)
    for x, coat, face, style, hem in ((370, LANTERN, 1, "bob", 0.3), (1400, FERN, -1, "long", 0.3),
            (1530, DEEP, -1, "short", 0.4)):
        h = person(c, x, 1150, 500, coat, INK, skin=SKINS[(x // 7) % 4], hair=(INK, RUST, NIGHT)[x % 3],
            style=style, face=face, hem=hem,
                   arms=("forward", "down"), scarf=CREAM if x == 370 else None)["near"]
        c.poly([(h[0] - 34, h[1] + 14), (h[0] + 34, h[1] + 14), (h[0] + 28, h[1] + 84),
            (h[0] - 28, h[1] + 84)], CLAY)
        c.line(ring(h[0], h[1] + 14, 18, 24, 180, 360), 3, INK)
    for x, y, size, bank in ((360, 330, 46, -8), (1290, 290, 34, 10), (700, 320, 24, 4), (980, 250, 18, -6)):
        gull(c, x, y, size, CREAM, INK, bank)


def boxes(c: Canvas, x: float, y: float, w: float, h: float, columns: int, rows: list[int],
        haze: float = 0) -> None:
    """Container stacks from the bottom up; rows gives the height of each column."""
    for i in range(columns):
        for j in range(rows[i % len(rows)]):
            color = mix(c.rng.choice((BRICK, SEA, LANTERN, MOSS, TIDE, SAND, DEEP, RUST)), MIST, haze)
            bx, by = x + i * w, y - (j + 1) * h
            c.rect(bx, by, bx + w - 2, by + h - 2, color)
            for k in range(1, 9):
                c.rect(bx + w * k / 9 - 1, by + 3, bx + w * k / 9 + 1, by + h - 5, fade(INK, 0.16))
    c.shade((x, y - h * max(rows), x + w * columns, y), INK, (x, y), (x, y - h * max(rows)), 0.35)


def gantry(c: Canvas, x: float, y: float, h: float, color: Color, boom: float = 1) -> None:
    """A quay crane with its boom over the water to the left."""
    for px in (0, 0.26):
        c.taper([(x + px * h, y), (x + px * h, y - h * 0.62)], h * 0.026, h * 0.022, color)
    c.line([(x, y - h * 0.3), (x + 0.26 * h, y - h * 0.3)], h * 0.02, color)
    c.line([(x, y - h * 0.3), (x + 0.26 * h, y)], h * 0.008, color)
    c.line([(x + 0.26 * h, y - h * 0.3), (x, y - h * 0.6)], h * 0.008, color)
    c.rect(x - 0.62 * h * boom, y - h * 0.655, x + 0.46 * h, y - h * 0.615, color)
    c.taper([(x + 0.02 * h, y - h * 0.64), (x + 0.07 * h, y - h * 0.98)], h * 0.02, h * 0.014, color)
    c.taper([(x + 0.24 * h, y - h * 0.64), (x + 0.07 * h, y - h * 0.98)], h * 0.016, h * 0.012, color)
    for px in (-0.56 * boom, -0.28 * boom, 0.44):
        c.line([(x + 0.07 * h, y - h * 0.97), (x + px * h, y - h * 0.65)], max(1.5, h * 0.005), color)
    c.rect(x + 0.28 * h, y - h * 0.73, x + 0.44 * h, y - h * 0.65, color)


@picture("container-quay")
def container_quay(c: Canvas) -> None:
    """The night shift starts: cranes against the last light, a feeder ship half unloaded."""
    sky(c, DUSK, 800)
    c.glow(820, 800, 900, mix(LANTERN, GLOW, 0.5), 0.75, 460)
    for x, y, w in ((100, 240, 520), (1100, 180, 620), (560, 430, 480), (1350, 470, 420)):
        cloud(c, x, y, w, mix(DEEP, BRICK, 0.2), mix(LANTERN, BRICK, 0.3), 0.1)
    ridge(c, 740, 16, mix(DEEP, BRICK, 0.25), 820)
    for x, h in ((420, 420), (1010, 470)):
        gantry(c, x, 800, h, mix(DEEP, BRICK, 0.2), 0.9)
    boxes(c, 1130, 806, 92, 38, 8, [3, 4, 4, 2, 3, 5, 3, 4], 0.1)
    water(c, 800, 1200, mix(LANTERN, DEEP, 0.45), NIGHT)
    c.mirror(802, 250, DEEP, 0.5, 8)
    boxes(c, 250, 792, 98, 42, 9, [3, 4, 2, 4, 4, 1, 0, 2, 3])
    bridge = [(1080, 800), (1080, 520), (1200, 520), (1212, 800)]
    c.poly(bridge, CREAM)
    c.shade(bridge, SEA, (1210, 800), (1090, 560), 0.85)
    c.rect(1064, 520, 1222, 540, BRICK)
    for j in range(4):
        for i in range(3):
            c.rect(1098 + i * 36, 566 + j * 54, 1120 + i * 36, 590 + j * 54, GLOW if (i + j) % 3 else DEEP)
    c.rect(1140, 440, 1180, 520, BRICK)
    c.line([(1105, 520), (1105, 400)], 5, INK)
    hull = [(170, 780), *smooth([(170, 780), (240, 800), (700, 800), (1100, 796), (1260, 776)]), (1235, 930),
        (290, 930)]
    c.poly(hull, NIGHT)
    c.shade(hull, INK, (700, 940), (700, 790), 0.9)
    c.poly([(282, 905), (1238, 905), (1232, 932), (294, 932)], BRICK)
    c.text(345, 862, "MERROW", 40, CREAM, "ls", 6, 0.6)
    big = mix(LANTERN, BRICK, 0.15)
    gantry(c, 1330, 1010, 980, mix(INK, NIGHT, 0.4))
    c.rect(1322, 400, 1338, 1010, big)
    c.rect(1577, 400, 1593, 1010, big)
    c.rect(720, 370, 1790, 404, big)
    c.shade((720, 370, 1790, 404), RUST, (1790, 404), (800, 380), 0.8)
    c.rect(870, 404, 920, 440, CREAM)
    for dx in (-52, 52):
        c.line([(895 + dx * 0.4, 440), (895 + dx, 560)], 2.5, INK)
    c.rect(836, 560, 954, 572, INK)
    c.rect(838, 572, 952, 620, LANTERN)
    for k in range(1, 9):
        c.rect(838 + k * 12.7 - 1, 576, 838 + k * 12.7 + 1, 616, fade(INK, 0.2))
    c.glow(895, 470, 150, GLOW, 0.5)
    c.poly([(1240, 1004), (1800, 1000), (1800, 1200), (1120, 1200)], INK)
    c.shade([(1240, 1004), (1800, 1000), (1800, 1200), (1120, 1200)], SEA, (1500, 1000), (1500, 1120), 0.6)
    boxes(c, 1640, 1002, 130, 54, 2, [3, 2])
    c.rect(1240, 1002, 1800, 1012, LANTERN)
    for x, coat, face in ((1410, LANTERN, -1), (1480, MOSS, -1)):
        person(c, x, 1003, 170, coat, NIGHT, hat=CREAM, face=face, arms=("reach", "hip"))
    ripple(c, 940, 1190, LANTERN, 70, 100, 1200, 0.5)
    ripple(c, 940, 1190, INK, 70, 0, 1200, 0.5)


@picture("swing-bridge")
def swing_bridge(c: Canvas) -> None:
    """The swing span stands half open on its pivot; scaffolding wraps the cracked ring."""
    sky(c, DAY, 760)
    c.glow(1150, 700, 700, mix(GLOW, CREAM, 0.5), 0.7, 380)
    for x, y, w in ((120, 190, 520), (1080, 260, 600), (700, 120, 300)):
        cloud(c, x, y, w, CREAM, mix(FOG, SAND, 0.4), 0.12)
    ridge(c, 690, 14, mix(MIST, FOG, 0.4), 780)
    terrace(c, 40, 700, 770, 110, (mix(MIST, TIDE, 0.4), mix(MIST, BRICK, 0.25), MIST), mix(TIDE, MIST, 0.3),
        glass=TIDE, width=74, shade=0.3)
    terrace(c, 1120, 1800, 770, 100, (mix(MIST, TIDE, 0.4), mix(MIST, SAND, 0.4), MIST), mix(TIDE, MIST, 0.3),
        glass=TIDE, width=70, shade=0.3)
    water(c, 766, 1200, mix(FOG, TIDE, 0.3), mix(SEA, TIDE, 0.3))
    c.mirror(768, 150, TIDE, 0.55, 5)
    ripple(c, 780, 1190, CREAM, 110, opacity=0.5)
    view = View(880, 545, 1500, 17)
    spin, centre, half = math.radians(58), 62.0, 25.0

    def at(along: float, across: float, up: float) -> Point:
        return view(along * math.cos(spin) + across * math.sin(spin), up,
            centre - along * math.sin(spin) + across * math.cos(spin))

    for side in (-1, 1):
        quay = [view(side * 22, 10, 72), view(side * 22, 10, 52), view(side * 22, 0, 52), view(side * 22, 0,
            72)]
        front = [view(side * 22, 10, 52), view(side * 60, 10, 52), view(side * 60, 0, 52), view(side * 22, 0,
            52)]
        for face, tone, full in ((quay, mix(SAND, SEA, 0.4), quay[2]), (front, mix(SAND, TIDE, 0.22),
                front[3])):
            c.poly(face, tone)
            for k in range(1, 6):
                t = k / 6
                c.line([(face[0][0] + (face[3][0] - face[0][0]) * t,
                    face[0][1] + (face[3][1] - face[0][1]) * t),
                        (face[1][0] + (face[2][0] - face[1][0]) * t,
                        face[1][1] + (face[2][1] - face[1][1]) * t)], 1.6, fade(DEEP, 0.35))
            c.shade(face, DEEP, (full[0], full[1] + 30), face[1], 0.8)
        road = [view(side * 22, 10, 72), view(side * 22, 10, 52), view(side * 60, 10, 52), view(side * 60, 10,
            72)]
        c.poly(road, mix(FOG, SAND, 0.4))
        c.line([view(side * 22, 10, 62), view(side * 60, 10, 62)], 4, CREAM)
        x, y = view(side * 24, 10, 53)
        c.rect(x - 5, y - 120, x + 5, y, INK)
        for k in range(5):
            c.rect(x + side * (8 + k * 34), y - 92, x + side * (42 + k * 34), y - 78, CREAM if k % 2
                else BRICK)
        c.ellipse(x, y - 128, 14, 14, BRICK)
    c.mirror(960, 120, TIDE, 0.3, 5)
    px, py = view(0, 0, centre)
    top = view(0, 8.6, centre)[1]
    c.ellipse(px, py + 8, 178, 34, fade(DEEP, 0.6))
    pier = [(px - 132, top), (px + 132, top), (px + 150, py), *ring(px, py, 150, 28, 0, 180), (px - 150, py)]
    c.poly(pier, mix(SAND, CREAM, 0.2))
    for k in range(6):
        c.line(ring(px, top + 20 + 36 * k, 134 + 3 * k, 22, 4, 176), 1.8, fade(DEEP, 0.35))
    c.shade(pier, DEEP, (px + 160, py), (px - 100, py), 0.95)
    c.poly([*ring(px, top, 146, 24, 180, 360), *ring(px, top + 26, 146, 24, 0, 180)], BRICK)
    for k in range(-6, 7):
        c.rect(px + k * 21 - 3, top + 8 - abs(k), px + k * 21 + 3, top + 46 - abs(k) * 2.4, RUST)
    steps = [i / 10 for i in range(-10, 11)]

    def chord(s: float) -> float:
        return 11.6 + 7.4 * (1 - abs(s)) ** 1.2

    def truss(across: float, tone: Color, wide: float) -> None:
        low, high = [at(half * s, across, 10.2) for s in steps], [at(half * s, across, chord(s))
            for s in steps]
        c.line([low[0], high[0]], wide, tone)
        c.line(high, wide, tone)
        for i in range(21):
            c.line([low[i], high[i]], wide * 0.5, tone)
            if i != 10:
                c.line([low[i], high[i + 1 if i < 10 else i - 1]], wide * 0.38, tone)
        c.poly([at(-half, across, 10.5), at(half, across, 10.5), at(half, across, 8.7), at(-half, across,
            8.7)], tone)

    truss(3.6, mix(SEA, TIDE, 0.5), 6)
    deck = [at(-half, 3.5, 10), at(half, 3.5, 10), at(half, -3.5, 10), at(-half, -3.5, 10)]
    c.poly(deck, mix(FOG, TIDE, 0.45))
    c.line([at(-half, 0, 10), at(half, 0, 10)], 4, CREAM)
    c.poly([at(half, 3.6, 10.4), at(half, -3.6, 10.4), at(half, -3.6, 8.7), at(half, 3.6, 8.7)],
        mix(INK, BRICK, 0.55))
    for across in (3.6, -3.6):
        c.taper([at(0, across, 10), at(0, across, 19.2)], 13, 11, INK)
    c.line([at(0, 3.6, 18.6), at(0, -3.6, 18.6)], 10, INK)
    truss(-3.6, INK, 9)
    for face, tone in (([at(-2.2, -3, 19), at(2.2, -3, 19), at(2.2, -3, 22.4), at(-2.2, -3, 22.4)], CREAM),
                       ([at(2.2, -3, 19), at(2.2, 3, 19), at(2.2, 3, 22.4), at(2.2, -3, 22.4)],
                       mix(CREAM, TIDE, 0.4))):
        c.poly(face, tone)
    for k in (-1.7, 0.3):
        c.poly([at(k, -3, 20.2), at(k + 1.4, -3, 20.2), at(k + 1.4, -3, 21.8), at(k, -3, 21.8)], DEEP)
        c.poly([at(2.2, k * 1.3, 20.2), at(2.2, k * 1.3 + 1.9, 20.2), at(2.2, k * 1.3 + 1.9, 21.8),
            at(2.2, k * 1.3, 21.8)], DEEP)
    peak = at(0, 0, 25)
    c.poly([at(-2.7, -3.6, 22.4), at(2.7, -3.6, 22.4), peak], BRICK)
    c.poly([at(2.7, -3.6, 22.4), at(2.7, 3.6, 22.4), peak], RUST)
    c.line([peak, (peak[0], peak[1] - 50)], 4, INK)
    c.poly([(peak[0], peak[1] - 50), (peak[0] + 40, peak[1] - 42), (peak[0], peak[1] - 32)], LANTERN)
    for k in range(8):
        x = px - 224 + 64 * k
        c.line([(x, top - 60), (x, py + 34)], 4, LANTERN)
        if k < 7 and k % 2:
            c.line([(x, py + 30), (x + 64, top + 40)], 2.4, LANTERN)
    for j in range(3):
        y = top + 30 + 84 * j
        c.rect(px - 240, y, px + 240, y + 8, mix(CLAY, SAND, 0.3))
        c.line([(px - 236, y - 34), (px + 236, y - 34)], 2.2, LANTERN)
    for x, j, face in ((px - 190, 0, 1), (px + 176, 1, -1), (px - 130, 2, 1), (px + 205, 0, -1)):
        person(c, x, top + 30 + 84 * j, 72, mix(LANTERN, GLOW, 0.3), DEEP, hat=CREAM, face=face,
            arms=("forward", "reach"))
    c.poly([(px - 320, py + 40), (px + 340, py + 40), (px + 300, py + 96), (px - 280, py + 96)], DEEP)
    c.shade([(px - 320, py + 40), (px + 340, py + 40), (px + 300, py + 96), (px - 280, py + 96)], INK,
        (px, py + 100), (px, py + 40), 0.8)
    c.rect(px - 326, py + 34, px + 346, py + 46, LANTERN)
    c.rect(px + 190, py - 26, px + 290, py + 36, CREAM)
    c.shade((px + 190, py - 26, px + 290, py + 36), TIDE, (px + 290, py + 36), (px + 200, py - 20), 0.8)
    c.rect(px + 206, py - 12, px + 236, py + 10, DEEP)
    ripple(c, py + 90, 1190, DEEP, 60, 300, 1500, 0.4)


@picture("flood-barrier")
def flood_barrier(c: Canvas) -> None:
    """Three gates hung, two bays open: the state of the Sluice told by its rhythm."""
    sky(c, [(0, TIDE), (0.5, MIST), (0.85, PAPER), (1, mix(GLOW, PAPER, 0.5))], 800)
    c.glow(1500, 760, 700, GLOW, 0.8, 420)
    for x, y, w in ((60, 230, 540), (900, 140, 520), (1300, 330, 500)):
        cloud(c, x, y, w, CREAM, mix(MIST, PAPER, 0.3), 0.11)
    water(c, 770, 1200, mix(GLOW, FOG, 0.5), mix(SEA, TIDE, 0.2))
    pitch, first = 322, 95
    c.rect(0, 648, 1800, 672, mix(DEEP, TIDE, 0.4))
    for i in range(5):
        x0, x1 = first + i * pitch + 50, first + (i + 1) * pitch - 50
        if i > 2:
            continue
        lift = (0, 0, 92)[i]
        gate = [(x0, 520 - lift), (x1, 520 - lift), (x1, 850 - lift), (x0, 850 - lift)]
        c.poly(gate, BRICK)
        for k in range(4):
            c.rect(x0, 552 - lift + k * 78, x1, 566 - lift + k * 78, mix(BRICK, RUST, 0.75))
        for k in range(1, 6):
            c.rect(x0 + (x1 - x0) * k / 6 - 3, 520 - lift, x0 + (x1 - x0) * k / 6 + 3, 850 - lift,
                mix(BRICK, RUST, 0.45))
        c.rect(x0, 520 - lift, x1, 534 - lift, LANTERN)
        c.shade(gate, INK, (x1, 860), (x0, 560), 0.7)
        c.text((x0 + x1) / 2, 632 - lift, str(i + 1), 54, CREAM, "mm", bold=1.5)
    for i in range(6):
        x = first + i * pitch
        hood = [(x - 70, 380), (x - 70, 286), (x + 70, 226), (x + 70, 380)]
        c.poly(hood, mix(PAPER, FOG, 0.3))
        c.shade(hood, TIDE, (x + 80, 400), (x - 50, 260), 0.9)
        c.poly([(x - 82, 294), (x - 82, 278), (x + 82, 208), (x + 82, 224)], DEEP)
        shaft = [(x - 50, 380), (x + 50, 380), (x + 58, 900), (x - 58, 900)]
        c.poly(shaft, mix(PAPER, SAND, 0.35))
        c.shade(shaft, SEA, (x + 60, 640), (x - 40, 640), 0.9)
        c.rect(x - 78, 374, x + 78, 392, DEEP)
        for k in range(3):
            c.rect(x - 48 + k * 36, 316, x - 22 + k * 36, 348, mix(GLOW, LANTERN, 0.3) if i < 3 else DEEP)
        c.ellipse(x, 470, 13, 13, LANTERN if i < 4 else mix(BRICK, INK, 0.2))
        foot = [(x - 74, 850), (x + 74, 850), (x + 96, 915), (x - 96, 915)]
        c.poly(foot, mix(SAND, TIDE, 0.45))
        c.shade(foot, INK, (x, 920), (x, 850), 0.8)
    c.mirror(905, 290, SEA, 0.45, 8)
    ripple(c, 930, 1195, GLOW, 60, 500, 1800, 0.5)
    ripple(c, 920, 1195, DEEP, 80, opacity=0.4)
    x0, x1 = first + 2 * pitch + 50, first + 3 * pitch - 50
    crane_x = first + 3.5 * pitch
    c.rect(0, 392, first + 3 * pitch, 404, mix(DEEP, SEA, 0.5))
    c.line([(0, 366), (first + 3 * pitch, 366)], 2, DEEP)
    tip = ((x0 + x1) / 2, 90)
    c.lattice((crane_x + 40, 860), tip, 44, 26, INK, 4.5, 0.35)
    c.lattice((crane_x + 40, 850), (crane_x + 250, 500), 34, 12, INK, 4, 0.4)
    c.line([tip, (crane_x + 250, 500), (crane_x + 190, 880)], 2.5, INK)
    c.line([tip, ((x0 + x1) / 2, 330)], 3, INK)
    c.line([(x0 + 12, 428), ((x0 + x1) / 2, 330), (x1 - 12, 428)], 3, INK)
    c.poly([(crane_x - 180, 960), (crane_x + 330, 960), (crane_x + 290, 1050), (crane_x - 130, 1050)],
        fade(INK, 0.35))
    barge = [(crane_x - 190, 880), (crane_x + 340, 880), (crane_x + 310, 965), (crane_x - 160, 965)]
    c.poly(barge, INK)
    c.rect(crane_x - 190, 876, crane_x + 340, 890, LANTERN)
    c.rect(crane_x + 90, 770, crane_x + 250, 880, CREAM)
    c.shade((crane_x + 90, 770, crane_x + 250, 880), TIDE, (crane_x + 250, 880), (crane_x + 100, 770), 0.8)
    for k in range(3):
        c.rect(crane_x + 108 + 46 * k, 792, crane_x + 138 + 46 * k, 822, DEEP)
    c.rect(crane_x + 10, 800, crane_x + 90, 880, BRICK)
    ripple(c, 966, 1080, GLOW, 14, crane_x - 200, crane_x + 360, 0.6)
    c.poly([(0, 1110), (760, 1140), (820, 1200), (0, 1200)], INK)
    for x, coat, face, arms in ((520, LANTERN, 1, ("reach", "pocket")), (590, SEA, -1, ("down", "carry")),
            (420, BRICK, 1, ("down", "hip"))):
        person(c, x, 1142, 190, coat, NIGHT, hat=CREAM, face=face, arms=arms, skin=SKINS[(x // 10) % 3],
            light=1)
