"""The eight bylines as busts: one construction of the face, and everything that makes a person on top of it.

Each head is turned a little to the reader's left or right (`turn`), lit from the left, and cut by the same
round of flat colour behind the shoulders, so that the eight read as a set on the authors' page.
"""

# Coordinates are read in rows, as they were drawn; one number per line would hide the shape.
# fmt: off

import math

from .canvas import Canvas, ring, smooth
from .faces import Face, X, Y, backdrop, braid, features, glasses, head, neck, shoulders, strands, within
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
    RUST,
    SAND,
    SEA,
    SKINS,
    TIDE,
    fade,
    mix,
)
from .registry import BUST, picture


@picture("portrait-mara-venn", BUST)
def mara_venn(c: Canvas) -> None:
    """News editor: silver crop, tortoiseshell rounds, a pencil she has forgotten behind her ear."""
    f = Face(mix(SKINS[0], SKINS[1], 0.35), turn=-12, jaw=90, chin=40, brow=mix(FOG, INK, 0.5), brow_lift=4,
        lids=0.25, smile=9, lips=mix(BRICK, SKINS[1], 0.45), age=0.55)
    backdrop(c, mix(LANTERN, GLOW, 0.25), mix(GLOW, CREAM, 0.35))
    shoulders(c, mix(INK, TIDE, 0.22))
    neck(c, f)
    collar = smooth([(X - 92, 690), (X - 84, 580), (X, 600), (X + 84, 580), (X + 92, 690), (X, 716)], True)
    c.poly(collar, mix(INK, TIDE, 0.3))
    c.shade(collar, INK, (X + 100, 690), (X - 60, 600), 0.9)
    for k in range(-6, 7):
        c.line(smooth([(X + k * 13, 602 - abs(k) * 1.6), (X + k * 14, 690 - abs(k) * 2)]), 1.8,
            fade(MIST, 0.25))
    silver, dark = mix(FOG, CREAM, 0.2), mix(TIDE, FOG, 0.25)
    back = smooth([(X - 140, Y + 40), (X - 150, Y - 80), (X - 80, Y - 208), (X + 40, Y - 226),
        (X + 140, Y - 150), (X + 146, Y + 20), (X, Y + 30)], True)
    c.poly(back, mix(silver, dark, 0.5))
    head(c, f)
    features(c, f)
    top = smooth([(X - 134, Y + 14), (X - 150, Y - 90), (X - 90, Y - 206), (X + 30, Y - 232),
        (X + 128, Y - 176), (X + 146, Y - 60), (X + 130, Y + 10), (X + 112, Y - 60), (X + 60, Y - 118),
                  (X - 20, Y - 96), (X - 88, Y - 112), (X - 112, Y - 50)], True)
    c.poly(top, silver)
    c.shade(top, dark, (X + 150, Y - 40), (X - 60, Y - 200), 0.9)
    strands(c, [[(X + 70, Y - 214), (X - 10, Y - 186), (X - 90, Y - 124)], [(X + 100, Y - 196),
        (X + 30, Y - 160), (X - 30, Y - 104)], [(X + 120, Y - 176), (X + 96, Y - 130), (X + 70, Y - 116)],
                [(X - 60, Y - 210), (X - 110, Y - 150), (X - 130, Y - 60)]], mix(dark, SEA, 0.3))
    glasses(c, f, mix(RUST, CLAY, 0.35), rx=45, ry=44, width=9)
    c.taper([(X + 118, Y - 60), (X + 246, Y - 26)], 15, 15, LANTERN)
    c.poly([(X + 240, Y - 36), (X + 270, Y - 19), (X + 237, Y - 20)], SAND)
    c.poly(smooth([(X + 104, Y - 84), (X + 148, Y - 60), (X + 142, Y - 20), (X + 124, Y + 8),
        (X + 112, Y - 40)], True), mix(silver, dark, 0.55))


