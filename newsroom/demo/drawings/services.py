"""What keeps a town going: the school kitchen, the hospital, the buses, the bakery."""

# Coordinates are read in rows, as they were drawn; one number per line would hide the shape.
# fmt: off


from .brush import DAWN, cloud, ridge, ripple, sky, stars, tree
from .buildings import lamp_post, paving, terrace, window
from .canvas import Canvas, Point, arch
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
from .people import cyclist, person, silhouettes
from .registry import picture


@picture("school-kitchen")
def school_kitchen(c: Canvas) -> None:
    """The hatch at Fen Road at noon: the cook leans out, the queue holds its trays."""
    c.gradient([(0, mix(PAPER, SAND, 0.25)), (1, mix(PAPER, SAND, 0.5))])
    c.rect(0, 700, 1800, 960, mix(MOSS, FOG, 0.45))
    c.rect(0, 690, 1800, 704, CREAM)
    c.shade((0, 0, 1800, 960), CLAY, (1900, 900), (500, 300), 0.45)
    hx0, hy0, hx1, hy1 = 430, 230, 1370, 690
    c.rect(hx0 - 26, hy0 - 26, hx1 + 26, hy1, SEA)
    c.gradient([(0, mix(GLOW, CREAM, 0.5)), (1, mix(GLOW, SAND, 0.3))], (hx0, hy0, hx1, hy1))
    for i in range(22):
        for j in range(9):
            if (i + j) % 2:
                c.rect(hx0 + i * 43, hy0 + j * 43, min(hx1, hx0 + i * 43 + 41), hy0 + j * 43 + 41,
                    fade(CREAM, 0.5))
    for y in (330, 440):
        c.rect(hx0, y, hx1, y + 10, CLAY)
        x = hx0 + 20
        while x < hx1 - 70:
            w, h = c.rng.uniform(34, 74), c.rng.uniform(30, 74)
            kind = c.rng.random()
            if x + w > 760 and x < 1060 and y == 440:
                x += 60
                continue
            color = c.rng.choice((BRICK, TIDE, CREAM, MOSS, MIST, LANTERN, DEEP))
            if kind < 0.55:
                c.rect(x, y - h, x + w, y, color, 6)
                c.rect(x - 3, y - h, x + w + 3, y - h + 8, mix(color, INK, 0.3), 3)
            else:
                c.poly([(x, y - h * 0.5), (x + w, y - h * 0.5), (x + w * 0.75, y), (x + w * 0.25, y)], color)
            c.shade((x, y - h, x + w, y), mix(color, INK, 0.5), (x + w, y), (x, y), 0.6)
            x += w + c.rng.uniform(10, 26)
    for x in (560, 900, 1240):
        c.line([(x, hy0), (x, hy0 + 40)], 3, INK)
        c.poly([(x - 52, hy0 + 74), (x + 52, hy0 + 74), (x + 20, hy0 + 36), (x - 20, hy0 + 36)], BRICK)
        c.glow(x, hy0 + 84, 160, CREAM, 0.75)
    person(c, 1180, 930, 530, CREAM, SEA, skin=SKINS[2], hair=INK, style="bob", face=-1, hem=0.3,
        arms=("forward", "hip"), hat=CREAM)
    c.poly([(1130, 940), (1136, 620), (1226, 620), (1234, 940)], mix(TIDE, CREAM, 0.2))
    c.ellipse(1176, 414, 40, 22, CREAM)
    server = person(c, 880, 950, 560, SEA, SEA, skin=SKINS[0], hair=RUST, style="bun", face=-1, hem=0.3,
        arms=("reach", "carry"))
    c.poly([(838, 960), (842, 600), (872, 540), (912, 540), (926, 600), (930, 960)], CREAM)
    ladle = server["far"]
    c.taper([ladle, (ladle[0] - 66, ladle[1] + 74)], 8, 7, INK)
    c.ellipse(ladle[0] - 74, ladle[1] + 84, 24, 15, mix(INK, TIDE, 0.4))
    c.ellipse(ladle[0] - 74, ladle[1] + 79, 20, 8, LANTERN)
    c.rect(hx0 - 26, 690, hx1 + 26, 950, mix(MOSS, FOG, 0.45))
    for x, w, h, color in ((540, 120, 86, MIST), (700, 140, 70, mix(BRICK, CREAM, 0.1)), (1040, 150, 90,
            MIST), (1250, 80, 60, LANTERN)):
        pot = [(x - w / 2, 690 - h), (x + w / 2, 690 - h), (x + w / 2 - 6, 690), (x - w / 2 + 6, 690)]
        c.poly(pot, color)
        c.shade(pot, SEA, (x + w / 2, 690), (x - w / 2, 690), 0.8)
        c.ellipse(x, 690 - h, w / 2, 13, mix(color, INK, 0.3))
        c.ellipse(x, 690 - h, w / 2 - 8, 8, mix(LANTERN, SAND, 0.4))
        for k in range(3):
            c.line([(x - 20 + k * 20, 670 - h), (x - 28 + k * 20, 640 - h), (x - 14 + k * 20, 612 - h),
                (x - 22 + k * 20, 584 - h)], 4, fade(CREAM, 0.5), soft=True)
    c.rect(hx0 - 70, 684, hx1 + 70, 722, mix(SAND, CREAM, 0.4))
    c.shade((hx0 - 70, 704, hx1 + 70, 722), CLAY, (900, 726), (900, 700), 0.9)
    c.rect(90, 270, 350, 560, CLAY)
    c.rect(102, 282, 338, 548, mix(FERN, INK, 0.55))
    c.text(220, 330, "TODAY", 32, CREAM, "mm", 6, 0.6)
    for k, line in enumerate(("Leek soup", "Fish pie", "Carrots & peas", "Baked apple")):
        c.text(220, 386 + k * 40, line, 27, mix(CREAM, GLOW, 0.4), "mm")
    c.rect(1450, 270, 1710, 560, CREAM)
    for k in range(4):
        px, py = 1480 + k % 2 * 118, 300 + k // 2 * 130
        c.rect(px, py, px + 92, py + 104, (FOG, GLOW, MIST, SAND)[k])
        c.blob([(px + 20, py + 54), (px + 46, py + 26), (px + 74, py + 54), (px + 46, py + 82)],
            (BRICK, SEA, LANTERN, MOSS)[k])
    c.gradient([(0, mix(TIDE, FOG, 0.4)), (1, mix(SEA, TIDE, 0.5))], (0, 950, 1800, 1200))
    for k in range(-12, 13):
        c.line([(900 + k * 120, 950), (900 + k * 210, 1200)], 2, fade(CREAM, 0.3))
    c.line([(0, 1040), (1800, 1040)], 2, fade(CREAM, 0.3))
    kids = ((250, 430, LANTERN, "bob", 1, SKINS[0], RUST), (440, 400, DEEP, "short", 1, SKINS[4], INK),
        (640, 450, BRICK, "ponytail", 1, SKINS[1], INK),
            (1120, 420, MOSS, "short", -1, SKINS[2], INK), (1320, 450, GLOW, "long", -1, SKINS[3], INK),
            (1530, 390, SEA, "bun", -1, SKINS[0], CLAY))
    for x, h, coat, style, face, skin, hair in kids:
        c.ellipse(x, 1166, h * 0.22, 12, fade(INK, 0.35))
        hands = person(c, x, 1166, h, coat, NIGHT, skin=skin, hair=hair, style=style, face=face, hem=0.44,
            flare=0.01, arms=("forward", "forward"), pose="walk", head=1.45)
        tx, ty = hands["near"]
        c.poly([(tx - face * 24, ty - 8), (tx + face * 100, ty - 8), (tx + face * 94, ty + 8),
            (tx - face * 18, ty + 8)], mix(LANTERN, BRICK, 0.4) if coat != LANTERN else TIDE)
        c.poly([(tx + face * 4, ty - 8), (tx + face * 52, ty - 8), (tx + face * 44, ty - 28), (tx + face * 12,
            ty - 28)], CREAM)
        c.rect(tx + face * 64, ty - 38, tx + face * 84, ty - 8, MIST)


