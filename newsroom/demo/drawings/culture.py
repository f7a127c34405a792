"""The culture pages: reading room, cinema, lanterns, choir."""

# Coordinates are read in rows, as they were drawn; one number per line would hide the shape.
# fmt: off

import math

from .boats import rowing_boat
from .brush import ripple, stars
from .buildings import lantern, terrace
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
    fade,
    mix,
)
from .people import person, silhouettes
from .registry import picture


@picture("library-reading-room")
def library_reading_room(c: Canvas) -> None:
    """Rib after rib towards the great window; a reader in its light."""
    c.gradient([(0, mix(SAND, TIDE, 0.25)), (1, mix(CLAY, SEA, 0.35))])
    vx, vy = 900, 640
    depths = [1.0, 0.8, 0.645, 0.53, 0.445, 0.38]
    for i, k in enumerate(depths):
        wide, spring = 1060 * k, vy - 250 * k
        vault = arch(vx - wide, vx + wide, spring, vy + 560 * k, 690 * k)
        c.poly(vault, mix(mix(SAND, SEA, 0.5), PAPER, i / 7 + 0.1))
        c.shade(vault, mix(SEA, DEEP, 0.3), (vx + wide * 1.1, vy), (vx - wide * 0.2, vy - 100), 0.5)
        if i < len(depths) - 1:
            n = depths[i + 1]
            glow = [(vx - 190 * k, spring - 690 * k * 0.985), (vx + 190 * k, spring - 690 * k * 0.985),
                    (vx + 190 * n, vy - 250 * n - 690 * n * 0.985), (vx - 190 * n,
                    vy - 250 * n - 690 * n * 0.985)]
            c.poly(glow, mix(CREAM, GLOW, 0.3))
            for j in (-0.5, 0, 0.5):
                c.line([(vx + 380 * j * k, glow[0][1]), (vx + 380 * j * n, glow[2][1])], 3, mix(CLAY, SEA,
                    0.3))
        c.line(vault, 26 * k, mix(mix(DEEP, SEA, 0.5), SAND, i / 8))
        c.line(vault, 6 * k, mix(LANTERN, SAND, 0.35 + i / 12))
    end = arch(vx - 400, vx + 400, vy - 96, vy + 214, 262)
    c.poly(end, mix(PAPER, SAND, 0.35))
    great = arch(vx - 210, vx + 210, vy - 90, vy + 110, 190)
    c.glow(vx, vy - 100, 620, CREAM, 0.75)
    c.poly(great, mix(CREAM, GLOW, 0.25))
    c.shade(great, mix(TIDE, FOG, 0.4), (vx, vy - 300), (vx, vy + 60), 0.7)
    for j in (-126, -42, 42, 126):
        c.line([(vx + j, vy - 90 - 186 * math.sqrt(1 - (j / 210) ** 2)), (vx + j, vy + 110)], 6, DEEP)
    for y in (-170, -90, 10):
        c.line([(vx - 206, vy + y), (vx + 206, vy + y)], 5, DEEP)
    c.line(great, 10, DEEP)
    view = View(vx, vy, 1000, 2.3)
    floor = [view(-4.6, 0, 10.6), view(4.6, 0, 10.6), view(4.6, 0, 3), view(-4.6, 0, 3)]
    c.poly(floor, mix(CLAY, BRICK, 0.25))
    c.shade(floor, mix(RUST, INK, 0.5), (vx, 1240), (vx, vy + 200), 0.85)
    c.shade([view(-1.4, 0, 10.6), view(1.4, 0, 10.6), view(2.6, 0, 4), view(-2.6, 0, 4)], GLOW,
        (vx, vy + 190), (vx, 1150), 0.6)
    for s in (-1, 1):
        for i in range(4, -1, -1):
            z0, z1 = 4.0 + i * 1.36, 5.2 + i * 1.36
            x = s * 4.1
            case = [view(x, 0, z0), view(x, 3.3, z0), view(x, 3.3, z1), view(x, 0, z1)]
            c.poly(case, mix(mix(DEEP, INK, 0.3), SAND, i * 0.06))
            for j in range(6):
                zz = z0 + 0.06
                while zz < z1 - 0.1:
                    w = c.rng.uniform(0.04, 0.1)
                    y0, hgt = 0.15 + j * 0.52, c.rng.uniform(0.3, 0.43)
                    color = mix(c.rng.choice((BRICK, SEA, MOSS, SAND, LANTERN, CREAM, TIDE, RUST)), DEEP,
                        0.12)
                    c.poly([view(x, y0, zz), view(x, y0 + hgt, zz), view(x, y0 + hgt, zz + w),
                        view(x, y0, zz + w)], color)
                    zz += w + 0.008
            c.poly([view(x, 3.3, z0), view(x, 3.5, z0), view(x, 3.5, z1), view(x, 3.3, z1)], mix(CLAY, BRICK,
                0.3))
            c.shade(case, INK, case[0], case[2], 0.5)
    for s in (-1, 1):
        for z0, z1 in ((6.4, 9.6), (3.6, 5.8)):
            x0, x1 = s * 1.0, s * 2.7
            for z in (z1, z0):
                for x in (x0, x1):
                    c.taper([view(x, 0.74, z), view(x, 0, z)], view.size(z) * 0.07, view.size(z) * 0.05, INK)
            top = [view(x0, 0.76, z0), view(x1, 0.76, z0), view(x1, 0.76, z1), view(x0, 0.76, z1)]
            c.poly(top, mix(BRICK, CLAY, 0.35))
            c.shade(top, GLOW, top[3], top[1], 0.5)
            c.poly([view(x0, 0.76, z0), view(x1, 0.76, z0), view(x1, 0.66, z0), view(x0, 0.66, z0)], RUST)
            for z in (z1 - 0.6, z0 + 0.7):
                lx, ly = view((x0 + x1) / 2, 0.78, z)
                k = view.size(z)
                c.glow(lx, ly - k * 0.3, k * 0.6, GLOW, 0.75)
                c.line([(lx, ly), (lx, ly - k * 0.34)], k * 0.03, LANTERN)
                c.poly([(lx - k * 0.2, ly - k * 0.3), (lx + k * 0.2, ly - k * 0.3), (lx + k * 0.12,
                    ly - k * 0.42), (lx - k * 0.12, ly - k * 0.42)], mix(FERN, MOSS, 0.5))
    for s, z, coat, hair, skin, style in ((-1, 7.6, SEA, RUST, SKINS[0], "bun"), (1, 7.2, MOSS, INK, SKINS[3],
            "short"), (-1, 4.5, BRICK, INK, SKINS[1], "bob"), (1, 4.6, DEEP, CLAY, SKINS[0], "beard")):
        px, py = view(s * 3.0, 0.0, z)
        k = view.size(z)
        for dx in (-0.15, 0.15):
            c.taper([(px + dx * k, py - k * 0.42), (px + dx * k * 1.2, py)], k * 0.05, k * 0.04,
                mix(INK, CLAY, 0.2))
        hands = person(c, px, py + k * 0.34, k * 1.62, coat, INK, skin=skin, hair=hair, style=style, face=-s,
            pose="sit", hem=0.44, arms=("forward", "forward"))
        c.rect(px - k * 0.22, py - k * 0.43, px + k * 0.22, py - k * 0.36, mix(INK, CLAY, 0.35))
        hx, hy = hands["near"]
        c.poly([(hx - s * k * 0.02, hy + 4), (hx - s * k * 0.08, hy - k * 0.2), (hx - s * k * 0.26,
            hy - k * 0.18),
            (hx - s * k * 0.2, hy + 6)], CREAM)
    c.poly([(890, 1040), (930, 1036), (900, 1130), (820, 1150)], fade(INK, 0.35))
    h = person(c, 905, 1040, 350, LANTERN, INK, skin=SKINS[2], hair=INK, style="long", pose="walk", hem=0.27,
        away=True, arms=("down", "carry"))["near"]
    for k, color in enumerate((SEA, CREAM, BRICK)):
        c.rect(h[0] - 46, h[1] - 18 - k * 17, h[0] + 34, h[1] - 3 - k * 17, color)