@picture("portrait-tobias-hale", BUST)
def tobias_hale(c: Canvas) -> None:
    """Harbour reporter: ginger, freckled, still wearing the wind."""
    f = Face(mix(SKINS[0], CREAM, 0.25), turn=12, jaw=100, chin=52, brow=mix(BRICK, LANTERN, 0.35),
        brow_width=11, iris=SEA, smile=7, lids=0.3, nose=66)
    ginger, dark = mix(LANTERN, BRICK, 0.5), mix(BRICK, RUST, 0.6)
    backdrop(c, TIDE, mix(MIST, FOG, 0.4))
    back = smooth([(X - 138, Y + 10), (X - 146, Y - 120), (X - 60, Y - 214), (X + 70, Y - 220),
        (X + 150, Y - 110), (X + 138, Y + 20)], True)
    c.poly(back, dark)
    shoulders(c, mix(NIGHT, DEEP, 0.4), width=350)
    neck(c, f, 68)
    jersey = [(X - 100, 640), *smooth([(X - 100, 640), (X, 690), (X + 100, 640)]), (X + 110, 910),
        (X - 110, 910)]
    c.poly(jersey, CREAM)
    for k in range(6):
        c.poly([*smooth([(X - 108, 668 + k * 46), (X, 712 + k * 46), (X + 108, 668 + k * 46)]),
            *smooth([(X + 108, 688 + k * 46), (X, 732 + k * 46), (X - 108, 688 + k * 46)])], SEA)
    for s in (-1, 1):
        lapel = [(X + s * 70, 616), (X + s * 150, 640), (X + s * 170, 730), (X + s * 92, 790),
            (X + s * 70, 910), (X + s * 160, 910), (X + s * 200, 640)]
        c.poly(lapel, mix(NIGHT, DEEP, 0.7))
        c.poly([(X + s * 66, 604), (X + s * 168, 648), (X + s * 150, 760), (X + s * 74, 690)], mix(CLAY, RUST,
            0.45))
        c.line([(X + s * 74, 690), (X + s * 150, 760), (X + s * 168, 648)], 4, INK)
    head(c, f)
    beard = smooth([(X - 122, Y + 30), (X - 104, Y + 70), (X - 60, Y + 84), (X + 16, Y + 76),
        (X + 90, Y + 84), (X + 114, Y + 70), (X + 122, Y + 30), (X + 122, Y + 104), (X + 88, Y + 172),
                    (X + 10, Y + 204), (X - 66, Y + 176), (X - 112, Y + 110)], True)
    c.poly(beard, ginger)
    c.shade(beard, dark, (X + 130, Y + 190), (X - 60, Y + 80), 0.9)
    features(c, f)
    mo = smooth([(X + 18, Y + 82), (X + 70, Y + 92), (X + 86, Y + 118), (X + 56, Y + 108), (X + 18, Y + 102),
        (X - 24, Y + 108), (X - 50, Y + 118), (X - 34, Y + 92)], True)
    c.poly(mo, mix(ginger, dark, 0.25))
    c.line(smooth([(X - 16, Y + 117), (X + 18, Y + 122), (X + 54, Y + 116)]), 5, RUST)
    for _ in range(46):
        x, y = X + 14 + c.rng.gauss(0, 58), Y + 44 + c.rng.gauss(0, 17)
        r = c.rng.uniform(1.6, 3)
        c.ellipse(x, y, r, r, fade(mix(BRICK, CLAY, 0.4), 0.6))
    hair = smooth([(X - 132, Y - 10), (X - 150, Y - 100), (X - 120, Y - 190), (X - 40, Y - 236),
        (X + 30, Y - 258), (X + 60, Y - 236), (X + 130, Y - 262), (X + 126, Y - 220), (X + 190, Y - 210),
        (X + 152, Y - 160),
                   (X + 184, Y - 110), (X + 140, Y - 90), (X + 128, Y - 10), (X + 112, Y - 80),
                   (X + 70, Y - 120), (X + 10, Y - 108), (X - 40, Y - 130), (X - 104, Y - 84)], True)
    c.poly(hair, ginger)
    c.shade(hair, dark, (X + 150, Y - 60), (X - 80, Y - 220), 0.85)
    strands(c, [[(X - 100, Y - 110), (X - 20, Y - 190), (X + 90, Y - 232)], [(X - 60, Y - 130),
        (X + 30, Y - 180), (X + 140, Y - 200)], [(X + 20, Y - 118), (X + 80, Y - 156), (X + 150, Y - 150)],
                [(X - 126, Y - 70), (X - 100, Y - 160), (X - 30, Y - 220)]], dark, 5)


