"""How a byline's face is built: skin, features, glasses, hair, shoulders, from one set of measures."""

# Coordinates are read in rows, as they were drawn; one number per line would hide the shape.
# fmt: off

from dataclasses import dataclass

from .canvas import Canvas, Point, ring, smooth
from .palette import BRICK, CREAM, INK, RUST, Color, fade, mix

X, Y = 450, 400  # the middle of the face, between the eyes
X, Y = 450, 400  # the middle of the face, between the eyes


@dataclass
class Face:
    """What one face is made of; lengths in px of the finished portrait."""

    skin: Color
    turn: float = 12  # how far the features slide sideways: a turned head
    width: float = 122
    jaw: float = 92
    chin: float = 46
    length: float = 172  # from the eyes to the chin
    blush: Color = BRICK
    brow: Color = INK
    brow_lift: float = 0
    brow_width: float = 9
    iris: Color = INK
    lids: float = 0  # 0 wide awake, 1 amused and narrow
    nose: float = 62
    nose_width: float = 22
    smile: float = 8
    lips: Color | None = None
    age: float = 0


def backdrop(c: Canvas, ground: Color, disc: Color) -> None:
    c.rect(0, 0, c.w, c.h, ground)
    c.ellipse(X, 470, 372, 372, disc)
    c.shade(ring(X, 470, 372), mix(disc, ground, 0.85), (760, 800), (260, 220), 0.85)


def shoulders(c: Canvas, cloth: Color, *, width: float = 330, slope: float = 60,
        top: float = 640) -> list[Point]:
    """The clothed shoulders; returns the outline for patterns."""
    right = smooth([(X + 62, top - 18), (X + 150, top + 14), (X + width * 0.82, top + slope),
        (X + width, top + slope + 110), (X + width + 26, 910)])
    left = smooth([(X - 62, top - 18), (X - 150, top + 14), (X - width * 0.82, top + slope),
        (X - width, top + slope + 110), (X - width - 26, 910)])
    outline = right + left[::-1]
    c.poly(outline, cloth)
    c.shade(outline, mix(cloth, INK, 0.6), (X + width + 60, 900), (X - 40, top), 0.9)
    return outline


def neck(c: Canvas, f: Face, width: float = 62) -> None:
    shape = smooth([(X - width, 500), (X - width + 4, 600), (X - width - 22, 672)]) + smooth([(X + width + 22,
        672), (X + width - 4, 600), (X + width, 500)])
    c.poly(shape, mix(f.skin, f.blush, 0.12))
    c.shade(shape, mix(f.skin, RUST, 0.62), (X + 30, 520), (X - 30, 690), 0.95)


def head(c: Canvas, f: Face) -> list[Point]:
    """Ears, skull and jaw with their shade; returns the outline."""
    t = f.turn
    for s in (-1, 1):
        ex = X + s * (f.width + 2) - t * 0.5
        if s * t > 14:
            continue
        ear = smooth([(ex - s * 10, Y - 18), (ex + s * 16, Y - 26), (ex + s * 24, Y + 4),
            (ex + s * 12, Y + 48), (ex - s * 10, Y + 44)], True)
        c.poly(ear, mix(f.skin, f.blush, 0.16))
        c.line(smooth([(ex + s * 4, Y - 10), (ex + s * 14, Y + 2), (ex + s * 4, Y + 26)]), 3.5,
            mix(f.skin, RUST, 0.5))
    chin = Y + f.length
    outline = smooth([
        (X - f.width, Y - 30), (X - f.width * 0.86, Y - 128), (X, Y - 186), (X + f.width * 0.86, Y - 128),
        (X + f.width, Y - 30),
        (X + f.width * 0.97, Y + 40), (X + f.jaw + t * 0.3, Y + f.length * 0.66), (X + f.chin + t * 0.7,
        chin - 10), (X + t * 0.7, chin),
        (X - f.chin + t * 0.7, chin - 10), (X - f.jaw + t * 0.3, Y + f.length * 0.66), (X - f.width * 0.97,
        Y + 40)], True)
    c.poly(outline, f.skin)
    c.shade(outline, mix(f.skin, RUST, 0.5), (X + f.width * 1.15, Y + 60), (X + f.width * 0.05, Y), 0.8)
    for s in (-1, 1):
        cx, cy = X + s * 66 + t, Y + 66
        c.glow(cx, cy, 46, mix(f.skin, f.blush, 0.55), 0.6, 36, 1.4)
    return outline


