"""Shared motifs of the town: houses, terraces, paving, street furniture, stalls, lanterns, the lighthouse."""

import math
from collections.abc import Sequence

from .canvas import Canvas, ring
from .palette import (
    BRICK,
    CREAM,
    FOG,
    GLOW,
    INK,
    LANTERN,
    NIGHT,
    SEA,
    Color,
    fade,
    mix,
)


def window(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    pane: Color,
    frame: Color | None = None,
    bars: bool = True,
) -> None:
    c.rect(x, y, x + w, y + h, pane)
    if frame and w > 9:
        t = max(1, w * 0.07)
        if bars:
            c.rect(x + w / 2 - t / 2, y, x + w / 2 + t / 2, y + h, frame)
            c.rect(x, y + h * 0.42, x + w, y + h * 0.42 + t, frame)
        c.rect(x - w * 0.12, y + h, x + w * 1.12, y + h + t * 1.4, frame)


def house(
    c: Canvas,
    x: float,
    base: float,
    w: float,
    h: float,
    wall: Color,
    roof: Color,
    *,
    kind: str = "gable",
    floors: int = 3,
    bays: int = 3,
    lit: float = 0,
    glass: Color = NIGHT,
    frame: Color | None = None,
    chimney: bool = True,
    door: Color | None = None,
    shade: float = 0.5,
) -> None:
    """A town house; h is to the eaves. kind: gable (towards us), step, side (ridge along), flat."""
    top, rise = base - h, w * {"gable": 0.55, "step": 0.62, "side": 0.34, "flat": 0.05}[kind]
    dark = mix(roof, INK, 0.3)
    if chimney and kind != "flat":
        cx = x + w * c.rng.choice((0.18, 0.74))
        c.rect(cx, top - rise * 0.95, cx + w * 0.1, top, mix(wall, INK, 0.25))
        c.rect(cx - w * 0.015, top - rise * 0.97, cx + w * 0.115, top - rise * 0.9, dark)
    c.rect(x, top, x + w, base, wall)
    if kind == "gable":
        c.poly([(x, top), (x + w / 2, top - rise), (x + w, top)], wall)
        c.line(
            [(x - w * 0.04, top + w * 0.03), (x + w / 2, top - rise), (x + w * 1.04, top + w * 0.03)],
            max(2, w * 0.045),
            roof,
        )
    elif kind == "step":
        for i in range(4):
            c.rect(
                x + w * 0.125 * i,
                top - rise * (i + 1) / 4,
                x + w - w * 0.125 * i,
                top - rise * i / 4 + 1,
                wall,
            )
            for sx in (x + w * 0.125 * i, x + w - w * 0.125 * (i + 1)):
                c.rect(
                    sx - 1,
                    top - rise * (i + 1) / 4 - 2,
                    sx + w * 0.125 + 1,
                    top - rise * (i + 1) / 4 + w * 0.02,
                    roof,
                )
    elif kind == "side":
        outline = [
            (x - w * 0.03, top),
            (x + w * 0.07, top - rise),
            (x + w * 0.93, top - rise),
            (x + w * 1.03, top),
        ]
        c.poly(outline, roof)
        c.shade(outline, dark, (x + w, top), (x, top - rise), 0.7)
    else:
        c.rect(x - w * 0.02, top - rise, x + w * 1.02, top + 2, roof)
    if shade:
        c.shade((x, top, x + w, base), mix(wall, INK, 0.6), (x + w * 1.05, base), (x + w * 0.1, top), shade)
    ww, fh = w / bays, h / floors
    for j in range(floors):
        for i in range(bays):
            wx, wy = x + ww * (i + 0.27), top + fh * (j + 0.2)
            if door and j == floors - 1 and i == bays // 2:
                c.rect(wx - ww * 0.04, wy + fh * 0.02, wx + ww * 0.5, base, door)
                continue
            on = c.rng.random() < lit
            window(
                c,
                wx,
                wy,
                ww * 0.46,
                fh * 0.56,
                mix(LANTERN, GLOW, c.rng.random()) if on else glass,
                mix(wall, INK, 0.45) if on else (frame or mix(wall, INK, 0.5)),
            )
    if kind in ("gable", "step") and rise > 40:
        window(
            c,
            x + w / 2 - ww * 0.17,
            top - rise * 0.42,
            ww * 0.34,
            fh * 0.36,
            glass,
            frame or mix(wall, INK, 0.5),
            False,
        )