@picture("portrait-ines-calder", BUST)
def ines_calder(c: Canvas) -> None:
    """Town hall reporter: low side plait, mustard blazer, one brow asking the next question."""
    f = Face(mix(SKINS[1], SKINS[2], 0.25), turn=-14, width=116, jaw=84, chin=36, brow=INK, brow_lift=6,
        smile=10, lips=mix(BRICK, SKINS[2], 0.35), iris=RUST)
    hair, dark = mix(RUST, INK, 0.62), mix(INK, RUST, 0.15)
    backdrop(c, mix(MOSS, FERN, 0.25), mix(MOSS, HAZE, 0.55))
    back = smooth([(X - 136, Y + 90), (X - 150, Y - 90), (X - 70, Y - 216), (X + 60, Y - 220),
        (X + 150, Y - 100), (X + 150, Y + 100), (X + 120, Y + 190), (X, Y + 200)], True)
    c.poly(back, dark)
    mustard = mix(LANTERN, CLAY, 0.35)
    shoulders(c, mustard, width=318)
    neck(c, f, 54)
    c.poly([(X - 64, 640), (X, 810), (X + 64, 640), (X + 96, 660), (X + 40, 910), (X - 40, 910),
        (X - 96, 660)], CREAM)
    c.poly([(X - 44, 640), (X, 740), (X + 44, 640)], mix(f.skin, f.blush, 0.14))
    for s in (-1, 1):
        c.poly([(X + s * 54, 610), (X + s * 96, 650), (X + s * 66, 740), (X + s * 4, 742), (X + s * 46, 650)],
            CREAM)
        c.line([(X + s * 96, 650), (X + s * 66, 740), (X + s * 4, 742)], 2.5, MIST)
        lapel = [(X + s * 98, 640), (X + s * 172, 680), (X + s * 150, 760), (X + s * 176, 776),
            (X + s * 44, 910), (X + s * 30, 900)]
        c.poly(lapel, mix(mustard, CREAM, 0.14) if s < 0 else mix(mustard, INK, 0.12))
        c.line(lapel, 3, mix(mustard, INK, 0.5))
    head(c, f)
    features(c, f)
    for s in (-1, 1):
        if s * f.turn <= 14:
            c.line(ring(X + s * 128 + 4, Y + 70, 17, 20), 5.5, GLOW)
    top = smooth([(X - 126, Y + 30), (X - 148, Y - 70), (X - 100, Y - 200), (X + 10, Y - 232),
        (X + 110, Y - 196), (X + 152, Y - 80), (X + 138, Y + 60), (X + 118, Y - 20), (X + 84, Y - 104),
        (X + 30, Y - 150),
                  (X - 50, Y - 116), (X - 106, Y - 50)], True)
    c.poly(top, hair)
    c.shade(top, dark, (X + 150, Y), (X - 60, Y - 190), 0.9)
    strands(c, [[(X + 34, Y - 226), (X + 30, Y - 190), (X + 26, Y - 150)], [(X + 24, Y - 214),
        (X - 60, Y - 176), (X - 124, Y - 60)], [(X + 50, Y - 210), (X + 110, Y - 150), (X + 136, Y - 20)],
                [(X + 10, Y - 180), (X - 60, Y - 140), (X - 110, Y - 66)]], mix(hair, CLAY, 0.4), 4)
    c.poly(smooth([(X + 116, Y - 60), (X + 148, Y - 40), (X + 168, Y + 160), (X + 190, Y + 240),
        (X + 140, Y + 230), (X + 112, Y + 130)], True), hair)
    braid(c, [(X + 160, Y + 210), (X + 186, Y + 270), (X + 180, Y + 340), (X + 160, Y + 410),
        (X + 150, Y + 450)], 38, hair, dark, BRICK)