@picture("cinema-regal")
def cinema_regal(c: Canvas) -> None:
    """The Regal's fin and marquee burn over the wet pavement; the queue has brought umbrellas."""
    c.gradient([(0, INK), (0.6, NIGHT), (1, mix(DEEP, BRICK, 0.15))])
    terrace(c, -40, 500, 940, 420, (mix(NIGHT, SEA, 0.3), mix(NIGHT, BRICK, 0.15)), INK, lit=0.16, glass=INK,
        width=190)
    terrace(c, 1330, 1840, 940, 440, (mix(NIGHT, SEA, 0.3), mix(NIGHT, BRICK, 0.15)), INK, lit=0.16,
        glass=INK, width=190)
    c.glow(900, 520, 900, LANTERN, 0.38, 620)
    wall = mix(PAPER, BRICK, 0.1)
    for i, (half, top) in enumerate(((470, 420), (390, 350), (300, 290), (210, 235))):
        tone = mix(mix(wall, NIGHT, 0.42), wall, i * 0.17)
        c.rect(900 - half, top, 900 + half, 940, tone)
        c.rect(900 - half - 6, top - 14, 900 + half + 6, top + 2, mix(LANTERN, NIGHT, 0.25))
        c.shade((900 - half, top, 900 + half, 940), NIGHT, (900, top - 60), (900, 820), 0.85)
        for s in (-1, 1):
            for k in range(3):
                x = 900 + s * (half - 18 - k * 18)
                c.rect(x - 3, top + 16, x + 3, 700, fade(NIGHT, 0.35))
    for s in (-1, 1):
        for j in range(3):
            x = 900 + s * 345
            c.rect(x - 28, 440 + j * 84, x + 28, 500 + j * 84, mix(GLOW, LANTERN, 0.3) if j != 1 else INK)
            c.line([(x, 440 + j * 84), (x, 500 + j * 84)], 3, NIGHT)
            c.line([(x - 28, 470 + j * 84), (x + 28, 470 + j * 84)], 3, NIGHT)
    fin = [(826, 700), (826, 120), (850, 74), (950, 74), (974, 120), (974, 700)]
    c.poly(fin, BRICK)
    c.shade(fin, RUST, (990, 400), (840, 400), 0.9)
    for r in range(5):
        c.line(ring(900, 84, 22 + r * 17, None, 200, 340), 5, mix(GLOW, LANTERN, r / 5))
    c.taper([(900, 70), (900, 16)], 10, 4, GLOW)
    for x in (834, 966):
        c.line([(x, 120), (x, 690)], 7, GLOW)
    for k, ch in enumerate("REGAL"):
        y = 190 + k * 106
        c.glow(900, y, 110, LANTERN, 0.6)
        c.text(900, y, ch, 104, CREAM, "mm", bold=4)
    c.glow(900, 800, 620, GLOW, 0.55, 240)
    c.rect(560, 770, 1240, 942, mix(GLOW, CREAM, 0.3))
    c.shade((560, 770, 1240, 942), LANTERN, (900, 960), (900, 780), 0.5)
    for k in range(5):
        x = 650 + k * 104
        c.rect(x, 796, x + 84, 942, mix(BRICK, RUST, 0.3))
        c.poly(arch(x + 10, x + 74, 836, 936, 28), mix(GLOW, CREAM, 0.5))
        c.line([(x + 42, 800), (x + 42, 942)], 4, RUST)
    for x, w in ((580, 54), (1166, 54)):
        c.rect(x, 800, x + w, 900, SEA)
        c.rect(x + 7, 808, x + w - 7, 868, CREAM)
        c.ellipse(x + w / 2, 836, 13, 13, BRICK)
    marquee = [(500, 690), (1300, 690), (1340, 730), (1300, 778), (500, 778), (460, 730)]
    c.poly(marquee, mix(INK, RUST, 0.3))
    c.rect(520, 700, 1280, 764, CREAM)
    c.text(900, 733, "SILENT FILM WEEK    LIVE PIANO", 37, INK, "mm", 4, 0.9)
    for k in range(41):
        x = 500 + k * 20
        for y in (690, 778):
            c.ellipse(x, y, 5, 5, GLOW if k % 2 else CREAM)
    c.glow(900, 790, 520, GLOW, 0.45, 90)
    c.gradient([(0, mix(DEEP, BRICK, 0.2)), (1, INK)], (0, 940, 1800, 1200))
    c.mirror(942, 258, NIGHT, 0.85, 7)
    ripple(c, 950, 1195, INK, 110, opacity=0.5)
    ripple(c, 950, 1190, GLOW, 36, 480, 1320, 0.4)
    cast = ((520, 1050, 200, SEA, "bob", 1, 0), (640, 1060, 208, MOSS, "short", 1, 1), (1010, 1066, 212,
        NIGHT, "beard", -1, 1), (1110, 1052, 200, BRICK, "long", -1, 0),
            (1230, 1060, 208, DEEP, "short", -1, 1), (1360, 1070, 208, LANTERN, "bun", -1, 0))
    for i, (x, y, h, coat, style, face, cover) in enumerate(cast):
        c.poly([(x - 30, y), (x + 30, y), (x + 50, y + 110), (x - 50, y + 110)], fade(INK, 0.35))
        hand = person(c, x, y, h, coat, INK, skin=SKINS[(i * 3) % 5], hair=(INK, RUST, INK, CLAY)[i % 4],
            style=style, face=face, hem=0.3, arms=("forward", "pocket"))["far"]
        if cover:
            ux, uy = hand[0] - face * 24, y - h * 1.02
            c.line([(hand[0], hand[1] + 8), (ux, uy)], 4, INK)
            dome = ring(ux, uy + 18, 74, 54, 180, 360)
            color = (BRICK, TIDE, LANTERN)[i % 3]
            c.poly(dome, color)
            c.shade(dome, INK, (ux + 90, uy + 20), (ux - 40, uy - 40), 0.7)
            for k in (-49, 0, 49):
                c.ellipse(ux + k, uy + 18, 25, 7, mix(color, INK, 0.35))
    usher = person(c, 850, 1020, 206, BRICK, INK, skin=SKINS[4], hair=INK, style="cap", hat=RUST, face=1,
        hem=0.42, arms=("reach", "down"))
    c.rect(usher["far"][0] - 8, usher["far"][1] - 20, usher["far"][0] + 22, usher["far"][1] - 4, CREAM)
    for _ in range(90):
        x, y = c.rng.uniform(0, 1800), c.rng.uniform(0, 1200)
        c.line([(x, y), (x - 10, y + 44)], 1.3, fade(MIST, 0.3))