def ambulance(c: Canvas, x: float, y: float, w: float, face: int = 1) -> None:
    """An ambulance from the side; (x, y) is under its middle."""

    def at(*pts: Point) -> list[Point]:
        return [(x + face * px * w, y - py * w) for px, py in pts]

    body = at((-0.5, 0.08), (-0.5, 0.47), (0.2, 0.47), (0.22, 0.38), (0.33, 0.36), (0.43, 0.22), (0.5, 0.19),
        (0.5, 0.08))
    c.poly(body, CREAM)
    c.shade(body, TIDE, at((0, 0.02))[0], at((0, 0.45))[0], 0.8)
    c.poly(at((0.235, 0.225), (0.24, 0.345), (0.32, 0.33), (0.395, 0.225)), DEEP)
    for k in range(11):
        px = -0.5 + k * 0.0909
        c.poly(at((px, 0.14), (px + 0.0909, 0.14), (px + 0.0909, 0.195), (px, 0.195)), LANTERN if k % 2
            else BRICK)
    c.poly(at((-0.4, 0.27), (-0.4, 0.41), (-0.26, 0.41), (-0.26, 0.27)), mix(DEEP, TIDE, 0.3))
    px, py = at((-0.04, 0.335))[0]
    c.text(px, py, "AMBULANCE", w * 0.055, BRICK, "mm", 1, 0.8)
    bx, by = at((0.1, 0.49))[0]
    c.glow(bx, by, w * 0.5, TIDE, 0.75)
    c.poly(at((0.02, 0.47), (0.03, 0.505), (0.17, 0.505), (0.18, 0.47)), FOG)
    lx, ly = at((0.5, 0.15))[0]
    beam = at((0.5, 0.17), (1.25, 0.2), (1.25, -0.02), (0.5, 0.12))
    c.shade(beam, GLOW, (lx, ly), (lx + face * w * 0.7, ly), 0.7)
    for px in (-0.3, 0.33):
        cx, cy = at((px, 0.075))[0]
        c.ellipse(cx, cy, w * 0.078, w * 0.078, INK)
        c.ellipse(cx, cy, w * 0.036, w * 0.036, FOG)