@picture("portrait-ruben-oake", BUST)
def ruben_oake(c: Canvas) -> None:
    """Culture editor: heavy black frames, plum corduroy, a scarf nobody else could wear."""
    f = Face(mix(SKINS[3], SKINS[4], 0.45), turn=14, width=120, jaw=100, chin=54, brow=INK, brow_width=10,
        lids=0.3, smile=5, nose_width=30, iris=INK, age=0.4, blush=RUST)
    plum = mix(RUST, NIGHT, 0.38)
    backdrop(c, mix(BRICK, RUST, 0.15), mix(BRICK, SAND, 0.55))
    outline = shoulders(c, plum, width=350)
    for k in range(-21, 22):
        c.line([(X + k * 15, 690 + abs(k) * 3 + max(0, abs(k) - 17) * 28), (X + k * 15.6, 910)], 2,
            fade(INK, 0.35))
    c.shade(outline, mix(plum, CREAM, 0.25), (100, 700), (360, 760), 0.4)
    neck(c, f, 72)
    head(c, f)
    c.shade(ring(X - 40, Y - 120, 70, 44), mix(f.skin, CREAM, 0.5), (X - 60, Y - 160), (X - 10, Y - 70), 0.4)
    goatee = smooth([(X - 26, Y + 100), (X - 30, Y + 128), (X - 26, Y + 170), (X + 10, Y + 196),
        (X + 50, Y + 172), (X + 66, Y + 128), (X + 62, Y + 100), (X + 70, Y + 88), (X + 18, Y + 84),
        (X - 34, Y + 88)], True)
    c.poly(goatee, mix(INK, f.skin, 0.12))
    c.shade(goatee, FOG, (X + 10, Y + 206), (X + 14, Y + 100), 0.7)
    c.speckle(goatee, FOG, 0.2)
    lips = smooth([(X - 20, Y + 112), (X + 14, Y + 104), (X + 56, Y + 112), (X + 36, Y + 128), (X, Y + 128)],
        True)
    c.poly(lips, mix(f.skin, BRICK, 0.4))
    features(c, f)
    glasses(c, f, INK, rx=50, ry=33, width=13, kind="square", drop=2)
    wrap = smooth([(X - 130, 640), (X - 96, 580), (X, 622), (X + 100, 578), (X + 136, 640), (X + 96, 706),
        (X, 730), (X - 96, 706)], True)
    for shape, tone in ((smooth([(X - 10, 690), (X + 80, 680), (X + 110, 790), (X + 120, 910), (X - 6, 910),
            (X - 4, 800)], True), mix(LANTERN, BRICK, 0.1)), (wrap, LANTERN)):
        c.poly(shape, tone)
        xs, ys = [p[0] for p in shape], [p[1] for p in shape]
        for i in range(int(min(xs)) + 16, int(max(xs)) - 8, 36):
            for j in range(int(min(ys)) + 20, int(max(ys)) - 6, 34):
                x, y = i + (j // 34 % 2) * 18, j
                if within(shape, x, y, 15):
                    c.poly([(x, y - 12), (x + 10, y), (x, y + 12), (x - 10, y)],
                        (DEEP, CREAM, TIDE)[(i + j) % 3])
        c.shade(shape, RUST, (max(xs), max(ys)), (min(xs), min(ys)), 0.8)
    c.line(smooth([(X - 96, 640), (X - 20, 690), (X + 90, 684)]), 4, RUST)


@picture("portrait-dorota-lisk", BUST)
def dorota_lisk(c: Canvas) -> None:
    """Data reporter: a bob cut with a ruler, thin gold wire, a checked collar in order."""
    f = Face(mix(SKINS[0], CREAM, 0.4), turn=10, width=112, jaw=82, chin=36, length=166, brow=mix(CLAY, SAND,
        0.3), smile=6, lips=mix(BRICK, SKINS[0], 0.4), iris=mix(TIDE, SEA, 0.4))
    blonde, dark = mix(GLOW, SAND, 0.45), mix(CLAY, LANTERN, 0.2)
    backdrop(c, mix(SEA, DEEP, 0.25), mix(TIDE, MIST, 0.35))
    back = smooth([(X - 150, Y + 140), (X - 158, Y - 60), (X - 90, Y - 208), (X, Y - 232), (X + 96, Y - 208),
        (X + 160, Y - 60), (X + 152, Y + 140)]) + [(X + 100, Y + 150), (X - 100, Y + 150)]
    c.poly(back, mix(dark, RUST, 0.25))
    shoulders(c, mix(FERN, INK, 0.25), width=300)
    neck(c, f, 52)
    c.poly([(X - 66, 636), (X, 760), (X + 66, 636), (X + 80, 910), (X - 80, 910)], CREAM)
    for s in (-1, 1):
        flap = [(X + s * 56, 612), (X + s * 104, 648), (X + s * 78, 752), (X + s * 2, 706)]
        c.poly(flap, CREAM)
        for k in range(1, 6):
            u = k / 6
            c.line([(X + s * (56 + 48 * u), 612 + 36 * u), (X + s * (2 + 76 * u), 706 + 46 * u)], 5,
                fade(BRICK, 0.55))
            c.line([(X + s * (56 - 54 * u), 612 + 94 * u), (X + s * (104 - 26 * u), 648 + 104 * u)], 5,
                fade(SEA, 0.5))
        c.line([*flap, flap[0]], 3, DEEP)
        c.line(smooth([(X + s * 100, 660), (X + s * 70, 800), (X + s * 30, 910)]), 20, mix(FERN, MOSS, 0.2))
    for y in (800, 862):
        c.ellipse(X - 44 + (y - 800) * 0.3, y, 10, 10, GLOW)
    head(c, f)
    features(c, f)
    fringe = [(X - 118, Y - 20), *smooth([(X - 118, Y - 20), (X - 128, Y - 120), (X - 80, Y - 210),
        (X, Y - 236), (X + 84, Y - 210), (X + 130, Y - 120), (X + 120, Y - 20)]),
        *smooth([(X + 120, Y - 40), (X + 60, Y - 50), (X, Y - 52), (X - 60, Y - 50), (X - 118, Y - 40)])]
    c.poly(fringe, blonde)
    c.shade(fringe, dark, (X + 130, Y - 30), (X - 60, Y - 200), 0.85)
    for s in (-1, 1):
        side = [(X + s * 100, Y - 140), *smooth([(X + s * 118, Y - 140), (X + s * 158, Y - 60),
            (X + s * 164, Y + 60), (X + s * 158, Y + 156)]), (X + s * 90, Y + 160),
            *smooth([(X + s * 90, Y + 160), (X + s * 112, Y + 60), (X + s * 104, Y - 50)])]
        c.poly(side, blonde)
        c.shade(side, dark, (X + 170, Y + 160), (X - 140, Y - 60), 0.9)
        strands(c, [[(X + s * 124, Y - 110), (X + s * 142, Y), (X + s * 136, Y + 146)],
            [(X + s * 112, Y - 90), (X + s * 124, Y + 10), (X + s * 112, Y + 150)]], mix(dark, CLAY, 0.5),
            3.5)
    strands(c, [[(X - 8, Y - 226), (X - 50, Y - 150), (X - 60, Y - 58)], [(X + 4, Y - 226), (X + 40, Y - 150),
        (X + 52, Y - 58)], [(X, Y - 200), (X - 2, Y - 130), (X - 4, Y - 60)], [(X - 30, Y - 216),
        (X - 92, Y - 140), (X - 100, Y - 54)],
                [(X + 30, Y - 216), (X + 92, Y - 140), (X + 98, Y - 54)]], mix(dark, CLAY, 0.5), 3.5)
    glasses(c, f, mix(LANTERN, CLAY, 0.4), rx=42, ry=40, width=4)


@picture("portrait-samir-aldane", BUST)
def samir_aldane(c: Canvas) -> None:
    """Night desk: hood, denim, headphones off for once."""
    f = Face(SKINS[2], turn=-10, width=118, jaw=98, chin=48, brow=INK, brow_width=12, smile=11, iris=INK,
        lids=0.35, nose_width=25)
    backdrop(c, mix(NIGHT, DEEP, 0.5), mix(SEA, TIDE, 0.3))
    grey = mix(MIST, FOG, 0.3)
    hood = smooth([(X - 220, 700), (X - 180, 590), (X - 90, 560), (X, 600), (X + 90, 560), (X + 180, 590),
        (X + 220, 700)], True)
    denim = mix(SEA, TIDE, 0.35)
    shoulders(c, denim, width=346)
    c.poly(hood, mix(grey, TIDE, 0.2))
    c.shade(hood, mix(TIDE, SEA, 0.6), (X + 240, 680), (X - 60, 600), 0.9)
    neck(c, f, 66)
    sweat = [(X - 112, 640), *smooth([(X - 112, 640), (X - 50, 690), (X, 700), (X + 50, 690),
        (X + 112, 640)]), (X + 150, 910), (X - 150, 910)]
    c.poly(sweat, grey)
    c.shade(sweat, TIDE, (X + 170, 900), (X - 60, 700), 0.8)
    for s in (-1, 1):
        c.line(smooth([(X + s * 40, 696), (X + s * 46, 770), (X + s * 40, 830)]), 6, CREAM)
        c.ellipse(X + s * 40, 834, 6, 9, CLAY)
        front = [(X + s * 150, 655), (X + s * 236, 690), (X + s * 300, 910), (X + s * 120, 910),
            (X + s * 112, 800)]
        c.poly(front, denim)
        c.shade(front, mix(denim, INK, 0.6), (X + s * 210 + 110, 910), (X + s * 210 - 90, 700), 0.75)
        lapel = [(X + s * 146, 648), (X + s * 232, 692), (X + s * 196, 800), (X + s * 112, 806)]
        c.poly(lapel, mix(denim, CREAM, 0.1) if s < 0 else mix(denim, INK, 0.2))
        c.line([*lapel[1:], (X + s * 122, 910)], 3, mix(SAND, LANTERN, 0.4))
    back = smooth([(X - 132, Y + 30), (X - 148, Y - 110), (X - 60, Y - 216), (X + 70, Y - 220),
        (X + 150, Y - 110), (X + 134, Y + 30)], True)
    c.poly(back, INK)
    head(c, f)
    c.speckle(smooth([(X - 116, Y + 50), (X - 62, Y + 92), (X - 16, Y + 82), (X + 36, Y + 92),
        (X + 114, Y + 50), (X + 96, Y + 120), (X + 40, Y + 166), (X - 10, Y + 172), (X - 56, Y + 164),
        (X - 104, Y + 116)], True), INK, 0.55)
    features(c, f)
    hair = smooth([(X - 128, Y - 4), (X - 156, Y - 60), (X - 146, Y - 140), (X - 120, Y - 200),
        (X - 60, Y - 220), (X - 10, Y - 262), (X + 50, Y - 238), (X + 110, Y - 234), (X + 140, Y - 180),
        (X + 164, Y - 120),
                   (X + 146, Y - 60), (X + 128, Y - 4), (X + 114, Y - 66), (X + 70, Y - 92),
                   (X + 46, Y - 130), (X - 4, Y - 100), (X - 44, Y - 128), (X - 80, Y - 84),
                   (X - 112, Y - 72)], True)
    c.poly(hair, INK)
    c.shade(hair, mix(TIDE, SEA, 0.5), (X - 120, Y - 240), (X + 40, Y - 120), 0.45)
    strands(c, [[(X - 90, Y - 96), (X - 100, Y - 160), (X - 50, Y - 206)], [(X - 40, Y - 136),
        (X - 30, Y - 190), (X + 20, Y - 236)], [(X + 46, Y - 140), (X + 50, Y - 190), (X + 96, Y - 216)],
        [(X + 90, Y - 100), (X + 110, Y - 150), (X + 140, Y - 160)]],
            mix(SEA, INK, 0.4), 6)
    for s in (-1, 1):
        c.line(smooth([(X + s * 176, 700), (X + s * 156, 636), (X + s * 100, 606)]), 18, INK)
    for s in (-1, 1):
        cup = smooth([(X + s * 120, 690), (X + s * 180, 660), (X + s * 212, 720), (X + s * 190, 780),
            (X + s * 132, 770)], True)
        c.poly(cup, INK)
        c.ellipse(X + s * 172, 722, 30, 42, LANTERN)
        c.ellipse(X + s * 172, 722, 15, 24, mix(LANTERN, BRICK, 0.6))


@picture("portrait-petra-sorrell", BUST)
def petra_sorrell(c: Canvas) -> None:
    """Opinion editor: curls held up in red, half-moons she looks over rather than through."""
    f = Face(SKINS[4], turn=-12, width=118, jaw=90, chin=42, brow=mix(FOG, INK, 0.6), brow_lift=8, smile=8,
        lips=mix(BRICK, RUST, 0.3), nose_width=30, iris=INK, age=0.6, lids=0.2, blush=BRICK)
    backdrop(c, mix(SAND, GLOW, 0.35), mix(PAPER, GLOW, 0.2))
    for _ in range(90):
        a, k = c.rng.uniform(math.pi * 1.02, math.pi * 1.98), c.rng.uniform(0.5, 1)
        x, y = X + 160 * k * math.cos(a), Y - 130 + 150 * k * math.sin(a)
        r = c.rng.uniform(22, 36)
        c.ellipse(x, y, r, r, c.rng.choice((INK, mix(INK, FOG, 0.25), mix(TIDE, FOG, 0.3), mix(INK, TIDE,
            0.3))))
        c.line(ring(x, y, r * 0.62, None, 30, 300), 3.4, c.rng.choice((FOG, mix(FOG, TIDE, 0.5), INK)))
    teal = mix(TIDE, MOSS, 0.28)
    teal = mix(teal, DEEP, 0.25)
    shoulders(c, teal, width=322)
    neck(c, f, 60)
    for s in (-1, 1):
        collar = smooth([(X + s * 58, 628), (X + s * 150, 640), (X + s * 236, 700), (X + s * 214, 800),
            (X + s * 110, 800), (X + s * 6, 730)], True)
        c.poly(collar, mix(teal, CREAM, 0.16))
        c.shade(collar, mix(teal, INK, 0.4), (X + s * 150 + 90, 820), (X + s * 150 - 90, 640), 0.8)
        c.line([*collar, collar[0]], 3, mix(teal, INK, 0.5))
    c.ellipse(X, 742, 15, 15, GLOW)
    head(c, f)
    for s in (-1, 1):
        if s * f.turn <= 14:
            c.ellipse(X + s * 132 + 6, Y + 66, 10, 10, GLOW)
    features(c, f)
    band = smooth([(X - 132, Y - 20), (X - 140, Y - 96), (X - 80, Y - 168), (X, Y - 190), (X + 84, Y - 168),
        (X + 142, Y - 96), (X + 134, Y - 20), (X + 108, Y - 84), (X + 50, Y - 116), (X - 14, Y - 122),
        (X - 74, Y - 110), (X - 112, Y - 80)], True)
    c.poly(band, BRICK)
    c.shade(band, RUST, (X + 140, Y - 40), (X - 60, Y - 180), 0.9)
    for pts in ([(X - 126, Y - 60), (X - 30, Y - 150), (X + 60, Y - 164)], [(X + 130, Y - 60),
            (X + 90, Y - 130), (X + 40, Y - 160)]):
        c.taper(pts, 4, 2, RUST, True)
    knot = smooth([(X + 50, Y - 196), (X + 96, Y - 214), (X + 116, Y - 176), (X + 84, Y - 146),
        (X + 52, Y - 160)], True)
    for tail in (smooth([(X + 90, Y - 190), (X + 150, Y - 256), (X + 190, Y - 240), (X + 110, Y - 170)],
            True), smooth([(X + 96, Y - 176), (X + 186, Y - 176), (X + 206, Y - 140), (X + 100, Y - 156)],
            True)):
        c.poly(tail, mix(BRICK, RUST, 0.3))
    c.poly(knot, BRICK)
    c.shade(knot, RUST, (X + 116, Y - 146), (X + 60, Y - 206), 0.8)
    glasses(c, f, BRICK, rx=40, ry=30, width=7, drop=44, kind="half", glass=0.22)


@picture("portrait-edda-thornby", BUST)
def edda_thornby(c: Canvas) -> None:
    """Guest columnist: thirty years of bridge watch in the face, and the cap that went with them."""
    f = Face(mix(SKINS[1], BRICK, 0.14), turn=12, width=120, jaw=96, chin=46, brow=mix(FOG, CREAM, 0.3),
        brow_width=11, smile=9, lids=0.55, iris=SEA, age=1, nose=66, nose_width=26)
    white, dark = mix(CREAM, FOG, 0.35), mix(MIST, TIDE, 0.3)
    backdrop(c, mix(DEEP, SEA, 0.3), mix(FOG, MIST, 0.3))
    back = smooth([(X - 130, Y - 60), (X - 148, Y + 40), (X - 130, Y + 170), (X, Y + 180), (X + 130, Y + 150),
        (X + 146, Y + 30), (X + 128, Y - 60)], True)
    c.poly(back, dark)
    wool = mix(CREAM, SAND, 0.25)
    shoulders(c, wool, width=352, slope=50)
    for row in range(5):
        for k in range(-9 - (row > 1), 10 + (row > 1)):
            x, y = X + k * 33, 730 + row * 44 + abs(k) * 7
            c.line(smooth([(x - 13, y), (x, y + 13), (x + 13, y)]), 4, fade(CLAY, 0.55))
    for k in (-5, 5):
        for j in range(6):
            c.ellipse(X + k * 33, 770 + j * 36, 13, 17, mix(wool, CLAY, 0.25))
            c.line(ring(X + k * 33, 770 + j * 36, 13, 17, 20, 200), 3, CLAY)
    neck(c, f, 66)
    roll = smooth([(X - 108, 690), (X - 100, 604), (X - 40, 640), (X + 30, 646), (X + 100, 604),
        (X + 112, 690), (X + 40, 740), (X - 40, 740)], True)
    c.poly(roll, mix(wool, CREAM, 0.3))
    c.shade(roll, CLAY, (X + 120, 740), (X - 60, 620), 0.8)
    for k in range(-8, 9):
        c.line(smooth([(X + k * 12, 646 - abs(k) * 4), (X + k * 13, 734 - abs(k) * 5)]), 2.4, fade(CLAY, 0.6))
    head(c, f)
    for s in (-1, 1):
        c.glow(X + s * 66 + 12, Y + 64, 60, BRICK, 0.42, 46, 1.4)
    features(c, f)
    for s in (-1, 1):
        side = smooth([(X + s * 104, Y - 80), (X + s * 140, Y - 50), (X + s * 150, Y + 40),
            (X + s * 138, Y + 130), (X + s * 116, Y + 110), (X + s * 120, Y + 20)], True)
        c.poly(side, white)
        c.shade(side, dark, (X + s * 130 + 30, Y + 130), (X + s * 130 - 30, Y - 60), 0.8)
    c.poly(smooth([(X - 112, Y + 20), (X - 146, Y + 30), (X - 172, Y + 210), (X - 186, Y + 270),
        (X - 138, Y + 260), (X - 112, Y + 180)], True), white)
    braid(c, [(X - 162, Y + 240), (X - 176, Y + 310), (X - 168, Y + 380), (X - 154, Y + 440),
        (X - 150, Y + 480)], 40, white, dark, BRICK)
    cap = mix(DEEP, NIGHT, 0.3)
    crown = smooth([(X - 138, Y - 70), (X - 158, Y - 150), (X - 110, Y - 236), (X, Y - 270),
        (X + 110, Y - 240), (X + 158, Y - 150), (X + 140, Y - 70), (X, Y - 100)], True)
    c.poly(crown, cap)
    c.shade(crown, INK, (X + 160, Y - 80), (X - 80, Y - 250), 0.9)
    for k in range(-7, 8):
        c.line(smooth([(X + k * 6, Y - 264 + abs(k) * 2), (X + k * 18, Y - 190), (X + k * 19, Y - 104)]), 3,
            fade(TIDE, 0.35))
    band = smooth([(X - 144, Y - 66), (X - 148, Y - 112), (X, Y - 138), (X + 150, Y - 112), (X + 144, Y - 66),
        (X, Y - 92)], True)
    c.poly(band, mix(cap, TIDE, 0.22))
    peak = smooth([(X - 116, Y - 76), (X - 70, Y - 100), (X + 20, Y - 106), (X + 110, Y - 98),
        (X + 146, Y - 72), (X + 120, Y - 46), (X + 26, Y - 58), (X - 70, Y - 50)], True)
    c.poly(peak, mix(INK, NIGHT, 0.4))
    c.shade(peak, TIDE, (X - 60, Y - 112), (X + 30, Y - 50), 0.5)
    c.line(smooth([(X - 116, Y - 80), (X + 16, Y - 108), (X + 140, Y - 80)]), 5, LANTERN)
