"""Hands and feet at work: the longboat, the potter's wheel, the match."""

# Coordinates are read in rows, as they were drawn; one number per line would hide the shape.
# fmt: off

import math

from .buildings import house
from .canvas import Canvas, View, arch, ring, smooth, turn
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


@picture("museum-boat")
def museum_boat(c: Canvas) -> None:
    """The longboat fills the net loft from wall to wall; a child stands under its stem."""
    c.gradient([(0, mix(SEA, INK, 0.3)), (1, mix(SEA, TIDE, 0.4))], (0, 0, 1800, 900))
    for k in range(30):
        c.line([(k * 62, 0), (k * 62, 900)], 2, fade(INK, 0.2))
    for x in (260, 900, 1540):
        pane = arch(x - 110, x + 110, 250, 520, 100)
        c.glow(x, 330, 360, CREAM, 0.55)
        c.poly(pane, mix(CREAM, GLOW, 0.2))
        c.shade(pane, MIST, (x, 140), (x, 520), 0.6)
        for k in (-55, 0, 55):
            c.line([(x + k, 160), (x + k, 520)], 5, DEEP)
        for y in (250, 340, 430):
            c.line([(x - 110, y), (x + 110, y)], 5, DEEP)
        c.line(pane, 12, mix(CLAY, DEEP, 0.3))
        ray = [(x - 110, 200), (x + 110, 520), (x + 420, 1000), (x - 60, 1000)]
        c.shade(ray, mix(CREAM, GLOW, 0.4), (x, 200), (x + 240, 1000), 0.38)
    for x in (-40, 580, 1220, 1840):
        c.taper([(x, 900), (x, 60)], 34, 30, mix(CLAY, INK, 0.5))
        c.taper([(x, 260), (x + 160, 70)], 20, 18, mix(CLAY, INK, 0.5))
        c.taper([(x, 260), (x - 160, 70)], 20, 18, mix(CLAY, INK, 0.5))
    c.rect(0, 40, 1800, 84, mix(CLAY, INK, 0.45))
    for k in range(19):
        x0, x1 = 40 + k * 95, 90 + k * 95
        c.rect(x0, 0, x1 - 26, 40, mix(CLAY, INK, 0.55))
    for x0, x1, drop in ((330, 800, 250), (1000, 1480, 210)):
        for k in range(15):
            t = k / 14
            c.line(smooth([(x0 + (x1 - x0) * t, 84), (x0 + (x1 - x0) * (0.5 + (t - 0.5) * 0.85),
                84 + drop * math.sin(math.pi * t) * 0.6 + 12), (x0 + (x1 - x0) * (0.5 + (t - 0.5) * 0.5),
                84 + drop * math.sin(math.pi * t))]),
                   1.5, mix(SAND, SEA, 0.3))
        for j in (0.3, 0.6, 0.9):
            c.line(smooth([(x0 + (x1 - x0) * k / 10 * 1, 84 + drop * j * math.sin(math.pi * k / 10))
                for k in range(11)]), 1.5, mix(SAND, SEA, 0.3))
        for k in range(6):
            t = (k + 0.5) / 6
            c.ellipse(x0 + (x1 - x0) * t, 86 + drop * 0.9 * math.sin(math.pi * t), 10, 10, (LANTERN, BRICK,
                GLOW)[k % 3])
    c.gradient([(0, mix(CLAY, TIDE, 0.3)), (1, mix(CLAY, INK, 0.5))], (0, 880, 1800, 1200))
    for k in range(-14, 15):
        c.line([(900 + k * 110, 880), (900 + k * 190, 1200)], 2, fade(INK, 0.3))
    c.shade((0, 880, 1800, 1200), GLOW, (1000, 900), (1000, 1120), 0.4)
    c.ellipse(900, 990, 720, 40, fade(INK, 0.45))
    sheer = smooth([(120, 470), (230, 560), (480, 640), (900, 668), (1320, 640), (1560, 550), (1690, 440)])
    keel = smooth([(1690, 440), (1640, 640), (1480, 820), (1200, 920), (900, 940), (600, 920), (340, 820),
        (190, 660), (120, 470)])
    c.poly(sheer + keel, mix(CLAY, BRICK, 0.3))
    inner = smooth([(140, 480), (480, 610), (900, 632), (1320, 610), (1670, 452)]) + sheer[::-1]
    c.poly(inner, mix(RUST, INK, 0.4))
    for j in range(1, 6):
        t = j / 6
        line = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in
                zip(smooth([(120, 470), (480, 640), (900, 668), (1320, 640), (1690, 440)]),
                smooth([(120, 470), (340, 820), (900, 940), (1480, 820), (1690, 440)]), strict=True)]
        c.line(line, 4, mix(RUST, INK, 0.35))
        for k in range(3, len(line) - 3):
            c.ellipse(line[k][0], line[k][1] + 9, 2, 2, mix(SAND, CLAY, 0.4))
    c.shade(sheer + keel, mix(RUST, INK, 0.6), (900, 960), (860, 620), 0.9)
    c.shade(sheer + keel, mix(SAND, GLOW, 0.4), (420, 560), (760, 760), 0.35)
    c.line(sheer, 20, mix(SAND, LANTERN, 0.3))
    c.taper(smooth([(1640, 660), (1690, 440), (1700, 330), (1660, 280), (1620, 300)]), 30, 16,
        mix(CLAY, BRICK, 0.5))
    c.taper(smooth([(176, 660), (120, 470), (104, 360), (130, 330)]), 26, 16, mix(CLAY, BRICK, 0.5))
    for k in range(5):
        x = 460 + k * 210
        y = 640 - abs(k - 2) * 6
        c.taper([(x, y - 4), (x - 150, 470 - (k % 2) * 10)], 11, 9, mix(SAND, CLAY, 0.4))
        c.poly(turn([(x - 164, 480), (x - 136, 480), (x - 142, 380), (x - 158, 380)], x - 150, 470, -40),
            mix(SAND, CLAY, 0.3))
    for x in (420, 760, 1050, 1390):
        c.poly([(x - 60, 1000), (x - 30, 880), (x + 30, 880), (x + 60, 1000)], mix(INK, DEEP, 0.4))
        c.rect(x - 76, 990, x + 76, 1008, INK)
    c.rect(1180, 1010, 1330, 1080, CREAM)
    c.poly([(1180, 1010), (1330, 1010), (1316, 992), (1194, 992)], FOG)
    c.taper([(1255, 1080), (1255, 1160)], 12, 12, INK)
    for k in range(4):
        c.rect(1196, 1024 + k * 13, 1310 - 30 * (k == 3), 1029 + k * 13, TIDE)
    for x in (200, 620, 1000, 1420, 1700):
        c.taper([(x, 1075), (x, 1000)], 10, 8, LANTERN)
        c.ellipse(x, 998, 9, 9, GLOW)
    c.line(smooth([(x, y) for x, y in zip((0, 200, 410, 620, 810, 1000, 1210, 1420, 1560, 1700, 1800),
        (1020, 1004, 1034, 1004, 1032, 1004, 1034, 1004, 1028, 1004, 1014), strict=True)]), 5, BRICK)
    c.ellipse(820, 1150, 190, 12, fade(INK, 0.5))
    person(c, 760, 1150, 400, SEA, INK, skin=SKINS[3], hair=INK, style="bun", face=1, hem=0.28,
        arms=("down", "down"), scarf=LANTERN)
    person(c, 880, 1150, 250, LANTERN, DEEP, skin=SKINS[3], hair=INK, style="ponytail", face=1, hem=0.42,
        arms=("wave", "down"), head=1.4)