def terrace(
    c: Canvas,
    x0: float,
    x1: float,
    base: float,
    height: float,
    walls: Sequence[Color],
    roof: Color,
    *,
    lit: float = 0,
    glass: Color = NIGHT,
    width: float = 110,
    shade: float = 0.5,
) -> None:
    """A row of old houses of uneven width and height, as harbour fronts grow."""
    x = x0
    while x < x1 - width * 0.3:
        w = width * c.rng.uniform(0.75, 1.35)
        house(
            c,
            x,
            base,
            w,
            height * c.rng.uniform(0.75, 1.15),
            c.rng.choice(walls),
            roof,
            lit=lit,
            glass=glass,
            shade=shade,
            kind=c.rng.choice(("gable", "side", "side", "step")),
            floors=c.rng.choice((2, 3, 3)),
            bays=c.rng.choice((2, 3)),
        )
        x += w


def lamp_post(
    c: Canvas, x: float, y: float, h: float, post: Color = INK, light: Color | None = GLOW, r: float = 2.2
) -> None:
    if light:
        c.glow(x, y - h, h * r * 0.35, light, 0.55)
    c.taper([(x, y), (x, y - h)], h * 0.035, h * 0.018, post)
    c.rect(x - h * 0.035, y - h * 0.05, x + h * 0.035, y, post)
    c.poly(
        [
            (x - h * 0.035, y - h),
            (x + h * 0.035, y - h),
            (x + h * 0.05, y - h * 1.09),
            (x - h * 0.05, y - h * 1.09),
        ],
        light or mix(post, FOG, 0.5),
    )
    c.poly([(x - h * 0.065, y - h * 1.09), (x + h * 0.065, y - h * 1.09), (x, y - h * 1.14)], post)


