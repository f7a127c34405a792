"""The town by day: the square, the Corn Hall, new homes, and the tram to come."""

# Coordinates are read in rows, as they were drawn; one number per line would hide the shape.
# fmt: off

import math

from .brush import DAY, cloud, ripple, sky, tree
from .buildings import house, paving, stall, terrace, window
from .canvas import Canvas, View, arch, ring, smooth
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
from .people import cyclist, person
from .registry import picture


@picture("town-hall")
def town_hall(c: Canvas) -> None:
    """The Corn Hall squarely from the front, its steps busy before a council session."""
    sky(c, [(0, mix(SEA, TIDE, 0.6)), (0.5, MIST), (1, mix(PAPER, GLOW, 0.3))], 900)
    c.glow(300, 700, 800, mix(GLOW, CREAM, 0.5), 0.6, 500)
    for x, y, w in ((-60, 260, 560), (1180, 220, 600), (1420, 420, 420), (60, 470, 330)):
        cloud(c, x, y, w, CREAM, mix(FOG, GLOW, 0.2), 0.13)
    terrace(c, -30, 330, 880, 240, (mix(BRICK, MIST, 0.35), mix(TIDE, MIST, 0.2), mix(SAND, MIST, 0.3)),
        mix(SEA, TIDE, 0.4), glass=SEA, width=150, shade=0.4)
    terrace(c, 1490, 1830, 880, 250, (mix(BRICK, MIST, 0.35), mix(TIDE, MIST, 0.2), mix(SAND, MIST, 0.3)),
        mix(SEA, TIDE, 0.4), glass=SEA, width=150, shade=0.4)
    stone, dim = mix(PAPER, SAND, 0.35), mix(SAND, SEA, 0.45)
    drum = [(810, 350), (990, 350), (990, 200), (810, 200)]
    c.poly(drum, stone)
    c.shade(drum, dim, (1000, 280), (820, 280), 0.9)
    for k in range(4):
        c.poly(arch(826 + k * 40, 850 + k * 40, 240, 330), SEA)
    dome = ring(900, 200, 96, 108, 180, 360)
    c.poly(dome, mix(MOSS, TIDE, 0.35))
    c.shade(dome, DEEP, (1000, 200), (840, 120), 0.9)
    c.rect(796, 194, 1004, 208, CREAM)
    c.rect(888, 60, 912, 98, CREAM)
    c.taper([(900, 62), (900, 18)], 6, 3, INK)
    c.poly([(900, 26), (944, 36), (900, 46)], LANTERN)
    for x0, x1 in ((330, 560), (1240, 1470)):
        c.rect(x0, 470, x1, 880, stone)
        c.shade((x0, 470, x1, 880), dim, (x1 + 20, 880), (x0, 500), 0.75)
        c.rect(x0 - 10, 452, x1 + 10, 476, CREAM)
        c.rect(x0, 440, x1, 452, dim)
        for i in range(2):
            x = x0 + 42 + i * 90
            c.poly(arch(x, x + 56, 560, 660), SEA)
            c.line(arch(x - 5, x + 61, 560, 664), 4, CREAM)
            window(c, x, 730, 56, 90, SEA, CREAM)
    c.rect(520, 470, 1280, 880, mix(stone, SEA, 0.35))
    c.shade((520, 470, 1280, 880), DEEP, (900, 470), (900, 900), 0.85)
    for k in range(5):
        x = 590 + k * 137
        door = arch(x, x + 78, 640, 880)
        c.poly(door, mix(GLOW, LANTERN, 0.35) if k == 2 else DEEP)
        if k != 2:
            c.line([(x + 39, 606), (x + 39, 880)], 3, TIDE)
    c.glow(903, 790, 220, GLOW, 0.6)
    for k in range(6):
        x = 548 + k * 140
        shaft = [(x - 27, 496), (x + 27, 496), (x + 32, 866), (x - 32, 866)]
        c.poly(shaft, CREAM)
        c.shade(shaft, TIDE, (x + 34, 700), (x - 18, 700), 0.9)
        for j in (-10, 2, 14):
            c.line([(x + j, 500), (x + j * 1.15, 862)], 1.4, fade(SEA, 0.3))
        c.rect(x - 40, 480, x + 40, 498, CREAM)
        c.rect(x - 42, 862, x + 42, 882, CREAM)
    c.rect(490, 420, 1310, 482, CREAM)
    c.shade((490, 450, 1310, 482), SAND, (1310, 482), (600, 440), 0.8)
    c.text(900, 452, "CORN HALL", 40, DEEP, "mm", 18, 1.4)
    pediment = [(470, 420), (900, 276), (1330, 420)]
    c.poly(pediment, stone)
    c.shade(pediment, dim, (1330, 420), (720, 330), 0.8)
    c.line([(466, 420), (900, 274), (1334, 420), (466, 420)], 12, CREAM)
    for a in range(-60, 61, 15):
        dx = math.sin(math.radians(a))
        tip = (900 + dx * 70, 398 - math.cos(math.radians(a)) * 76)
        c.line([(900, 404), tip], 3.5, CLAY)
        c.ellipse(*tip, 6, 11, mix(LANTERN, CLAY, 0.4))
    c.rect(878, 376, 922, 386, BRICK)
    for k in range(7):
        y0 = 880 + k * 22
        half = 450 + k * 40
        c.rect(900 - half, y0, 900 + half, y0 + 22, mix(CREAM, SAND, 0.12 * k))
        c.shade((900 - half, y0 + 9, 900 + half, y0 + 22), SEA, (0, y0 + 24), (0, y0 + 6), 0.55)
    paving(c, 1034, 1200, mix(SAND, TIDE, 0.25), mix(TIDE, SAND, 0.2))
    for x, s in ((330, 300), (1480, 320), (180, 210), (1640, 220)):
        tree(c, x, 1040, s)
    crowd = ((560, 880, 150, SEA, "long", 1, "stand"), (640, 880, 156, BRICK, "short", -1, "stand"),
        (1180, 902, 160, MOSS, "bob", -1, "walk"),
             (760, 968, 190, DEEP, "short", 1, "walk"), (1040, 946, 184, LANTERN, "bun", 1, "walk"),
             (1250, 1012, 205, NIGHT, "beard", -1, "stand"),
             (1330, 1012, 198, mix(BRICK, CREAM, 0.2), "long", -1, "stand"), (480, 1034, 212, FERN, "short",
             1, "walk"))
    for i, (x, y, h, coat, style, face, pose) in enumerate(crowd):
        c.poly([(x - h * 0.1, y), (x + h * 0.14, y - 3), (x + h * 0.5, y + 10), (x + h * 0.2, y + 9)],
            fade(INK, 0.3))
        person(c, x, y, h, coat, INK, skin=SKINS[i % 5], hair=(INK, RUST, NIGHT, CLAY)[i % 4], style=style,
            face=face, pose=pose,
               hem=(0.42, 0.3)[i % 2], arms=(("down", "forward"), ("carry", "down"), ("hip", "wave"))[i % 3])
    hand = person(c, 900, 1130, 300, BRICK, INK, skin=SKINS[3], hair=INK, style="bun", pose="walk", hem=0.28,
        away=True, arms=("down", "down"))["near"]
    c.rect(hand[0] - 40, hand[1] + 6, hand[0] + 34, hand[1] + 58, CLAY, 5)
    cyclist(c, 1420, 1150, 250, MOSS, face=-1, hat=LANTERN, skin=SKINS[0], frame=BRICK)