def pot(c: Canvas, x: float, y: float, w: float, h: float, shape: str, glaze: Color,
        dip: Color | None = None) -> None:
    """A thrown pot standing at (x, y), with a dipped rim if asked."""
    half = {"jar": (0.28, 0.34, 0.5, 0.44, 0.26), "bowl": (0.2, 0.34, 0.44, 0.49, 0.5), "bottle": (0.34, 0.46,
        0.4, 0.14, 0.16), "cup": (0.38, 0.44, 0.46, 0.47, 0.48)}[shape]
    right = smooth([(x + w * k, y - h * i / 4) for i, k in enumerate(half)])
    left = smooth([(x - w * k, y - h * i / 4) for i, k in enumerate(half)])
    outline = right + left[::-1]
    c.poly(outline, glaze)
    if dip:
        n = len(right) * 5 // 8
        c.poly(right[n:] + left[n:][::-1], dip)
    c.ellipse(x, y - h, w * half[-1], w * half[-1] * 0.2, mix(dip or glaze, INK, 0.4))
    c.shade(outline, mix(glaze, INK, 0.7), (x + w * 0.5, y), (x - w * 0.25, y - h), 0.75)


@picture("ceramics-studio")
def ceramics_studio(c: Canvas) -> None:
    """Greta Moss at the wheel in window light, last month's firing on the shelves behind her."""
    c.gradient([(0, mix(FOG, PAPER, 0.4)), (1, mix(SAND, FOG, 0.3))], (0, 0, 1800, 1010))
    c.gradient([(0, mix(CLAY, TIDE, 0.25)), (1, mix(CLAY, SEA, 0.5))], (0, 1000, 1800, 1200))
    c.rect(90, 110, 480, 760, mix(DEEP, SEA, 0.5))
    c.gradient([(0, MIST), (0.6, CREAM), (1, mix(GLOW, CREAM, 0.4))], (110, 130, 460, 740))
    house(c, 150, 740, 110, 140, mix(TIDE, FOG, 0.5), mix(TIDE, FOG, 0.2), glass=mix(TIDE, FOG, 0.3), shade=0)
    house(c, 270, 740, 130, 190, mix(BRICK, FOG, 0.55), mix(TIDE, FOG, 0.2), kind="step", glass=mix(TIDE, FOG,
        0.3), shade=0)
    for x in (226, 343):
        c.rect(x - 4, 130, x + 4, 740, mix(DEEP, SEA, 0.5))
    for y in (330, 536):
        c.rect(110, y - 4, 460, y + 4, mix(DEEP, SEA, 0.5))
    c.rect(70, 750, 500, 776, mix(PAPER, CREAM, 0.5))
    for x, s, g in ((150, "cup", TIDE), (220, "bottle", BRICK), (400, "bowl", MOSS)):
        pot(c, x, 752, 70, 74, s, g, CREAM)
    c.shade([(110, 130), (460, 130), (1500, 1100), (600, 1100)], CREAM, (280, 300), (1150, 1000), 0.45)
    wares = (TIDE, DEEP, BRICK, CREAM, MOSS, SAND, mix(LANTERN, CLAY, 0.3), SEA)
    for j in range(4):
        y = 270 + j * 190
        x = 1130 if j > 0 else 640
        if j == 3:
            x = 1250
        start = x - 36
        while x < 1740:
            w, h = c.rng.uniform(56, 104), c.rng.uniform(64, 136)
            shape = c.rng.choice(("jar", "bowl", "bottle", "cup"))
            if shape == "bowl":
                h *= 0.55
            glaze = c.rng.choice(wares)
            pot(c, x + w / 2, y, w, h, shape, glaze, c.rng.choice((None, CREAM, mix(glaze, INK, 0.5),
                LANTERN)))
            x += w + c.rng.uniform(10, 24)
        c.rect(start - 20, y, 1800, y + 18, mix(CLAY, BRICK, 0.15))
        c.shade((start - 20, y + 18, 1800, y + 66), CLAY, (0, y + 16), (0, y + 66), 0.7)
    for x in (1160, 1700):
        c.rect(x, 288, x + 12, 1010, mix(CLAY, INK, 0.3))
    c.line([(900, 0), (900, 96)], 3, INK)
    c.poly([(822, 160), (978, 160), (930, 96), (870, 96)], BRICK)
    c.glow(900, 176, 260, GLOW, 0.6)
    wx, wy = 1010, 800
    c.ellipse(940, 1112, 430, 34, fade(INK, 0.35))
    frame = [(wx - 140, wy + 90), (wx + 150, wy + 90), (wx + 170, 1110), (wx - 160, 1110)]
    c.poly(frame, mix(SEA, DEEP, 0.4))
    c.shade(frame, INK, (wx + 170, 1110), (wx - 120, wy + 90), 0.8)
    c.rect(wx - 180, wy + 40, wx + 190, wy + 100, mix(FOG, TIDE, 0.3), 18)
    c.shade((wx - 180, wy + 40, wx + 190, wy + 100), SEA, (wx + 190, wy + 100), (wx - 140, wy + 40), 0.7)
    c.ellipse(wx, wy + 42, 150, 24, mix(CREAM, SAND, 0.4))
    c.ellipse(wx, wy + 38, 120, 17, mix(CLAY, TIDE, 0.2))
    stool = [(560, 900), (740, 900), (730, 930), (570, 930)]
    c.taper([(596, 925), (570, 1115)], 18, 14, mix(CLAY, INK, 0.4))
    c.taper([(704, 925), (730, 1115)], 18, 14, mix(CLAY, INK, 0.4))
    c.poly(stool, mix(CLAY, INK, 0.25))
    skin = SKINS[0]
    c.taper([(680, 880), (870, 860), (880, 1080)], 104, 64, DEEP)
    c.blob([(850, 1070), (910, 1070), (962, 1098), (960, 1114), (850, 1114)], INK)
    c.taper([(756, 560), (850, 712), (958, 716)], 70, 44, mix(BRICK, INK, 0.25), True)
    c.ellipse(966, 720, 27, 23, mix(skin, CLAY, 0.25))
    vase = smooth([(wx - 66, wy + 34), (wx - 80, wy - 40), (wx - 44, wy - 120),
        (wx - 62, wy - 180)]) + smooth([(wx + 62, wy - 180), (wx + 44, wy - 120), (wx + 80, wy - 40),
        (wx + 66, wy + 34)])
    c.poly(vase, mix(CLAY, SAND, 0.5))
    c.shade(vase, mix(CLAY, INK, 0.45), (wx + 84, wy), (wx - 50, wy - 80), 0.9)
    c.ellipse(wx, wy - 180, 62, 13, mix(CLAY, INK, 0.3))
    for k in range(7):
        c.line(ring(wx, wy + 20 - k * 27, 66 - abs(k - 2) * 2, 9, 10, 170), 2, fade(CREAM, 0.45))
    torso = smooth([(592, 905), (576, 760), (604, 600), (680, 500), (740, 486)]) + smooth([(790, 520),
        (806, 620), (788, 760), (780, 900)])
    c.poly(torso, BRICK)
    c.shade(torso, RUST, (570, 760), (800, 640), 0.95)
    apron = smooth([(752, 560), (806, 620), (792, 760), (860, 830), (900, 900), (884, 960)]) + [(770, 960),
        (700, 900), (716, 700)]
    c.poly(apron, mix(FOG, CREAM, 0.3))
    c.shade(apron, TIDE, (720, 960), (820, 640), 0.7)
    for px, py in ((820, 880), (780, 800), (850, 920), (770, 720)):
        c.ellipse(px, py, 12, 8, mix(CLAY, SAND, 0.4))
    c.taper([(750, 500), (790, 420)], 62, 54, mix(skin, BRICK, 0.18))
    head = smooth([(742, 370), (760, 300), (830, 282), (878, 316), (884, 360), (904, 392), (880, 404),
        (880, 432), (850, 458), (800, 452), (760, 430)], True)
    c.poly(head, skin)
    c.shade(head, mix(skin, BRICK, 0.45), (740, 470), (880, 330), 0.6)
    hair = smooth([(756, 442), (716, 390), (722, 300), (780, 250), (850, 256), (890, 300), (846, 312),
        (812, 350), (806, 392), (786, 410)], True)
    c.poly(hair, mix(FOG, SAND, 0.3))
    c.shade(hair, TIDE, (700, 430), (840, 270), 0.85)
    c.ellipse(712, 300, 46, 42, mix(FOG, SAND, 0.3))
    c.shade(ring(712, 300, 46, 42), TIDE, (680, 340), (740, 270), 0.85)
    c.ellipse(800, 396, 12, 18, mix(skin, BRICK, 0.25))
    c.line([(846, 356), (866, 352)], 4, INK)
    c.line(smooth([(850, 372), (860, 376), (868, 372)]), 4, INK)
    c.line([(862, 426), (880, 422)], 3.5, RUST)
    c.taper([(700, 580), (790, 760), (940, 700)], 84, 50, mix(BRICK, INK, 0.08), True)
    c.taper([(880, 724), (946, 690)], 44, 40, skin)
    c.blob([(930, 664), (966, 660), (982, 690), (972, 724), (940, 722), (924, 696)], mix(skin, CLAY, 0.2))
    c.rect(1180, 1040, 1330, 1120, mix(TIDE, FOG, 0.3), 8)
    c.shade((1180, 1040, 1330, 1120), DEEP, (1330, 1120), (1190, 1040), 0.7)
    c.ellipse(1255, 1040, 74, 12, mix(CLAY, SAND, 0.5))
    c.blob([(360, 1110), (372, 1020), (440, 1000), (500, 1030), (508, 1110)], mix(CLAY, SAND, 0.4))
    c.shade((360, 1000, 508, 1112), TIDE, (510, 1110), (400, 1010), 0.4)