def stall(
    c: Canvas,
    x: float,
    y: float,
    w: float,
    h: float,
    stripe: Color,
    cloth: Color = CREAM,
    front: Color = CREAM,
) -> None:
    """A market stall seen from the front: striped awning with a scalloped edge, posts, counter."""
    for px in (x + w * 0.04, x + w * 0.96):
        c.rect(px - 4, y - h * 0.8, px + 4, y, mix(INK, SEA, 0.3))
    c.rect(x + w * 0.04, y - h * 0.72, x + w * 0.96, y - h * 0.36, fade(INK, 0.5))
    n = max(6, round(w / 42) // 2 * 2 + 1)
    for i in range(n):
        color = stripe if i % 2 == 0 else cloth
        bw = w / n
        top0, top1 = x + w * 0.08 + (w * 0.84) * i / n, x + w * 0.08 + (w * 0.84) * (i + 1) / n
        c.poly(
            [(top0, y - h), (top1, y - h), (x + bw * (i + 1), y - h * 0.72), (x + bw * i, y - h * 0.72)],
            color,
        )
        c.rect(x + bw * i, y - h * 0.725, x + bw * (i + 1), y - h * 0.67, mix(color, INK, 0.14))
        c.ellipse(x + bw * (i + 0.5), y - h * 0.67, bw / 2, h * 0.045, mix(color, INK, 0.14))
    c.shade(
        [(x + w * 0.08, y - h), (x + w * 0.92, y - h), (x + w, y - h * 0.72), (x, y - h * 0.72)],
        INK,
        (x + w, y - h * 0.7),
        (x + w * 0.3, y - h),
        0.35,
    )
    c.rect(x, y - h * 0.36, x + w, y, front)
    c.rect(x - 4, y - h * 0.385, x + w + 4, y - h * 0.34, mix(front, CREAM, 0.4))
    c.shade((x, y - h * 0.34, x + w, y), mix(front, INK, 0.7), (x + w / 2, y - h * 0.38), (x + w / 2, y), 0.5)


def lantern(c: Canvas, x: float, y: float, r: float, color: Color = LANTERN, halo: float = 4.5) -> None:
    """A round paper lantern: halo, body, ribs, a bright heart."""
    c.glow(x, y, r * halo, color, 0.6)
    c.ellipse(x, y, r * 0.9, r, mix(color, GLOW, 0.35))
    c.glow(x, y + r * 0.1, r * 0.85, CREAM, 0.9, power=1)
    for k in (-0.5, 0, 0.5):
        half = r * 0.9 * math.sqrt(1 - k * k)
        c.line([(x - half, y + k * r), (x + half, y + k * r)], max(0.8, r * 0.05), fade(BRICK, 0.5))
    c.rect(x - r * 0.3, y - r * 1.08, x + r * 0.3, y - r * 0.92, mix(color, INK, 0.6))


def paving(
    c: Canvas, y0: float, y1: float, far: Color, near: Color, vx: float = 900, joints: bool = True
) -> None:
    """A paved ground in one-point perspective."""
    c.gradient([(0, far), (1, near)], (0, y0, c.w, y1))
    c.shade((0, y0, c.w, y1), mix(near, INK, 0.5), (0, y1 + 40), (0, y0), 0.5)
    if joints:
        for k in range(1, 9):
            y = y0 + (y1 - y0) * (k / 9) ** 1.8
            c.line([(0, y), (c.w, y)], 1 + k * 0.15, fade(INK, 0.14))
        for k in range(-16, 17):
            c.line([(vx + k * 70, y0), (vx + k * 250, y1)], 1.3, fade(INK, 0.12))


def lantern_tower(
    c: Canvas, x: float, y: float, h: float, wall: Color, band: Color, lamp: Color = GLOW, shade: Color = INK
) -> None:
    """The town's lighthouse of 1861: tapered stone, two painted bands, gallery, lantern room, dome."""
    w0, w1 = h * 0.105, h * 0.066

    def half(t: float) -> float:
        return w0 + (w1 - w0) * t**0.8

    top = y - h * 0.78
    rise = y - top
    for i in range(5):
        a, b = i / 5, (i + 1) / 5
        body = [
            (x - half(a), y - rise * a),
            (x + half(a), y - rise * a),
            (x + half(b), y - rise * b),
            (x - half(b), y - rise * b),
        ]
        c.poly(body, band if i in (1, 3) else wall)
    outline = [(x - w0, y), (x + w0, y), (x + w1, top), (x - w1, top)]
    c.shade(outline, shade, (x + w0 * 1.1, y), (x - w0 * 0.5, y), 0.9)
    for t in (0.15, 0.5, 0.82):
        c.rect(x - h * 0.011, y - rise * t - h * 0.035, x + h * 0.011, y - rise * t, mix(lamp, shade, 0.2))
    c.poly(
        [(x - w1, top), (x + w1, top), (x + w1 * 1.4, top - h * 0.03), (x - w1 * 1.4, top - h * 0.03)],
        mix(wall, shade, 0.35),
    )
    c.rect(x - w1 * 1.45, top - h * 0.042, x + w1 * 1.45, top - h * 0.03, shade)
    for k in range(-3, 4):
        c.line([(x + w1 * 0.46 * k, top - h * 0.042), (x + w1 * 0.46 * k, top - h * 0.085)], 1.2, shade)
    c.line([(x - w1 * 1.4, top - h * 0.085), (x + w1 * 1.4, top - h * 0.085)], 1.6, shade)
    c.rect(x - w1 * 0.72, top - h * 0.15, x + w1 * 0.72, top - h * 0.042, lamp)
    for k in (-0.72, -0.24, 0.24, 0.72):
        c.line([(x + w1 * k, top - h * 0.15), (x + w1 * k, top - h * 0.042)], max(1.5, h * 0.004), shade)
    dome = ring(x, top - h * 0.15, w1 * 0.88, h * 0.06, 180, 360)
    c.poly(dome, band)
    c.shade(dome, shade, (x + w1, top - h * 0.15), (x - w1 * 0.6, top - h * 0.2), 0.8)
    c.taper([(x, top - h * 0.2), (x, top - h * 0.25)], h * 0.012, h * 0.004, shade)