def features(c: Canvas, f: Face) -> None:
    """Brows, eyes, nose and mouth: as few marks as will carry an expression."""
    t, line = f.turn, mix(f.skin, INK, 0.62)
    soft = mix(f.skin, RUST, 0.55)
    for s in (-1, 1):
        ex, ey = X + s * 52 + t * 1.25, Y + 6
        open_ = 13 * (1 - f.lids * 0.5)
        white = smooth([(ex - 25, ey + 2), (ex - 8, ey - open_), (ex + 10, ey - open_), (ex + 25, ey + 2),
            (ex + 8, ey + open_ * 0.75), (ex - 8, ey + open_ * 0.75)], True)
        c.poly(white, mix(CREAM, f.skin, 0.18))
        c.ellipse(ex + t * 0.18, ey - 1, 10.5, min(11, open_ + 1), f.iris)
        c.ellipse(ex + t * 0.18, ey - 1, 5, 5.5, INK)
        c.ellipse(ex + t * 0.18 - 3.5, ey - 4.5, 2.8, 2.8, CREAM)
        c.line(smooth([(ex - 28, ey + 3), (ex - 10, ey - open_ - 2), (ex + 10, ey - open_ - 2),
            (ex + 28, ey + 3)]), 5, mix(INK, f.skin, 0.08))
        if f.age > 0.3 or f.lids > 0.3:
            c.line(smooth([(ex - 18, ey + 19), (ex, ey + 23), (ex + 18, ey + 18)]), 3, soft)
        if f.age > 0.5:
            for k in (-6, 6):
                c.line([(ex + s * 34, ey + k * 0.4), (ex + s * 48, ey + k * 1.7)], 2.6, soft)
        by = Y - 34 - f.brow_lift
        brow = smooth([(ex - s * 30, by + 6), (ex - s * 6, by - 8), (ex + s * 32, by + 4)])
        c.taper(brow, f.brow_width + 3, f.brow_width * 0.5, f.brow)
    nx, ny = X + t * 1.9, Y + f.nose
    bridge = X + t * 1.3 + (10 if t > 0 else -10)
    side = 1 if t >= 0 else -1
    plane = smooth([(bridge - side * 2, Y - 8), (nx + side * (f.nose_width * 0.55), ny - 16),
        (nx + side * f.nose_width, ny + 2), (nx + side * 2, ny + 9), (nx - side * 3, ny - 6),
        (bridge - side * 10, Y + 14)], True)
    c.shade(plane, soft, (nx + side * f.nose_width, ny), (nx - side * 14, ny - 20), 0.95)
    c.line(smooth([(nx - f.nose_width, ny + 1), (nx - f.nose_width * 0.55, ny + 9), (nx, ny + 6),
        (nx + f.nose_width * 0.55, ny + 9), (nx + f.nose_width, ny + 1)]), 4.2, mix(f.skin, RUST, 0.75))
    mx, my = X + t * 1.5, Y + f.nose + 46
    w = 40
    curve = [(mx - w, my - f.smile), (mx - w * 0.4, my + f.smile * 0.35), (mx, my + f.smile * 0.5),
        (mx + w * 0.4, my + f.smile * 0.35), (mx + w, my - f.smile)]
    if f.lips:
        c.poly(smooth([(mx - w + 4, my - f.smile), (mx - 12, my - 9), (mx, my - 6), (mx + 12, my - 9),
            (mx + w - 4, my - f.smile), (mx + 16, my + 15), (mx - 16, my + 15)], True), f.lips)
    else:
        c.line(smooth([(mx - 18, my + 20), (mx, my + 23), (mx + 18, my + 20)]), 3.5, soft)
    c.line(smooth(curve), 5, mix(line, RUST, 0.4))
    if f.age > 0.3:
        for s in (-1, 1):
            c.line(smooth([(nx + s * (f.nose_width + 10), ny - 2), (mx + s * (w + 12), my - 18),
                (mx + s * (w + 16), my + 2)]), 3, soft)
    if f.age > 0.7:
        for k in range(2):
            c.line(smooth([(X + t - 50, Y - 84 - k * 20), (X + t, Y - 90 - k * 20),
                (X + t + 50, Y - 84 - k * 20)]), 2.6, fade(soft, 0.7))