@picture("football-mariners")
def football_mariners(c: Canvas) -> None:
    """Reyes strikes through the ball under the floodlights; the rest of the ground holds its breath."""
    c.gradient([(0, INK), (0.6, NIGHT), (1, DEEP)], (0, 0, 1800, 620))
    for x, h in ((170, 480), (1630, 480), (560, 330), (1240, 330)):
        c.lattice((x, 600), (x, 600 - h), h * 0.07, 12, mix(TIDE, NIGHT, 0.5), 2.5, 0.5)
        c.glow(x, 590 - h, h * 0.95, mix(CREAM, MIST, 0.3), 0.75)
        for j in range(3):
            for i in range(4):
                c.ellipse(x - h * 0.09 + i * h * 0.06, 600 - h - j * h * 0.055, h * 0.026, h * 0.024, CREAM)
    for x0, x1 in ((170, 900), (1630, 900)):
        c.shade([(x0 - 40, 110), (x0 + 40, 110), (x1 + 300, 900), (x1 - 300, 900)], mix(CREAM, MIST, 0.3),
            (x0, 100), (x1, 900), 0.35)
    c.poly([(0, 380), (1800, 380), (1800, 640), (0, 640)], mix(NIGHT, SEA, 0.4))
    c.poly([(-20, 340), (1820, 340), (1800, 392), (0, 392)], mix(BRICK, INK, 0.35))
    for r in range(6):
        y = 430 + r * 32
        for k in range(66):
            x = -10 + k * 28 + (r % 2) * 14 + c.rng.uniform(-5, 5)
            tone = mix(c.rng.choice((SEA, DEEP, LANTERN, TIDE, BRICK, SEA, CREAM, DEEP)), NIGHT,
                0.45 - r * 0.04)
            c.ellipse(x, y + 22, 14, 18, tone)
            c.ellipse(x, y, 7, 8.5, mix(SKINS[c.rng.randrange(5)], NIGHT, 0.35))
    c.rect(0, 610, 1800, 668, DEEP)
    c.text(240, 639, "TIDEWICK MARINERS", 29, CREAM, "lm", 6, 0.8)
    c.text(1290, 639, "OUTER BANK POWER", 29, LANTERN, "lm", 5, 0.8)
    c.text(860, 639, "SALTGLAZE", 29, mix(GLOW, CREAM, 0.3), "lm", 6, 0.8)
    view = View(900, 560, 900, 3.4)
    for i in range(9):
        z0, z1 = 2.6 + i * 3.2, 5.8 + i * 3.2
        y0, y1 = view(0, 0, z1)[1], min(1200, view(0, 0, z0)[1])
        c.rect(0, max(664, y0), 1800, y1, mix(MOSS, FERN, 0.35 + 0.4 * (i % 2)))
    c.shade((0, 664, 1800, 1200), INK, (0, 1260), (0, 800), 0.65)
    c.glow(900, 830, 900, mix(GLOW, CREAM, 0.5), 0.35, 230)
    c.line([(0, 712), (1800, 712)], 5, fade(CREAM, 0.85))
    c.line([(1262, 712), (1200, 812), (1800, 812)], 6, fade(CREAM, 0.85))
    goal = ((1330, 712), (1330, 500), (1740, 500), (1740, 712))
    for k in range(17):
        c.line([(1330 + k * 25.6, 500), (1350 + k * 22, 700)], 1.2, fade(CREAM, 0.55))
    for k in range(8):
        c.line([(1334, 510 + k * 26), (1738, 510 + k * 26)], 1.2, fade(CREAM, 0.55))
    c.line(goal, 9, CREAM)
    c.ellipse(1480, 790, 110, 10, fade(INK, 0.4))
    person(c, 1480, 788, 230, GLOW, INK, skin=SKINS[0], hair=RUST, style="bun", face=-1, hem=0.46,
        arms=("wave", "wave"))
    for x, y, h, kit, face in ((330, 860, 250, BRICK, 1), (560, 790, 190, LANTERN, 1), (1190, 800, 205, BRICK,
            -1)):
        c.ellipse(x, y, h * 0.25, 9, fade(INK, 0.4))
        person(c, x, y, h, kit, mix(SKINS[2], INK, 0.1), skin=SKINS[(x // 10) % 4], hair=INK,
            style="ponytail", pose="stride", face=face, hem=0.45, arms=("swing", "back"))
        c.poly([(x - h * 0.1, y - h * 0.5), (x + h * 0.1, y - h * 0.5), (x + h * 0.13, y - h * 0.34),
            (x - h * 0.13, y - h * 0.34)], DEEP if kit == LANTERN else CREAM)
    c.ellipse(860, 1128, 260, 20, fade(INK, 0.5))
    striker(c)
    c.ellipse(1290, 880, 42, 42, CREAM)
    for a in range(5):
        px, py = 1290 + 27 * math.cos(a * 1.257 + 0.4), 880 + 27 * math.sin(a * 1.257 + 0.4)
        c.ellipse(px, py, 9, 9, INK)
    c.ellipse(1290, 880, 10, 10, INK)
    c.shade(ring(1290, 880, 42), TIDE, (1320, 920), (1270, 850), 0.8)
    for k in range(3):
        c.line([(1236 - k * 4, 864 + k * 20), (1120 + k * 12, 880 + k * 28)], 4, fade(CREAM, 0.5))


def striker(c: Canvas) -> None:
    """The kick itself: standing leg planted, right leg through the ball, arms out for balance."""
    skin, kit = SKINS[2], LANTERN
    c.taper([(760, 560), (640, 610), (560, 520)], 50, 34, mix(kit, INK, 0.25))
    c.taper([(610, 575), (552, 510)], 36, 28, mix(skin, INK, 0.15))
    c.taper([(800, 800), (760, 960), (800, 1110)], 96, 44, skin)
    c.taper([(764, 985), (800, 1108)], 50, 42, CREAM)
    c.blob([(776, 1100), (824, 1096), (884, 1122), (880, 1136), (776, 1136)], BRICK)
    c.taper([(850, 800), (1010, 850), (1150, 900)], 100, 44, skin)
    c.taper([(1050, 866), (1150, 902)], 48, 40, CREAM)
    c.blob([(1134, 880), (1176, 884), (1236, 916), (1226, 940), (1140, 926)], BRICK)
    shorts = smooth([(744, 720), (716, 800), (704, 900), (800, 916), (838, 870), (930, 902), (958, 806),
        (880, 730)], True)
    c.poly(shorts, DEEP)
    c.shade(shorts, INK, (700, 900), (900, 740), 0.8)
    torso = smooth([(742, 760), (726, 640), (716, 540), (760, 470), (810, 456)]) + smooth([(860, 470),
        (896, 540), (894, 640), (896, 760)])
    c.poly(torso, kit)
    c.shade(torso, mix(BRICK, RUST, 0.3), (700, 700), (880, 560), 0.95)
    c.tilted_text(815, 620, "9", 110, CREAM, 4, bold=2)
    c.taper([(870, 520), (980, 580), (1060, 500)], 52, 36, kit)
    c.taper([(1010, 550), (1064, 494)], 38, 28, skin)
    c.ellipse(1070, 486, 20, 21, skin)
    c.ellipse(552, 504, 19, 20, mix(skin, INK, 0.1))
    c.taper([(826, 470), (852, 424)], 48, 44, mix(skin, INK, 0.2))
    c.taper([(836, 330), (740, 320), (670, 380)], 46, 12, INK, True)
    head = smooth([(830, 380), (838, 326), (884, 304), (926, 330), (930, 366), (942, 390), (926, 398),
        (920, 424), (886, 438), (850, 420)], True)
    c.poly(head, skin)
    c.shade(head, mix(skin, INK, 0.4), (820, 430), (920, 350), 0.6)
    c.poly(smooth([(842, 416), (820, 370), (830, 314), (876, 284), (922, 300), (934, 330), (890, 334),
        (866, 368), (860, 400)], True), INK)
    c.line([(900, 360), (920, 360)], 4, INK)
    c.line([(906, 408), (922, 404)], 4, RUST)