@picture("hospital-night")
def hospital_night(c: Canvas) -> None:
    """St Brannock's at two in the morning: which windows are lit is the whole story."""
    c.gradient([(0, INK), (0.5, NIGHT), (0.8, DEEP)])
    stars(c, 160, 600)
    c.glow(1430, 210, 240, FOG, 0.4)
    c.ellipse(1430, 210, 58, 58, CREAM)
    c.ellipse(1456, 196, 52, 52, mix(NIGHT, FOG, 0.16))
    cloud(c, 1180, 320, 520, mix(NIGHT, SEA, 0.5), NIGHT, 0.1)
    cloud(c, 60, 250, 460, mix(NIGHT, SEA, 0.4), NIGHT, 0.1)
    terrace(c, -30, 1830, 860, 90, (mix(NIGHT, SEA, 0.35), mix(NIGHT, SEA, 0.25)), NIGHT, lit=0.12, glass=INK,
        width=90, shade=0)
    for x0, x1, y0, wall in ((180, 620, 420, mix(SEA, NIGHT, 0.35)), (1180, 1640, 500, mix(SEA, NIGHT, 0.45)),
            (540, 1260, 270, mix(SEA, TIDE, 0.1))):
        c.rect(x0, y0, x1, 900, wall)
        c.shade((x0, y0, x1, 900), INK, (x1 + 60, 500), (x0, 700), 0.8)
        c.rect(x0 - 8, y0 - 14, x1 + 8, y0 + 4, mix(wall, FOG, 0.3))
        floors, bays = round((880 - y0) / 78), round((x1 - x0) / 66)
        for j in range(floors):
            busy = c.rng.random() * 0.7
            for i in range(bays):
                wx, wy = x0 + 20 + i * (x1 - x0 - 30) / bays, y0 + 28 + j * 76
                if wy > 740 and 640 < wx < 1160:
                    continue
                lit = c.rng.random() < busy
                pane = c.rng.choice((GLOW, mix(LANTERN, GLOW, 0.5), mix(GLOW, CREAM, 0.5),
                    GLOW)) if lit else mix(NIGHT, INK, 0.4)
                c.rect(wx, wy, wx + 44, wy + 46, pane)
                c.rect(wx + 20, wy, wx + 23, wy + 46, mix(wall, INK, 0.3))
                if lit and c.rng.random() < 0.3:
                    c.rect(wx, wy, wx + 44, wy + 16, fade(CLAY, 0.8))
                elif lit and c.rng.random() < 0.35:
                    silhouettes(c, wx + 6, wx + 40, wy + 46, 34, fade(INK, 0.8), 1)
    c.rect(820, 170, 980, 272, mix(SEA, TIDE, 0.3))
    c.glow(900, 222, 150, GLOW, 0.45)
    c.text(900, 222, "H", 84, CREAM, "mm", bold=3)
    c.gradient([(0, mix(DEEP, SEA, 0.3)), (1, INK)], (0, 896, 1800, 1200))
    c.glow(900, 930, 640, LANTERN, 0.45, 220)
    c.rect(640, 750, 1160, 900, mix(GLOW, CREAM, 0.35))
    c.shade((640, 750, 1160, 900), LANTERN, (900, 740), (900, 900), 0.6)
    for x in (640, 744, 848, 952, 1056, 1156):
        c.rect(x - 4, 750, x + 4, 900, DEEP)
    c.rect(850, 790, 950, 900, CREAM)
    c.rect(898, 790, 902, 900, DEEP)
    person(c, 800, 898, 104, TIDE, TIDE, skin=SKINS[1], hair=INK, style="bun", face=1, hem=0.36,
        arms=("down", "hip"))
    person(c, 1010, 898, 108, CREAM, DEEP, skin=SKINS[3], hair=INK, face=-1, hem=0.26, arms=("carry",
        "carry"))
    c.poly([(560, 720), (1240, 720), (1210, 756), (590, 756)], mix(DEEP, INK, 0.3))
    c.rect(560, 690, 1240, 722, BRICK)
    c.text(900, 706, "ST BRANNOCK'S  EMERGENCY", 24, CREAM, "mm", 5, 0.7)
    for x in (600, 1200):
        c.rect(x - 6, 756, x + 6, 904, INK)
    c.mirror(900, 240, NIGHT, 0.5, 10)
    ripple(c, 930, 1190, GLOW, 40, 500, 1300, 0.35)
    c.ellipse(1010, 1042, 300, 18, fade(INK, 0.7))
    ambulance(c, 1000, 1040, 520, -1)
    for x, h in ((120, 330), (330, 240), (1690, 340), (1500, 230)):
        tree(c, x, 960, h, mix(FERN, NIGHT, 0.5), INK)
    for x in (430, 1390):
        lamp_post(c, x, 990, 300, INK, GLOW)
    ridge(c, 1110, 20, INK, 1202, 0, 520, 70)
    ridge(c, 1115, 20, INK, 1202, 1290, 1800, 70)