def clock_face(c: Canvas, x: float, y: float, r: float, hour: float, face: Color = CREAM,
        hands: Color = INK) -> None:
    c.ellipse(x, y, r * 1.14, r * 1.14, hands)
    c.ellipse(x, y, r, r, face)
    for k in range(12):
        a = math.radians(k * 30)
        c.line([(x + r * 0.78 * math.cos(a), y + r * 0.78 * math.sin(a)), (x + r * 0.92 * math.cos(a),
            y + r * 0.92 * math.sin(a))], r * 0.06, hands)
    for turn_, length, wide in ((hour / 12, 0.5, 0.1), (hour % 1, 0.76, 0.07)):
        a = turn_ * math.tau - math.pi / 2
        c.taper([(x, y), (x + r * length * math.cos(a), y + r * length * math.sin(a))], r * wide,
            r * wide * 0.6, hands)


@picture("market-square")
def market_square(c: Canvas) -> None:
    """The clock tower over the awnings on market day, gabled houses all round."""
    sky(c, DAY, 860)
    c.glow(420, 620, 700, mix(GLOW, CREAM, 0.4), 0.6, 460)
    for x, y, w in ((60, 210, 460), (1240, 170, 520), (1050, 330, 320)):
        cloud(c, x, y, w, CREAM, mix(FOG, SAND, 0.3), 0.13)
    terrace(c, -40, 1840, 800, 210, (mix(TIDE, FOG, 0.45), mix(SAND, FOG, 0.4), mix(BRICK, FOG, 0.5)),
        mix(TIDE, MIST, 0.3), glass=TIDE, width=120, shade=0.25)
    spec = ((-60, 250, 400, mix(PAPER, SAND, 0.3), "step"), (190, 210, 350, mix(BRICK, SAND, 0.15), "gable"),
        (400, 190, 370, mix(TIDE, SEA, 0.3), "step"),
            (1180, 210, 380, mix(SAND, LANTERN, 0.25), "gable"), (1390, 220, 340, mix(MOSS, FOG, 0.25),
            "side"), (1610, 260, 410, BRICK, "step"))
    for x, w, h, wall, kind in spec:
        house(c, x, 870, w, h, wall, mix(DEEP, TIDE, 0.2) if kind != "step" else CREAM, kind=kind, floors=4,
            bays=3, lit=0.08, glass=mix(DEEP, SEA, 0.5), frame=CREAM)
        c.rect(x + 8, 800, x + w - 8, 870, mix(wall, INK, 0.5))
        c.rect(x + 4, 786, x + w - 4, 806, c.rng.choice((LANTERN, SEA, MOSS, BRICK)))
    paving(c, 868, 1200, mix(SAND, FOG, 0.3), mix(CLAY, TIDE, 0.45))
    x, base = 900, 940
    shaft = [(x - 84, 380), (x + 84, 380), (x + 98, base), (x - 98, base)]
    c.poly(shaft, mix(BRICK, SAND, 0.1))
    for k in range(26):
        y = 400 + k * 21
        c.line([(x - 90, y), (x + 90, y)], 1, fade(RUST, 0.35))
    c.shade(shaft, RUST, (x + 110, 700), (x - 60, 640), 0.95)
    for side in (-1, 1):
        c.poly([(x + side * 72, 380), (x + side * 90, 380), (x + side * 104, base), (x + side * 82, base)],
            mix(PAPER, SAND, 0.4 if side < 0 else 0.8))
    c.poly(arch(x - 40, x + 40, 800, base), NIGHT)
    for y in (560, 660):
        c.poly(arch(x - 18, x + 18, y, y + 56), NIGHT)
    head = [(x - 104, 380), (x - 104, 214), (x + 104, 214), (x + 104, 380)]
    c.poly(head, mix(PAPER, SAND, 0.3))
    c.shade(head, mix(SEA, SAND, 0.2), (x + 120, 320), (x - 60, 280), 0.85)
    clock_face(c, x, 298, 66, 10.15)
    c.rect(x - 118, 376, x + 118, 394, CREAM)
    c.rect(x - 118, 202, x + 118, 218, CREAM)
    roof = [(x - 112, 202), (x - 40, 110), (x, 34), (x + 40, 110), (x + 112, 202)]
    c.poly(roof, mix(SEA, DEEP, 0.3))
    c.shade(roof, INK, (x + 110, 202), (x - 50, 150), 0.8)
    c.taper([(x, 40), (x, 0)], 6, 3, INK)
    c.ellipse(x, 36, 9, 9, LANTERN)
    for sx, w, stripe, y in ((180, 360, SEA, 950), (1270, 370, MOSS, 950)):
        stall(c, sx, y, w, 270, stripe, CREAM, mix(PAPER, SAND, 0.3))
        for i in range(11):
            for r in range(2):
                c.ellipse(sx + 30 + i * (w - 60) / 10 + r * 12, y - 104 - r * 14, 15, 13, (BRICK, LANTERN,
                    MOSS, GLOW)[(i // 3 + r) % 4])
    people = ((330, 1010, 200, BRICK, "bob", 1, "stand"), (470, 1020, 205, NIGHT, "short", -1, "stand"),
        (690, 1000, 190, MOSS, "beard", 1, "walk"),
              (1130, 1000, 195, SEA, "long", -1, "walk"), (1400, 1020, 205, CREAM, "bun", -1, "stand"),
              (1540, 1030, 210, DEEP, "short", -1, "stand"))
    for i, (px, y, h, coat, style, face, pose) in enumerate(people):
        c.poly([(px - h * 0.1, y), (px + h * 0.14, y - 3), (px + h * 0.5, y + 10), (px + h * 0.2, y + 9)],
            fade(INK, 0.3))
        hand = person(c, px, y, h, coat, INK, skin=SKINS[(i * 2) % 5], hair=(RUST, INK, CLAY)[i % 3],
            style=style, face=face, pose=pose,
                      hem=(0.3, 0.42)[i % 2], arms=("forward", "down"))["near"]
        if i % 2:
            c.poly([(hand[0] - 18, hand[1] + 8), (hand[0] + 18, hand[1] + 8), (hand[0] + 14, hand[1] + 46),
                (hand[0] - 14, hand[1] + 46)], LANTERN)
    stall(c, -150, 1210, 560, 420, LANTERN, CREAM, mix(PAPER, SAND, 0.4))
    for i in range(9):
        c.taper([(60 + i * 34, 1052), (56 + i * 36, 1002)], 6, 4, FERN)
        c.ellipse(56 + i * 36, 996 - (i % 3) * 10, 20, 18, (BRICK, GLOW, CREAM)[i % 3])
    h = person(c, 640, 1170, 380, LANTERN, INK, skin=SKINS[1], hair=INK, style="long", pose="walk", hem=0.27,
        arms=("swing", "down"), scarf=SEA)["near"]
    c.poly([(h[0] - 38, h[1]), (h[0] + 38, h[1]), (h[0] + 28, h[1] + 70), (h[0] - 28, h[1] + 70)], CLAY)
    for k in range(4):
        c.taper([(h[0] - 20 + k * 13, h[1] + 4), (h[0] - 28 + k * 18, h[1] - 44)], 9, 4, MOSS)
    person(c, 780, 1160, 240, BRICK, SEA, skin=SKINS[1], hair=INK, style="beanie", hat=CREAM, pose="walk",
        hem=0.4, arms=("wave", "down"), head=1.4)
    for px, y in ((1180, 1120), (1230, 1140), (1300, 1110), (1010, 1090)):
        c.blob([(px - 18, y), (px - 4, y - 18), (px + 16, y - 14), (px + 6, y + 2)], mix(TIDE, INK, 0.3))
        c.ellipse(px + 14, y - 20, 6, 6, mix(TIDE, INK, 0.3))
        c.line([(px, y), (px, y + 12)], 2, LANTERN)


@picture("ropeworks-housing")
def ropeworks(c: Canvas) -> None:
    """The old mill as homes: lit from the left, the crane still at the right end, moving day on the quay."""
    sky(c, [(0, SEA), (0.5, MIST), (0.85, PAPER), (1, mix(GLOW, PAPER, 0.4))], 860)
    c.glow(200, 700, 760, mix(GLOW, CREAM, 0.4), 0.7, 460)
    for x, y, w in ((80, 180, 480), (760, 130, 420), (1250, 320, 480)):
        cloud(c, x, y, w, CREAM, mix(MIST, GLOW, 0.25), 0.12)
    crane = mix(LANTERN, BRICK, 0.1)
    c.lattice((1570, 860), (1570, 170), 34, 24, crane, 4)
    c.lattice((1770, 176), (960, 176), 30, 30, crane, 3.5, 0.7)
    c.line([(1570, 80), (1000, 166)], 2.5, INK)
    c.line([(1570, 80), (1760, 166)], 2.5, INK)
    c.lattice((1570, 176), (1570, 76), 26, 5, crane, 3.5, 0.4)
    c.rect(1700, 176, 1770, 236, DEEP)
    c.rect(1536, 178, 1574, 226, CREAM)
    c.line([(1130, 190), (1130, 380)], 2, INK)
    c.rect(1080, 380, 1180, 396, CLAY)
    chimney = [(676, 600), (688, 60), (752, 60), (764, 600)]
    c.poly(chimney, mix(BRICK, SAND, 0.12))
    c.shade(chimney, RUST, (770, 400), (690, 400), 0.95)
    c.rect(678, 50, 762, 76, mix(SAND, BRICK, 0.3))
    for k, ch in enumerate("ROPEWORKS"):
        c.text(720, 128 + k * 40, ch, 33, CREAM, "mm", bold=0.8)
    walls = (mix(BRICK, SAND, 0.08), mix(BRICK, RUST, 0.2))
    for g in range(5):
        x, w = 60 + g * 336, 336
        wall = [(x, 860), (x, 470), (x + w / 2, 360), (x + w, 470), (x + w, 860)]
        c.poly(wall, walls[g % 2])
        for k in range(20):
            c.line([(x, 470 + k * 20), (x + w, 470 + k * 20)], 1, fade(RUST, 0.4))
        c.shade(wall, mix(RUST, INK, 0.4), (x + w + 40, 880), (x - 20, 480), 0.75)
        c.line([(x - 6, 476), (x + w / 2, 358), (x + w + 6, 476)], 14, mix(SEA, DEEP, 0.4))
        c.ellipse(x + w / 2, 444, 26, 26, CREAM)
        c.ellipse(x + w / 2, 444, 20, 20, DEEP)
        for j in range(3):
            for i in range(3):
                wx, wy = x + 36 + i * 96, 520 + j * 112
                lit = c.rng.random() < (0.75, 0.6, 0.35, 0.12, 0)[g]
                c.poly(arch(wx - 6, wx + 78, wy + 22, wy + 88, 24), mix(SAND, PAPER, 0.3))
                pane = arch(wx, wx + 72, wy + 22, wy + 84, 20)
                c.poly(pane, mix(LANTERN, GLOW, c.rng.uniform(0.3, 1)) if lit else (mix(DEEP, SEA, 0.4)
                    if g < 4 else INK))
                c.line([(wx + 24, wy + 4), (wx + 24, wy + 84)], 2, walls[1])
                c.line([(wx + 48, wy + 4), (wx + 48, wy + 84)], 2, walls[1])
                c.line([(wx, wy + 44), (wx + 72, wy + 44)], 2, walls[1])
                if g < 3 and j < 2:
                    c.rect(wx - 12, wy + 84, wx + 84, wy + 90, INK)
                    for b in range(9):
                        c.line([(wx - 10 + b * 11.6, wy + 60), (wx - 10 + b * 11.6, wy + 86)], 1.5, INK)
                    if lit:
                        c.ellipse(wx + 8, wy + 78, 10, 9, MOSS)
    for k in range(6):
        c.line([(1400 + k * 74, 400), (1400 + k * 74, 860)], 3.5, CLAY)
    for j in range(4):
        c.rect(1385, 470 + j * 100, 1800, 478 + j * 100, mix(CLAY, SAND, 0.4))
        c.line([(1385, 440 + j * 100), (1800, 440 + j * 100)], 2, CLAY)
        for k in range(5):
            if (k + j) % 2:
                c.line([(1400 + k * 74, 478 + j * 100), (1474 + k * 74, 570 + j * 100)], 2, CLAY)
    for x, j in ((1450, 0), (1660, 1), (1560, 2)):
        person(c, x, 470 + j * 100, 74, LANTERN, DEEP, hat=CREAM, arms=("reach", "forward"))
    paving(c, 858, 1010, mix(SAND, FOG, 0.2), mix(SAND, CLAY, 0.4), joints=False)
    for x, h in ((210, 190), (520, 210), (1330, 180)):
        tree(c, x, 890, h)
        c.rect(x - 22, 882, x + 22, 900, mix(SEA, INK, 0.2))
    c.rect(0, 1004, 1800, 1034, mix(SAND, TIDE, 0.4))
    c.gradient([(0, mix(SEA, BRICK, 0.2)), (1, mix(DEEP, SEA, 0.4))], (0, 1034, 1800, 1200))
    c.mirror(1034, 166, SEA, 0.6, 6)
    ripple(c, 1040, 1195, FOG, 80, opacity=0.4)
    van = [(980, 940), (980, 770), (1210, 770), (1214, 806), (1262, 812), (1292, 866), (1300, 940)]
    c.poly(van, CREAM)
    c.shade(van, TIDE, (1140, 950), (1140, 780), 0.75)
    c.poly([(1222, 818), (1258, 822), (1280, 866), (1222, 866)], DEEP)
    c.rect(980, 872, 1300, 890, MOSS)
    c.rect(990, 786, 1080, 930, mix(INK, SEA, 0.3))
    for x in (1040, 1246):
        c.ellipse(x, 940, 32, 32, INK)
        c.ellipse(x, 940, 14, 14, FOG)
    for x, y, w, h in ((1004, 880, 60, 50), (1012, 840, 44, 40), (900, 930, 64, 54), (912, 890, 44, 40)):
        c.rect(x, y, x + w, y + h, CLAY)
        c.rect(x + w * 0.42, y, x + w * 0.58, y + h, SAND)
        c.shade((x, y, x + w, y + h), mix(CLAY, INK, 0.6), (x + w, y + h), (x, y), 0.6)
    for x, coat, style, face, skin, hair in ((820, SEA, "ponytail", -1, SKINS[2], INK), (640, LANTERN,
            "short", -1, SKINS[4], INK)):
        h = person(c, x, 986, 230, coat, INK, style=style, pose="walk", face=face, skin=skin, hair=hair,
            arms=("carry", "carry"), hem=0.45)["near"]
        c.rect(h[0] + face * 54 - 46, h[1] - 44, h[0] + face * 54 + 46, h[1] + 28, CLAY)
        c.rect(h[0] + face * 54 - 7, h[1] - 44, h[0] + face * 54 + 7, h[1] + 28, SAND)
    person(c, 420, 984, 150, BRICK, SEA, skin=SKINS[3], hair=INK, style="bun", face=1, arms=("wave", "down"),
        hem=0.4, head=1.4)
    person(c, 350, 986, 226, FERN, INK, skin=SKINS[3], hair=INK, style="beard", face=1, arms=("down", "hip"),
        hem=0.36)


@picture("tram-street")
def tram_street(c: Canvas) -> None:
    """The street as the planners would like it: a tram on grass, room for bicycles, trees."""
    sky(c, [(0, TIDE), (0.5, FOG), (0.9, mix(GLOW, PAPER, 0.4)), (1, GLOW)], 700)
    view = View(960, 640, 900, 3.4)
    c.glow(960, 630, 560, mix(GLOW, CREAM, 0.5), 0.9, 420)
    paving(c, 640, 1200, mix(SAND, GLOW, 0.3), mix(TIDE, CLAY, 0.5), 960, joints=False)
    for side in (-1, 1):
        for i in range(11, -1, -1):
            z0, z1 = 9 + i * 7.5, 16.5 + i * 7.5
            wall = mix((mix(BRICK, SAND, 0.15), mix(SAND, PAPER, 0.3), mix(TIDE, MIST, 0.2),
                mix(SAND, LANTERN, 0.2))[(i * 3 + (side > 0)) % 4],
                       mix(GLOW, FOG, 0.5), min(0.75, i * 0.085))
            high = 13 + (i * 5 + side) % 4
            x = side * 11.5
            face = [view(x, 0, z0), view(x, high, z0), view(x, high, z1), view(x, 0, z1)]
            c.poly(face, wall)
            c.poly([view(x, high, z0), view(x, high, z1), view(x * 1.1, high + 3, z1), view(x * 1.1, high + 3,
                z0)], mix(mix(DEEP, TIDE, 0.3), FOG, min(0.7, i * 0.085)))
            if side > 0:
                c.shade(face, mix(wall, INK, 0.55), face[0], face[2], 0.75)
            glass = mix(mix(DEEP, SEA, 0.4), FOG, min(0.75, i * 0.09))
            for j in range(4):
                for k in range(2):
                    zz = z0 + 1.2 + k * 3.2
                    yy = 4.6 + j * 2.7
                    if yy + 1.7 < high:
                        c.poly([view(x, yy, zz), view(x, yy + 1.7, zz), view(x, yy + 1.7, zz + 1.7),
                            view(x, yy, zz + 1.7)], glass)
            c.poly([view(x, 0.3, z0 + 0.8), view(x, 2.9, z0 + 0.8), view(x, 2.9, z1 - 0.8),
                view(x, 0.3, z1 - 0.8)], glass)
            c.poly([view(x, 2.9, z0 + 0.5), view(x, 3.3, z0 + 0.5), view(x, 3.3, z1 - 0.5),
                view(x, 2.9, z1 - 0.5)],
                   mix((BRICK, MOSS, LANTERN, SEA)[i % 4], FOG, min(0.7, i * 0.08)))
    c.poly([view(-11.5, 0, 90), view(-7.5, 0, 90), view(-7.5, 0, 4), view(-11.5, 0, 4)], mix(SAND, CREAM,
        0.3))
    c.poly([view(-7.5, 0, 90), view(-4.2, 0, 90), view(-4.2, 0, 4), view(-7.5, 0, 4)], mix(BRICK, SAND, 0.35))
    c.shade([view(-7.5, 0, 90), view(-4.2, 0, 90), view(-4.2, 0, 4), view(-7.5, 0, 4)], RUST, (300, 1200),
        (800, 700), 0.6)
    c.poly([view(7.5, 0, 90), view(11.5, 0, 90), view(11.5, 0, 4), view(7.5, 0, 4)], mix(SAND, CREAM, 0.2))
    lawn = [view(-3.2, 0, 90), view(4.6, 0, 90), view(4.6, 0, 4), view(-3.2, 0, 4)]
    c.poly(lawn, mix(MOSS, SAND, 0.25))
    c.shade(lawn, FERN, (960, 1220), (960, 720), 0.75)
    for x in (-2.3, -0.9, 1.2, 2.6):
        c.poly([view(x - 0.07, 0, 90), view(x + 0.07, 0, 90), view(x + 0.07, 0, 4), view(x - 0.07, 0, 4)],
            mix(FOG, TIDE, 0.3))
    for z in (58, 42, 31, 23):
        for x in (-9.6, 9.4):
            px, py = view(x, 0, z)
            t = min(0.6, z / 100)
            tree(c, px, py, view.size(z) * 7.5, mix(MOSS, GLOW, t), mix(FERN, FOG, t))
    for z in (60, 36, 20):
        foot, head = view(0.15, 0, z), view(0.15, 8, z)
        c.taper([foot, head], view.size(z) * 0.16, view.size(z) * 0.1, mix(INK, FOG, z / 120))
        c.line([view(-3.2, 7.6, z), view(3.5, 7.6, z)], max(1.5, view.size(z) * 0.07), mix(INK, FOG, z / 120))
    for x in (-1.6, 1.9):
        c.line([view(x, 7.2, 90), view(x, 7.2, 3.2)], 1.6, fade(INK, 0.7))
    near, far = 8.6, 38
    side_wall = [view(0.5, 0.35, near), view(0.5, 3.6, near + 0.6), view(0.5, 3.6, far), view(0.5, 0.35, far)]
    c.poly(side_wall, mix(CREAM, SAND, 0.25))
    c.shade(side_wall, TIDE, side_wall[3], side_wall[0], 0.5)
    for k in range(11):
        z0 = near + 1.6 + k * 2.6
        c.poly([view(0.5, 1.5, z0), view(0.5, 3.1, z0), view(0.5, 3.1, z0 + 2.2), view(0.5, 1.5, z0 + 2.2)],
            mix(DEEP, GLOW, 0.12))
    c.poly([view(0.5, 0.5, near), view(0.5, 1.1, near), view(0.5, 1.1, far), view(0.5, 0.5, far)], BRICK)
    c.poly([view(0.5, 3.6, near + 0.6), view(3.3, 3.6, near + 0.6), view(3.1, 3.95, near + 2), view(0.7, 3.95,
        near + 2)], SEA)
    c.line([view(1.5, 3.9, 15), view(2.0, 5.4, 14), view(1.9, 7.2, 15.4)], 4, INK)
    fx0, fy0 = view(0.5, 3.6, near + 0.6)
    fx1, fy1 = view(3.3, 0.25, near)
    u = (fx1 - fx0) / 200
    nose = smooth([(fx0 + 4 * u, fy1 - 30 * u), (fx0 - 6 * u, (fy0 + fy1) / 2), (fx0 + 16 * u, fy0 + 14 * u),
        (fx0 + 60 * u, fy0 - 4), (fx1 - 60 * u, fy0 - 4), (fx1 - 16 * u, fy0 + 14 * u),
                   (fx1 + 6 * u, (fy0 + fy1) / 2), (fx1 - 4 * u, fy1 - 30 * u), (fx1 - 40 * u, fy1),
                   (fx0 + 40 * u, fy1)], True)
    c.poly(nose, CREAM)
    c.shade(nose, mix(TIDE, SAND, 0.3), (fx1 + 10, fy1), (fx0, fy0), 0.6)
    glass = smooth([(fx0 + 20 * u, fy0 + 118 * u), (fx0 + 26 * u, fy0 + 48 * u), (fx0 + 60 * u, fy0 + 38 * u),
        (fx1 - 60 * u, fy0 + 38 * u), (fx1 - 26 * u, fy0 + 48 * u), (fx1 - 20 * u, fy0 + 118 * u),
                    ((fx0 + fx1) / 2, fy0 + 130 * u)], True)
    c.poly(glass, DEEP)
    c.shade(glass, INK, (fx0, fy0 + 140 * u), (fx0, fy0 + 60 * u), 0.8)
    c.poly([(fx0 + 48 * u, fy0 + 46 * u), (fx0 + 84 * u, fy0 + 42 * u), (fx0 + 56 * u, fy0 + 122 * u),
        (fx0 + 28 * u, fy0 + 118 * u)], fade(MIST, 0.3))
    driver = (fx0 + fx1) / 2 + 16 * u
    c.blob([(driver - 22 * u, fy0 + 124 * u), (driver - 16 * u, fy0 + 98 * u), (driver, fy0 + 92 * u),
        (driver + 16 * u, fy0 + 98 * u), (driver + 22 * u, fy0 + 124 * u)], TIDE)
    c.ellipse(driver, fy0 + 80 * u, 9 * u, 11 * u, SKINS[2])
    c.poly(ring(driver, fy0 + 76 * u, 10 * u, 10 * u, 180, 360), INK)
    c.rect(fx0 + 44 * u, fy0 + 8 * u, fx1 - 44 * u, fy0 + 32 * u, INK, 6)
    c.text((fx0 + fx1) / 2, fy0 + 20 * u, "7  CONTAINER QUAY", 11 * u, GLOW, "mm", 0.4, 0.3)
    c.rect(fx0 + 3 * u, fy1 - 84 * u, fx1 - 3 * u, fy1 - 50 * u, BRICK)
    for x in (fx0 + 34 * u, fx1 - 34 * u):
        c.glow(x, fy1 - 67 * u, 66 * u, GLOW, 0.8)
        c.ellipse(x, fy1 - 67 * u, 13 * u, 9 * u, CREAM)
    c.poly([(fx0 + 20, fy1), (fx1 - 20, fy1), (fx1 + 50, fy1 + 26), (fx0 + 70, fy1 + 26)], fade(INK, 0.4))
    cyclist(c, 690, 850, 170, MOSS, skin=SKINS[4], face=1, style="short", frame=DEEP)
    c.poly([(350, 1130), (740, 1126), (820, 1144), (450, 1150)], fade(INK, 0.35))
    cyclist(c, 545, 1130, 500, LANTERN, skin=SKINS[1], hair=RUST, style="long", frame=SEA)
    person(c, 170, 1080, 360, SEA, INK, skin=SKINS[2], hair=INK, style="bob", pose="walk", face=1, hem=0.28,
        arms=("swing", "down"))
    person(c, 1640, 1060, 330, FERN, INK, skin=SKINS[0], hair=CLAY, style="brim", hat=DEEP, pose="walk",
        face=-1, hem=0.3, arms=("swing", "down"))
    person(c, 1560, 900, 190, BRICK, INK, skin=SKINS[3], style="bun", face=-1, arms=("hip", "down"))
