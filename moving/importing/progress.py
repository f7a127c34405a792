"""One line that says how far an import is, how fast, and how long it still takes."""

from time import monotonic

from django.utils.translation import gettext


class Progress:
    """Writes to a terminal at most once a second; to a file, only every minute."""

    def __init__(self, stream, total, what):
        self.stream, self.total, self.what = stream, total, what
        self.done = 0
        self.began = self.said = monotonic()
        self.lively = stream is not None and getattr(stream, "isatty", lambda: False)()

    def step(self, number=1):
        self.done += number
        now = monotonic()
        if self.stream is None or now - self.said < (1 if self.lively else 60):
            return
        self.said = now
        self.stream.write(
            ("\r\x1b[K" if self.lively else "") + self.line(now) + ("" if self.lively else "\n")
        )
        self.stream.flush()

    def line(self, now):
        rate = self.done / max(now - self.began, 0.001)
        left = max(self.total - self.done, 0) / rate if rate else 0
        filled = 20 * self.done // max(self.total, 1)
        bar = "█" * filled + "░" * (20 - filled)
        return gettext("%(bar)s %(done)d of %(total)d %(what)s, %(rate)d a second, %(left)s left") % {
            "bar": bar,
            "done": self.done,
            "total": self.total,
            "what": self.what,
            "rate": rate,
            "left": f"{int(left // 60)}:{int(left % 60):02}",
        }

    def end(self):
        if self.lively:
            self.stream.write("\r\x1b[K")