def bus_front(c: Canvas, x: float, y: float, w: float, number: str, body: Color) -> None:
    """A battery bus head-on, standing at y."""
    h = w * 1.18
    c.ellipse(x, y, w * 0.56, 14, fade(INK, 0.5))
    for s in (-1, 1):
        c.rect(x + s * w * 0.4 - w * 0.07, y - h * 0.1, x + s * w * 0.4 + w * 0.07, y, INK, 6)
        c.taper([(x + s * w * 0.5, y - h * 0.82), (x + s * w * 0.58, y - h * 0.78)], w * 0.03, w * 0.03, INK)
        c.rect(x + s * w * 0.58 - w * 0.035, y - h * 0.8, x + s * w * 0.58 + w * 0.035, y - h * 0.6, INK, 5)
    c.rect(x - w / 2, y - h, x + w / 2, y - h * 0.05, body, w * 0.08)
    c.shade((x - w / 2 + 4, y - h + 8, x + w / 2 - 4, y - h * 0.06), mix(body, INK, 0.6), (x + w * 0.6, y),
        (x - w * 0.4, y - h * 0.6), 0.75)
    c.rect(x - w * 0.43, y - h * 0.97, x + w * 0.43, y - h * 0.83, INK, w * 0.03)
    c.text(x, y - h * 0.9, number, w * 0.085, GLOW, "mm", 1, 0.5)
    glass = [(x - w * 0.44, y - h * 0.8), (x + w * 0.44, y - h * 0.8), (x + w * 0.46, y - h * 0.4),
        (x - w * 0.46, y - h * 0.4)]
    c.poly(glass, DEEP)
    c.shade(glass, INK, (x, y - h * 0.38), (x, y - h * 0.7), 0.8)
    c.poly([(x - w * 0.36, y - h * 0.8), (x - w * 0.16, y - h * 0.8), (x - w * 0.34, y - h * 0.4),
        (x - w * 0.45, y - h * 0.4)], fade(FOG, 0.28))
    c.rect(x - 2, y - h * 0.8, x + 2, y - h * 0.4, INK)
    c.line([(x - w * 0.2, y - h * 0.42), (x + w * 0.1, y - h * 0.56)], 3, INK)
    for s in (-1, 1):
        c.rect(x + s * w * 0.36 - w * 0.09, y - h * 0.3, x + s * w * 0.36 + w * 0.09, y - h * 0.235, CREAM, 6)
        c.glow(x + s * w * 0.36, y - h * 0.27, w * 0.2, GLOW, 0.7)
    c.rect(x - w * 0.14, y - h * 0.14, x + w * 0.14, y - h * 0.08, CREAM, 3)