@picture("lantern-night")
def lantern_night(c: Canvas) -> None:
    """The procession on the Alder: a paper fish as long as its boat, and lights along both banks."""
    c.gradient([(0, INK), (0.5, NIGHT), (1, mix(DEEP, BRICK, 0.12))], (0, 0, 1800, 640))
    stars(c, 170, 420)
    c.glow(900, 640, 900, LANTERN, 0.3, 260)
    terrace(c, -30, 700, 610, 170, (mix(NIGHT, SEA, 0.35), mix(NIGHT, SEA, 0.2)), INK, lit=0.4, glass=INK,
        width=96)
    terrace(c, 1100, 1830, 610, 190, (mix(NIGHT, SEA, 0.35), mix(NIGHT, SEA, 0.2)), INK, lit=0.4, glass=INK,
        width=96)
    stone = mix(SEA, NIGHT, 0.4)
    c.poly([(560, 640), *smooth([(560, 560), (900, 500), (1240, 560)]), (1240, 640)], stone)
    for k in range(3):
        x0 = 600 + k * 208
        c.poly(arch(x0, x0 + 184, 640, 642, 78 + 20 * (k == 1)), mix(NIGHT, BRICK, 0.18))
    c.shade([(560, 560), (1240, 560), (1240, 640), (560, 640)], INK, (900, 660), (900, 520), 0.7)
    silhouettes(c, 600, 1200, 545, 50, INK, 20)
    for k in range(15):
        x = 600 + k * 43
        lantern(c, x, 548 - 54 * math.sin(math.pi * (k + 0.7) / 15.4) - 44, 9, (LANTERN, GLOW, BRICK)[k % 3])
    c.gradient([(0, mix(DEEP, LANTERN, 0.22)), (0.4, NIGHT), (1, INK)], (0, 636, 1800, 1200))
    c.mirror(638, 160, NIGHT, 0.75, 7)
    for x0, x1, y in ((-10, 520, 690), (1270, 1810, 690)):
        c.poly([(x0, y - 60), (x1, y - 54), (x1 + (60 if x0 < 0 else 0), y + 6), (x0 - (0 if x0 < 0 else 60),
            y + 6)], mix(NIGHT, INK, 0.4))
        silhouettes(c, x0, x1, y - 44, 92, INK, 13)
        for k in range(12):
            x = x0 + 30 + k * 43
            y1 = y - 150 - c.rng.uniform(0, 40)
            c.line([(x, y - 70), (x, y1 + 10)], 2, INK)
            lantern(c, x, y1, c.rng.uniform(11, 16), (LANTERN, GLOW, LANTERN, BRICK)[k % 4])
    floats = [(c.rng.uniform(0, 1), c.rng.uniform(0, 1)) for _ in range(34)]
    for t, u in sorted(floats):
        y = 700 + 480 * t**1.3
        x = 900 + (u - 0.5) * 1900
        if abs(x - 900) < 520 and 700 < y < 1080:
            continue
        r = 8 + 26 * t
        c.glow(x, y + r * 1.2, r * 2.4, LANTERN, 0.5, r * 3)
        lantern(c, x, y - r * 0.4, r, (LANTERN, GLOW)[round(u * 10) % 2], 3.2)
        ripple(c, y + r * 0.6, y + r * 3, GLOW, 5, x - r, x + r, 0.7)
    x, y = 900, 985
    c.glow(x, y - 190, 640, LANTERN, 0.65, 430)
    tail = smooth([(x + 250, y - 250), (x + 350, y - 330), (x + 520, y - 420), (x + 470, y - 280),
        (x + 530, y - 150), (x + 360, y - 190)], True)
    c.poly(tail, mix(LANTERN, BRICK, 0.35))
    c.shade(tail, GLOW, (x + 250, y - 240), (x + 500, y - 260), 0.8)
    fin = smooth([(x - 90, y - 370), (x + 10, y - 490), (x + 150, y - 470), (x + 130, y - 350)], True)
    c.poly(fin, mix(LANTERN, BRICK, 0.45))
    c.shade(fin, GLOW, (x + 20, y - 350), (x + 60, y - 490), 0.7)
    fish = smooth([(x - 440, y - 210), (x - 350, y - 320), (x - 180, y - 395), (x + 40, y - 385),
        (x + 260, y - 280), (x + 330, y - 235), (x + 240, y - 180), (x + 20, y - 110),
                   (x - 220, y - 100), (x - 380, y - 150)], True)
    c.poly(fish, mix(GLOW, LANTERN, 0.3))
    c.shade(fish, LANTERN, (x, y - 70), (x - 40, y - 330), 0.85)
    c.glow(x - 80, y - 260, 250, CREAM, 0.85, 130)
    for k in range(8):
        px = x - 220 + k * 62
        high = 132 - abs(k - 2) * 15
        c.line(smooth([(px, y - 245 - high), (px + 34, y - 250), (px + 6, y - 250 + high)]), 3,
            fade(BRICK, 0.5))
    for s in (-0.5, 0, 0.5):
        c.line(smooth([(x - 260, y - 250 + s * 120), (x, y - 250 + s * 200), (x + 290, y - 235 + s * 50)]),
            2.5, fade(BRICK, 0.45))
    c.ellipse(x - 335, y - 240, 30, 30, CREAM)
    c.ellipse(x - 341, y - 240, 17, 17, INK)
    c.line(smooth([(x - 436, y - 200), (x - 400, y - 190), (x - 372, y - 198)]), 6, RUST)
    c.line(smooth([(x - 272, y - 330), (x - 244, y - 240), (x - 276, y - 150)]), 6, fade(BRICK, 0.7))
    for px in (-190, 170):
        c.taper([(x + px, y - 20), (x + px, y - 120)], 9, 8, INK)
    c.glow(x, y + 110, 600, LANTERN, 0.5, 110, 1.3)
    rowing_boat(c, x, y + 26, 800, mix(NIGHT, BRICK, 0.3), CLAY)
    for px, coat, face, style in ((-300, mix(BRICK, INK, 0.3), -1, "bob"), (-60, mix(SEA, INK, 0.3), -1,
            "short"), (290, mix(MOSS, INK, 0.4), -1, "beanie")):
        person(c, x + px, y + 40, 220, coat, INK, skin=mix(SKINS[1], LANTERN, 0.3), hair=INK, style=style,
            hat=RUST if style == "beanie" else None, face=face, arms=("forward", "forward"), hem=0.4)
    c.poly([(x - 400, y - 68), *smooth([(x - 400, y - 68), (x, y - 34), (x + 400, y - 84)]),
        (x + 304, y + 50), (x - 320, y + 50)], mix(NIGHT, BRICK, 0.25))
    c.shade([(x - 400, y - 68), (x + 400, y - 84), (x + 304, y + 50), (x - 320, y + 50)], INK, (x, y + 60),
        (x, y - 60), 0.8)
    c.line(smooth([(x - 402, y - 68), (x, y - 34), (x + 402, y - 84)]), 9, LANTERN)
    c.line([(x + 60, y - 100), (x + 470, y + 120)], 8, INK)
    ripple(c, y + 50, 1195, GLOW, 46, 450, 1350, 0.7)
    ripple(c, y + 60, 1195, BRICK, 26, 450, 1350, 0.5)


