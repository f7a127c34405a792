"""The sheet and the tools: flat shapes, grainy shading, light, lettering, perspective.

All coordinates are in finished pixels. The canvas is twice as large and is reduced at the end, which gives
clean edges without any antialiasing primitives. Shading is a stipple (a gradient thresholded against
noise), the grain of a stone print; it does most of the work of tying the pictures together.
"""

import functools
import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFont

from .palette import PAPER, Color, ramp

Point = tuple[float, float]
SS = 2  # supersampling: drawn twice as large, reduced at the end
NOISE = (1024, 1024)


@functools.cache
def _noise() -> Image.Image:
    """White noise for stippling, four tiles wide so that any window of it can be cropped in one go."""
    tile = Image.frombytes("L", NOISE, random.Random("stipple").randbytes(NOISE[0] * NOISE[1]))
    sheet = Image.new("L", (NOISE[0] * 3, NOISE[1] * 3))
    for i in range(9):
        sheet.paste(tile, (i % 3 * NOISE[0], i // 3 * NOISE[1]))
    return sheet


@functools.cache
def _paper(size: tuple[int, int]) -> Image.Image:
    """Paper tooth: fine grain plus slow cloudiness around middle grey, for overlaying."""
    rng = random.Random("paper")
    fine = Image.frombytes("L", size, rng.randbytes(size[0] * size[1])).point(
        [116 + v * 24 // 255 for v in range(256)]
    )
    slow = Image.frombytes("L", (48, 32), rng.randbytes(48 * 32)).resize(size, Image.Resampling.BICUBIC)
    tooth = ImageChops.add(fine, slow.point([(v - 128) // 20 + 128 for v in range(256)]), 1, -128)
    return Image.merge("RGB", (tooth,) * 3)


@functools.cache
def _radial(power: float) -> Image.Image:
    """A soft round light; a higher power keeps the light closer to its source."""
    return Image.radial_gradient("L").point([round(255 * max(0, 1 - v / 181) ** power) for v in range(256)])


@functools.cache
def font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)


def smooth(points: Sequence[Point], closed: bool = False, steps: int = 10) -> list[Point]:
    """A Catmull-Rom curve through the points: the natural way to describe a shape drawn by hand."""
    pts = list(points)
    pts = [pts[-1], *pts, pts[0], pts[1]] if closed else [pts[0], *pts, pts[-1]]
    out: list[Point] = []
    for i in range(1, len(pts) - 2):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = pts[i - 1 : i + 3]
        for k in range(steps):
            t = k / steps
            t2, t3 = t * t, t * t * t
            out.append(
                (
                    0.5
                    * (
                        2 * x1
                        + (x2 - x0) * t
                        + (2 * x0 - 5 * x1 + 4 * x2 - x3) * t2
                        + (3 * x1 - x0 - 3 * x2 + x3) * t3
                    ),
                    0.5
                    * (
                        2 * y1
                        + (y2 - y0) * t
                        + (2 * y0 - 5 * y1 + 4 * y2 - y3) * t2
                        + (3 * y1 - y0 - 3 * y2 + y3) * t3
                    ),
                )
            )
    if not closed:
        out.append(pts[-2])
    return out


def arch(x0: float, x1: float, spring: float, base: float, rise: float | None = None) -> list[Point]:
    """The outline of an arched opening: straight sides up to the spring line, then a half ellipse."""
    cx, rx = (x0 + x1) / 2, (x1 - x0) / 2
    ry = rx if rise is None else rise
    curve = [
        (cx - rx * math.cos(math.pi * k / 28), spring - ry * math.sin(math.pi * k / 28)) for k in range(29)
    ]
    return [(x0, base), *curve, (x1, base)]


def ring(
    cx: float, cy: float, rx: float, ry: float | None = None, a0: float = 0, a1: float = 360
) -> list[Point]:
    """Points on an ellipse, for shapes that need part of one."""
    ry = rx if ry is None else ry
    n = max(12, round(abs(a1 - a0) / 6))
    angles = [math.radians(a0 + (a1 - a0) * k / n) for k in range(n + 1)]
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


def turn(points: Sequence[Point], cx: float, cy: float, degrees: float) -> list[Point]:
    """The points turned around a centre, so a boat can be drawn level and then set rocking."""
    s, k = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return [(cx + (x - cx) * k - (y - cy) * s, cy + (x - cx) * s + (y - cy) * k) for x, y in points]


class View:
    """A one-point perspective: x right, y up, z away from the viewer, in metres."""

    def __init__(self, vx: float, vy: float, focal: float, eye: float, yaw: float = 0):
        self.vx, self.vy, self.focal, self.eye = vx, vy, focal, eye
        self.s, self.k = math.sin(math.radians(yaw)), math.cos(math.radians(yaw))

    def __call__(self, x: float, y: float, z: float) -> Point:
        x, z = x * self.k - z * self.s, x * self.s + z * self.k
        z = max(z, 0.1)
        return self.vx + self.focal * x / z, self.vy - self.focal * (y - self.eye) / z

    def size(self, z: float) -> float:
        """How many pixels a metre takes at that distance."""
        return self.focal / z


class Canvas:
    """A sheet of paper with a flat brush, a stipple brush, a light and a typesetter."""

    def __init__(self, key: str, size: tuple[int, int]):
        self.rng = random.Random(key)
        self.w, self.h = size
        self.im = Image.new("RGB", (self.w * SS, self.h * SS), PAPER)
        self.d = ImageDraw.Draw(self.im, "RGBA")

    def finish(self) -> Image.Image:
        """Reduce to the finished size and lay the paper's tooth over everything."""
        small = self.im.reduce(SS)
        return ImageChops.overlay(small, _paper(small.size))

    # Flat shapes

    def poly(self, points: Sequence[Point], fill: Color) -> None:
        self.d.polygon([(x * SS, y * SS) for x, y in points], fill)

    def blob(self, points: Sequence[Point], fill: Color) -> list[Point]:
        """A closed soft shape; returns its outline so that it can be shaded."""
        outline = smooth(points, closed=True)
        self.poly(outline, fill)
        return outline

    def rect(self, x0: float, y0: float, x1: float, y1: float, fill: Color, r: float = 0) -> None:
        box = (min(x0, x1) * SS, min(y0, y1) * SS, max(x0, x1) * SS - 1, max(y0, y1) * SS - 1)
        if box[2] < box[0] or box[3] < box[1]:
            return
        if r:
            self.d.rounded_rectangle(box, r * SS, fill)
        else:
            self.d.rectangle(box, fill)

    def ellipse(self, cx: float, cy: float, rx: float, ry: float | None, fill: Color) -> None:
        ry = rx if ry is None else ry
        self.d.ellipse(((cx - rx) * SS, (cy - ry) * SS, (cx + rx) * SS, (cy + ry) * SS), fill)

    def line(self, points: Sequence[Point], width: float, fill: Color, soft: bool = False) -> None:
        """A line of even width; soft runs it as a curve through the points."""
        pts = smooth(points) if soft else points
        self.d.line(
            [(x * SS, y * SS) for x, y in pts],
            fill,
            max(1, round(width * SS)),
            "curve" if len(pts) > 2 else None,
        )

    def taper(
        self, points: Sequence[Point], w0: float, w1: float, fill: Color, soft: bool = False
    ) -> list[Point]:
        """A limb, a mast, a branch: a stroke that runs from one width to another with round ends."""
        pts = smooth(points, steps=8) if soft else list(points)
        left, right = [], []
        n = len(pts) - 1
        for i, (x, y) in enumerate(pts):
            (ax, ay), (bx, by) = pts[max(0, i - 1)], pts[min(n, i + 1)]
            length = math.hypot(bx - ax, by - ay) or 1
            half = (w0 + (w1 - w0) * i / n) / 2
            nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
            left.append((x + nx, y + ny))
            right.append((x - nx, y - ny))
            if not soft or i in (0, n):
                self.ellipse(x, y, half, half, fill)
        outline = left + right[::-1]
        self.poly(outline, fill)
        return outline

    def lattice(
        self, p0: Point, p1: Point, width: float, bays: int, fill: Color, chord: float = 3, end: float = 1
    ) -> None:
        """A braced girder between two points, narrowing to `end` of its width: cranes, masts, trusses."""
        (x0, y0), (x1, y1) = p0, p1
        length = math.hypot(x1 - x0, y1 - y0)
        nx, ny = -(y1 - y0) / length * width / 2, (x1 - x0) / length * width / 2
        a, b = [], []
        for i in range(bays + 1):
            t = i / bays
            k = 1 + (end - 1) * t
            x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            a.append((x + nx * k, y + ny * k))
            b.append((x - nx * k, y - ny * k))
        zigzag = [(a if i % 2 else b)[i] for i in range(bays + 1)]
        self.line(a, chord, fill)
        self.line(b, chord, fill)
        self.d.line([(x * SS, y * SS) for x, y in zigzag], fill, max(1, round(chord * 0.6 * SS)))

    # Tone and light

    def gradient(
        self, stops: list[tuple[float, Color]], box: tuple[float, float, float, float] | None = None
    ) -> None:
        """A vertical wash: a column of a few hundred colours, stretched."""
        x0, y0, x1, y1 = box or (0, 0, self.w, self.h)
        column = Image.new("RGB", (1, 240))
        column.putdata([ramp(stops, i / 239) for i in range(240)])
        size = (round((x1 - x0) * SS), round((y1 - y0) * SS))
        tall = column.resize((1, size[1]), Image.Resampling.BILINEAR)
        self.im.paste(tall.resize(size, Image.Resampling.NEAREST), (round(x0 * SS), round(y0 * SS)))

    def glow(
        self,
        cx: float,
        cy: float,
        r: float,
        color: Color,
        strength: float = 1,
        ry: float | None = None,
        power: float = 2,
    ) -> None:
        """A soft light. Only the part on the sheet is computed."""
        ry = ry or r
        x0, y0, x1, y1 = max(0, cx - r), max(0, cy - ry), min(self.w, cx + r), min(self.h, cy + ry)
        if x1 - x0 < 1 or y1 - y0 < 1:
            return
        box = tuple(
            (v - o) / (2 * rr) * 256
            for v, o, rr in ((x0, cx - r, r), (y0, cy - ry, ry), (x1, cx - r, r), (y1, cy - ry, ry))
        )
        size = (max(1, round((x1 - x0) * SS)), max(1, round((y1 - y0) * SS)))
        light = _radial(power)
        if strength < 1:
            light = light.point([round(v * strength) for v in range(256)])
        self.im.paste(
            color[:3],
            (round(x0 * SS), round(y0 * SS)),
            light.resize(size, Image.Resampling.BILINEAR, box=box),
        )

    def shade(
        self,
        shape: Sequence,
        color: Color,
        full: Point,
        none: Point,
        strength: float = 0.8,
        power: float = 1.3,
    ) -> None:
        """Stipple a shape (outline, or box of four numbers) from `full` tone at one point to `none`."""
        box = len(shape) == 4 and isinstance(shape[0], (int, float))
        xs, ys = (shape[::2], shape[1::2]) if box else ([p[0] for p in shape], [p[1] for p in shape])
        x0, y0 = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
        x1, y1 = min(self.w, math.ceil(max(xs))), min(self.h, math.ceil(max(ys)))
        w, h = x1 - x0, y1 - y0
        if w < 2 or h < 2:
            return
        dx, dy = none[0] - full[0], none[1] - full[1]
        span = dx * dx + dy * dy or 1
        n = 24
        tone = []
        for j in range(n):
            py = y0 + h * (j + 0.5) / n - full[1]
            for i in range(n):
                t = ((x0 + w * (i + 0.5) / n - full[0]) * dx + py * dy) / span
                tone.append(round(255 * strength * (1 - min(1, max(0, t))) ** power))
        mask = Image.new("L", (n, n))
        mask.putdata(tone)
        mask = mask.resize((w, h), Image.Resampling.BILINEAR)
        ox, oy = self.rng.randrange(NOISE[0]), self.rng.randrange(NOISE[1])
        mask = ImageChops.add(mask, _noise().crop((ox, oy, ox + w, oy + h)), 1, -255)
        mask = mask.point([min(255, v * 5) for v in range(256)]).resize(
            (w * SS, h * SS), Image.Resampling.NEAREST
        )
        if not box:
            stencil = Image.new("L", mask.size)
            ImageDraw.Draw(stencil).polygon([((x - x0) * SS, (y - y0) * SS) for x, y in shape], 255)
            mask = ImageChops.multiply(mask, stencil)
        self.im.paste(color[:3], (x0 * SS, y0 * SS), mask)

    def speckle(self, shape: Sequence, color: Color, amount: float) -> None:
        """An even stipple, for stone, sand and foam."""
        self.shade(shape, color, (0, 0), (1e9, 0), amount, 1)

    def mirror(self, y: float, depth: float, tint: Color, strength: float, wobble: float = 5) -> None:
        """Reflect what stands above the waterline into the water, broken by ripples that widen with depth."""
        depth = min(depth, y, self.h - y)
        y0, y1 = round((y - depth) * SS), round(y * SS)
        base = self.im.crop((0, y1, self.w * SS, 2 * y1 - y0))
        strip = self.im.crop((0, y0, self.w * SS, y1)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        strip = Image.blend(strip, Image.new("RGB", strip.size, tint), 0.3)
        fall = Image.new("L", (1, 64))
        fall.putdata([round(255 * strength * (1 - i / 64) ** 0.7) for i in range(64)])
        strip = Image.composite(strip, base, fall.resize(strip.size, Image.Resampling.BILINEAR))
        self.im.paste(strip, (0, y1))
        self.shiver(y, y + depth, wobble)

    def shiver(self, y0: float, y1: float, amount: float, x0: float = 0, x1: float | None = None) -> None:
        """Break what is drawn in a band of water into ripples that widen downwards."""
        left, right = round(x0 * SS), round((self.w if x1 is None else x1) * SS)
        top, bottom = round(y0 * SS), round(min(y1, self.h) * SS)
        still = self.im.crop((left, top, right, bottom))
        row, lean = 0, 0.0
        while row < still.height:
            t = row / still.height
            tall = round((1.5 + 5 * t) * SS * self.rng.uniform(0.6, 1.4))
            lean = lean * 0.6 + self.rng.uniform(-1, 1) * amount * SS * (0.15 + t)
            self.im.paste(
                still.crop((0, row, still.width, min(row + tall, still.height))),
                (left + round(lean), top + row),
            )
            row += tall

    # Lettering

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        fill: Color,
        anchor: str = "ls",
        track: float = 0,
        bold: float = 0,
    ) -> float:
        """Set a line of type; track is letterspacing in px, bold a stroke in px. Returns the width set."""
        face = font(round(size * SS))
        if not track:
            self.d.text((x * SS, y * SS), words, fill, face, anchor, stroke_width=bold * SS, stroke_fill=fill)
            return face.getlength(words) / SS
        width = sum(face.getlength(ch) / SS + track for ch in words) - track
        x -= {"l": 0, "m": width / 2, "r": width}[anchor[0]]
        for ch in words:
            self.d.text(
                (x * SS, y * SS), ch, fill, face, "l" + anchor[1], stroke_width=bold * SS, stroke_fill=fill
            )
            x += face.getlength(ch) / SS + track
        return width

    def tilted_text(
        self,
        cx: float,
        cy: float,
        words: str,
        size: float,
        fill: Color,
        degrees: float,
        track: float = 0,
        bold: float = 0,
    ) -> None:
        """Lettering centred on a point and turned, for hulls, rivers and streets."""
        pad = round(size * SS)
        width = round((font(round(size * SS)).getlength(words) / SS + track * len(words)) * SS) + 2 * pad
        side = Canvas.__new__(Canvas)
        side.im = Image.new("L", (width, pad * 3))
        side.d = ImageDraw.Draw(side.im)
        side.text(width / SS / 2, pad * 1.5 / SS, words, size, 255, "mm", track, bold)
        mask = side.im.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
        self.im.paste(fill[:3], (round(cx * SS - mask.width / 2), round(cy * SS - mask.height / 2)), mask)