@picture("bus-depot")
def bus_depot(c: Canvas) -> None:
    """First light at Fen Road: the buses unplugged under the roof that feeds them."""
    sky(c, DAWN, 760)
    c.glow(1240, 700, 760, mix(GLOW, CREAM, 0.4), 0.9, 440)
    c.ellipse(1240, 640, 58, 58, mix(CREAM, GLOW, 0.4))
    for x, y, w in ((1000, 90, 460), (60, 110, 420), (1480, 470, 360)):
        cloud(c, x, y, w, mix(MIST, PAPER, 0.3), mix(GLOW, PAPER, 0.3), 0.1)
    terrace(c, -30, 1830, 780, 90, (mix(TIDE, MIST, 0.3), mix(TIDE, MIST, 0.5)), mix(SEA, TIDE, 0.5),
        lit=0.15, glass=SEA, width=80, shade=0)
    paving(c, 776, 1200, mix(SAND, TIDE, 0.45), mix(DEEP, TIDE, 0.3), 900, joints=False)
    for k in range(-5, 6):
        c.poly([(900 + k * 200 - 3, 800), (900 + k * 200 + 3, 800), (900 + k * 330 + 7, 1200),
            (900 + k * 330 - 7, 1200)], fade(CREAM, 0.4))
    c.glow(900, 1120, 700, GLOW, 0.35, 160)
    under = [(110, 470), (1690, 470), (1640, 520), (160, 520)]
    for x in (210, 560, 900, 1240, 1590):
        c.taper([(x, 850), (x, 620)], 20, 16, mix(DEEP, INK, 0.4))
        c.taper([(x, 640), (x - 110, 500)], 12, 10, mix(DEEP, INK, 0.4))
        c.taper([(x, 640), (x + 110, 500)], 12, 10, mix(DEEP, INK, 0.4))
    c.poly(under, INK)
    roof = [(210, 240), (1590, 240), (1760, 474), (40, 474)]
    c.poly(roof, mix(FOG, CREAM, 0.3))
    for i in range(12):
        for j in range(3):
            t0, t1 = j / 3 + 0.02, (j + 1) / 3 - 0.015

            def on(u: float, t: float) -> Point:
                x0, x1 = 210 - 170 * t, 1590 + 170 * t
                return x0 + (x1 - x0) * u, 240 + 234 * t

            cell = [on(i / 12 + 0.005, t0), on((i + 1) / 12 - 0.005, t0), on((i + 1) / 12 - 0.005, t1),
                on(i / 12 + 0.005, t1)]
            c.poly(cell, mix(DEEP, SEA, 0.2 + 0.1 * ((i + j) % 3)))
            c.line([on(i / 12 + 0.04, t0), on(i / 12 + 0.04, t1)], 1, fade(MIST, 0.5))
    gleam = [(1010, 240), (1300, 240), (1180, 474), (800, 474)]
    c.shade(gleam, GLOW, (1200, 240), (960, 480), 0.75)
    c.rect(36, 472, 1764, 490, CREAM)
    c.shade((36, 472, 1764, 490), TIDE, (900, 494), (900, 474), 0.8)
    for x, y, w, number, body in ((330, 900, 250, "4 STRAND", MOSS), (1470, 900, 250, "9 NORTH MARSH", MOSS),
            (620, 950, 290, "1 OLD QUAY", CREAM), (1190, 950, 290, "6 STATION", CREAM)):
        bus_front(c, x, y, w, number, body)
    bus_front(c, 905, 1050, 370, "2 MARKET SQUARE", LANTERN)
    for x, y in ((160, 910), (1650, 910), (465, 960), (1345, 960)):
        c.rect(x - 20, y - 150, x + 20, y, CREAM, 8)
        c.rect(x - 12, y - 138, x + 12, y - 104, DEEP, 3)
        c.ellipse(x, y - 84, 5, 5, MOSS)
        c.line([(x + 14, y - 70), (x + 40, y - 30), (x + 60, y - 60), (x + 66, y - 110)], 5, INK, soft=True)
    h = person(c, 1250, 1130, 330, DEEP, INK, skin=SKINS[3], hair=INK, style="cap", hat=BRICK, pose="walk",
        face=-1, hem=0.42, arms=("forward", "down"), light=-1)["near"]
    c.rect(h[0] - 30, h[1] + 4, h[0] + 26, h[1] + 50, CLAY, 6)
    person(c, 560, 1120, 310, MOSS, INK, skin=SKINS[0], hair=RUST, style="ponytail", face=1, hem=0.44,
        arms=("forward", "hip"))
    c.rect(626, 912, 652, 944, CREAM, 4)
    c.line([(636, 906), (630, 890), (640, 874)], 3, fade(CREAM, 0.7), soft=True)