@picture("choir-stage")
def choir_stage(c: Canvas) -> None:
    """Estuary Voices seen from the stalls: three rows of open folders, and the conductor's raised hands."""
    c.gradient([(0, INK), (0.6, NIGHT), (1, DEEP)])
    for k in range(21):
        x = k * 90
        fold = [(x, 0), (x + 90, 0), (x + 90, 900), (x, 900)]
        c.poly(fold, mix(RUST, INK, 0.25 + 0.12 * (k % 2)))
        c.shade(fold, INK, (x + 95, 400), (x + 10, 400), 0.7)
    c.shade((0, 0, 1800, 900), INK, (900, -80), (900, 480), 0.95)
    for side in (-1, 1):
        beam = [(900 + side * 190, -20), (900 + side * 230, -20), (900 + side * 430, 900), (900 - side * 600,
            900)]
        c.shade(beam, mix(GLOW, LANTERN, 0.3), (900 + side * 190, -50), (900, 900), 0.5)
    c.glow(900, 600, 860, LANTERN, 0.5, 420)
    c.gradient([(0, mix(CLAY, BRICK, 0.4)), (1, RUST)], (0, 880, 1800, 1010))
    c.shade((0, 880, 1800, 1010), INK, (0, 1020), (0, 880), 0.7)
    for row, (y, x0, x1, n, h) in enumerate(((660, 420, 1380, 11, 300), (750, 340, 1460, 11, 320),
            (850, 260, 1540, 11, 345))):
        c.rect(x0 - 90, y - 6, x1 + 90, y + 90, mix(mix(SEA, NIGHT, 0.4), CLAY, 0.12 * row))
        c.rect(x0 - 90, y - 6, x1 + 90, y + 6, mix(CLAY, GLOW, 0.3))
        for i in range(n):
            x = x0 + (x1 - x0) * (i + 0.5 * (row % 2) * 0.6) / (n - 0.7)
            if row == 2 and abs(x - 900) < 80:
                continue
            coat = mix((SEA, DEEP, TIDE)[(i + row) % 3], NIGHT, 0.1)
            face = 1 if x < 900 else -1
            hands = person(c, x, y, h * c.rng.uniform(0.93, 1.05), coat, INK,
                skin=mix(SKINS[c.rng.randrange(5)], GLOW, 0.12),
                           hair=c.rng.choice((INK, RUST, CLAY, FOG, NIGHT, SAND)),
                           style=c.rng.choice(("short", "long", "bob", "bun", "beard", "short", "bald")),
                           face=face, hem=c.rng.choice((0.42, 0.14, 0.14)), arms=("read", "read"),
                           scarf=LANTERN, light=0)
            fx, fy = x + face * 4, hands["near"][1] - 4
            c.poly([(fx - 34, fy - 20), (fx, fy - 6), (fx, fy + 34), (fx - 34, fy + 22)], CREAM)
            c.poly([(fx, fy - 6), (fx + 34, fy - 20), (fx + 34, fy + 22), (fx, fy + 34)], mix(CREAM, SAND,
                0.5))
    c.rect(0, 1000, 1800, 1010, mix(LANTERN, CLAY, 0.4))
    c.rect(740, 1050, 1060, 1210, INK)
    c.rect(730, 1040, 1070, 1056, mix(BRICK, CLAY, 0.4))
    c.glow(900, 800, 330, GLOW, 0.4, 300)
    for x in (872, 928):
        c.taper([(x, 960), (x, 1030)], 40, 32, INK)
        c.rect(x - 20, 1024, x + 20, 1042, INK, 6)
    body = (smooth([(820, 985), (806, 800), (812, 690), (858, 650)])
        + smooth([(942, 650), (988, 690), (994, 800), (980, 985)]))
    for s, elbow, hand in ((-1, (740, 640), (700, 500)), (1, (1062, 660), (1120, 540))):
        c.taper([(900 + s * 66, 692), elbow, hand], 52, 30, INK)
        c.ellipse(hand[0] + s * 4, hand[1] - 16, 19, 24, SKINS[1])
        c.taper([(hand[0] + s * 4, hand[1] - 30), (hand[0] + s * 14, hand[1] - 50)], 8, 6, SKINS[1])
    c.taper([(1124, 522), (1200, 400)], 5, 2.5, CREAM)
    c.poly(body, mix(INK, NIGHT, 0.3))
    c.poly([(894, 800), (906, 800), (920, 985), (880, 985)], INK)
    c.line(smooth([(858, 652), (812, 692), (806, 800), (819, 980)]), 4, mix(LANTERN, INK, 0.35))
    c.line(smooth([(942, 652), (988, 692), (994, 800), (981, 980)]), 4, mix(LANTERN, INK, 0.35))
    c.taper([(900, 660), (900, 620)], 38, 36, mix(SKINS[1], INK, 0.2))
    c.ellipse(900, 584, 47, 58, FOG)
    c.ellipse(900, 528, 26, 24, FOG)
    c.shade(ring(900, 584, 47, 58), SEA, (950, 640), (870, 540), 0.7)
    c.line(ring(900, 528, 26, 24, 180, 360), 3, CREAM)
    c.gradient([(0, mix(INK, RUST, 0.1)), (1, INK)], (0, 1130, 1800, 1200))
    silhouettes(c, -20, 760, 1215, 150, INK, 8)
    silhouettes(c, 1050, 1830, 1215, 150, INK, 8)