def glasses(c: Canvas, f: Face, color: Color, *, rx: float = 44, ry: float = 42, width: float = 7,
        drop: float = 4, kind: str = "round", glass: float = 0.16) -> None:
    t = f.turn
    lenses = []
    for s in (-1, 1):
        cx, cy = X + s * 54 + t * 1.25, Y + 6 + drop
        if kind == "round":
            shape = ring(cx, cy, rx, ry)
        elif kind == "half":
            shape = [*ring(cx, cy - 6, rx, ry, 0, 180), (cx - rx, cy - 12), (cx + rx, cy - 12),
                (cx + rx, cy - 6)]
        else:
            shape = smooth([(cx - rx, cy - ry), (cx, cy - ry - 2), (cx + rx, cy - ry), (cx + rx * 0.98, cy),
                (cx + rx * 0.86, cy + ry), (cx, cy + ry + 2), (cx - rx * 0.86, cy + ry), (cx - rx * 0.98,
                cy)], True)
        c.poly(shape, fade(CREAM, glass))
        c.poly([(cx - rx * 0.5, cy + ry * 0.5), (cx - rx * 0.1, cy - ry * 0.7), (cx + rx * 0.12,
            cy - ry * 0.7), (cx - rx * 0.28, cy + ry * 0.5)], fade(CREAM, glass * 1.2))
        c.line([*shape, shape[0]], width, color)
        c.line([(cx + s * rx, cy - 6), (X + s * (f.width + 4) - t * 0.4, Y - 4)], width * 0.8, color)
        lenses.append(cx)
    c.line(smooth([(lenses[0] + rx, Y + drop), ((lenses[0] + lenses[1]) / 2, Y - 6 + drop), (lenses[1] - rx,
        Y + drop)]), width * 0.9, color)


def strands(c: Canvas, lines: list[list[Point]], color: Color, width: float = 4) -> None:
    """A few drawn hairs over a flat mass of hair, no more than the eye needs to read it as hair."""
    for pts in lines:
        c.taper(pts, width, width * 0.4, color, True)


def braid(c: Canvas, path: list[Point], r: float, color: Color, dark: Color, tie: Color) -> None:
    """A plait along a path: overlapping pairs of lobes, thinner to the end."""
    pts = smooth(path, steps=6)
    n = len(pts)
    for i in range(0, n - 3, 3):
        x, y = pts[i]
        k = r * (1 - 0.45 * i / n)
        for s in (-1, 1):
            lobe = smooth([(x + s * k * 0.1, y - k * 0.8), (x + s * k, y - k * 0.4), (x + s * k * 0.75,
                y + k * 0.7), (x - s * k * 0.2, y + k * 0.9)], True)
            c.poly(lobe, color if s < 0 else mix(color, dark, 0.35))
            c.line(lobe, 2.2, dark)
    x, y = pts[-3]
    c.rect(x - r * 0.5, y - 6, x + r * 0.5, y + 8, tie, 4)
    c.poly([(x - r * 0.42, y + 8), (x + r * 0.42, y + 8), (x + r * 0.2, y + 50), (x - r * 0.3, y + 44)],
        color)


def within(outline: list[Point], x: float, y: float, margin: float) -> bool:
    """Whether a small ornament at (x, y) stays inside the outline."""
    def hit(px: float, py: float) -> bool:
        odd = False
        for (x0, y0), (x1, y1) in zip(outline, [*outline[1:], outline[0]], strict=True):
            if (y0 > py) != (y1 > py) and px < (x1 - x0) * (py - y0) / (y1 - y0) + x0:
                odd = not odd
        return odd

    return all(hit(x + dx, y + dy) for dx, dy in ((margin, 0), (-margin, 0), (0, margin), (0, -margin)))