@picture("bakery-window")
def bakery_window(c: Canvas) -> None:
    """The only light in the street, an hour before it opens."""
    c.gradient([(0, INK), (0.4, NIGHT), (0.8, DEEP)])
    stars(c, 60, 200)
    for x, w, h, wall in ((-120, 430, 840, mix(NIGHT, SEA, 0.35)), (1390, 480, 800, mix(NIGHT, SEA, 0.25)),
            (310, 1080, 900, mix(BRICK, NIGHT, 0.62))):
        c.rect(x, 940 - h, x + w, 940, wall)
        if wall[0] > 50:
            for k in range(44):
                c.line([(x, 60 + k * 20), (x + w, 60 + k * 20)], 1, fade(INK, 0.35))
        c.shade((x, 40, x + w, 940), INK, (900 + (x + w / 2 - 900) * 2.4, -60), (900, 760), 0.85)
        n = 2 if w < 500 else 4
        for i in range(n):
            window(c, x + w * (i + 0.5) / n - 48, 150, 96, 170, mix(INK, NIGHT, 0.5), mix(wall, FOG, 0.25))
    c.rect(1207, 150, 1303, 320, mix(LANTERN, NIGHT, 0.4))
    c.rect(1207, 150, 1303, 190, mix(CLAY, NIGHT, 0.4))
    for box in ((1252, 150, 1258, 320), (1207, 220, 1303, 226)):
        c.rect(*box, NIGHT)
    sx0, sx1 = 430, 1270
    c.glow(850, 700, 900, LANTERN, 0.5, 560)
    c.rect(sx0 - 40, 420, sx1 + 40, 950, mix(SEA, DEEP, 0.2))
    c.shade((sx0 - 40, 420, sx1 + 40, 950), INK, (850, 1000), (850, 500), 0.6)
    c.rect(sx0 - 52, 404, sx1 + 52, 428, mix(SEA, TIDE, 0.4))
    c.text(850, 484, "BAKERY", 74, GLOW, "mm", 34, 2)
    c.gradient([(0, mix(GLOW, CREAM, 0.25)), (1, mix(GLOW, LANTERN, 0.35))], (sx0, 545, 1020, 850))
    c.glow(700, 600, 300, CREAM, 0.8, 200)
    for y in (640, 720):
        c.rect(470, y, 680, y + 8, BRICK)
        for k in range(4):
            c.blob([(478 + k * 52, y), (484 + k * 52, y - 34), (504 + k * 52, y - 40), (522 + k * 52, y - 30),
                (524 + k * 52, y)], mix(CLAY, BRICK, 0.45))
    c.rect(900, 590, 1010, 850, mix(BRICK, LANTERN, 0.3))
    c.poly(arch(916, 996, 690, 760, 40), INK)
    c.glow(956, 735, 60, LANTERN, 0.95)
    baker = person(c, 770, 960, 400, CREAM, FOG, skin=SKINS[1], hair=INK, style="short", hat=CREAM, face=1,
        hem=0.3, arms=("forward", "carry"))
    bx, by = baker["far"]
    c.taper([(bx - 80, by + 4), (bx + 50, by - 2)], 9, 9, CLAY)
    c.rect(bx + 30, by - 10, bx + 120, by, CLAY)
    c.blob([(bx + 40, by - 10), (bx + 52, by - 38), (bx + 80, by - 44), (bx + 106, by - 34),
        (bx + 112, by - 10)], mix(CLAY, BRICK, 0.5))
    c.rect(sx0 - 40, 856, 1060, 950, mix(SEA, DEEP, 0.2))
    for k in range(4):
        c.rect(sx0 + 6 + k * 152, 884, sx0 + 136 + k * 152, 936, mix(SEA, DEEP, 0.45))
    c.rect(sx0, 792, 1020, 856, mix(BRICK, CLAY, 0.3))
    for k in range(9):
        x = sx0 + 38 + k * 66
        if k % 3 == 0:
            for j in range(4):
                c.taper([(x - 14 + j * 11, 796), (x - 22 + j * 15, 726)], 15, 11, mix(CLAY, LANTERN,
                    0.3 + 0.1 * (j % 2)))
            c.poly([(x - 24, 752), (x + 28, 752), (x + 20, 798), (x - 16, 798)], mix(CLAY, INK, 0.45))
        else:
            loaf = c.blob([(x - 32, 796), (x - 30, 768), (x, 754), (x + 30, 768), (x + 32, 796)],
                mix(CLAY, BRICK, 0.3 + 0.2 * (k % 2)))
            c.shade(loaf, RUST, (x + 20, 800), (x - 10, 760), 0.6)
            for j in (-12, 2, 16):
                c.line([(x + j, 762), (x + j - 8, 778)], 3.5, mix(GLOW, SAND, 0.4))
    for x in (sx0, 722, 1020):
        c.rect(x - 7, 540, x + 7, 860, mix(SEA, TIDE, 0.2))
    c.rect(sx0 - 10, 540, 1030, 552, mix(SEA, TIDE, 0.2))
    c.rect(sx0 - 20, 850, 1040, 872, mix(SEA, TIDE, 0.45))
    c.rect(1080, 556, 1240, 950, mix(DEEP, SEA, 0.5))
    c.gradient([(0, mix(GLOW, CREAM, 0.3)), (1, GLOW)], (1100, 580, 1220, 800))
    c.rect(1100, 686, 1220, 692, mix(DEEP, SEA, 0.5))
    c.rect(1124, 716, 1196, 756, CREAM, 4)
    c.text(1160, 737, "OPENS 6", 15, BRICK, "mm", 0.5, 0.5)
    c.ellipse(1228, 830, 6, 6, GLOW)
    for i in range(9):
        color = BRICK if i % 2 else CREAM
        w = 620 / 9
        c.poly([(sx0 - 15 + i * w, 528), (sx0 - 15 + (i + 1) * w, 528), (sx0 - 30 + (i + 1) * (w + 3.4), 580),
            (sx0 - 30 + i * (w + 3.4), 580)], mix(color, NIGHT, 0.2))
        c.ellipse(sx0 - 30 + (i + 0.5) * (w + 3.4), 580, (w + 3.4) / 2, 10, mix(color, NIGHT, 0.3))
    c.gradient([(0, DEEP), (1, INK)], (0, 940, 1800, 1200))
    c.mirror(942, 258, NIGHT, 0.62, 5)
    for _ in range(150):
        y = 950 + 245 * c.rng.random() ** 1.1
        x = c.rng.uniform(0, 1800)
        w = 16 + (y - 940) * 0.16
        c.line([(x, y), (x + w, y)], 2, fade(INK, 0.5))
    c.rect(0, 936, 1800, 952, mix(DEEP, TIDE, 0.2))
    lamp_post(c, 260, 1010, 560, INK, None)
    c.ellipse(1420, 1122, 250, 14, fade(INK, 0.6))
    cyclist(c, 1400, 1120, 420, mix(SEA, TIDE, 0.2), face=-1, skin=SKINS[2], hair=INK, hat=LANTERN, frame=INK)
    c.shade([(1100, 900), (1220, 1010), (600, 1110), (500, 1000)], GLOW, (1240, 1000), (700, 1050), 0.5)
    for k in range(6):
        c.rect(1462 + k % 3 * 24, 840 - k // 3 * 22, 1484 + k % 3 * 24, 862 - k // 3 * 22, CLAY)
    c.blob([(360, 944), (366, 906), (384, 894), (392, 880), (398, 894), (412, 892), (418, 906), (414, 944)],
        INK)
    c.line([(414, 940), (440, 938), (446, 916)], 6, INK, soft=True)
