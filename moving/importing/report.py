"""What an import did, in numbers and in sentences, as text and as a page."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: Sentences of one kind that are written out; the rest is counted.
MOST = 2000

#: What may become of a thing, in the order of the report.
OUTCOMES = {
    "read": _("read"),
    "written": _("written"),
    "updated": _("updated"),
    "unchanged": _("unchanged"),
    "kept": _("left as the desk has it"),
    "refused": _("refused"),
}
KINDS = {
    "story": _("Stories"),
    "page": _("Pages"),
    "picture": _("Pictures"),
    "person": _("Authors"),
    "section": _("Sections"),
    "tag": _("Tags"),
    "address": _("Old addresses"),
    "item": _("Broken items"),
}


@dataclass
class Report:
    """Counts and sentences; each sentence has the place in the source file that it is about."""

    title: str
    dry_run: bool = False
    counts: dict = field(default_factory=lambda: defaultdict(Counter))
    refused: list = field(default_factory=list)  # (where, sentence)
    noted: list = field(default_factory=list)
    lost: Counter = field(default_factory=Counter)
    changed: Counter = field(default_factory=Counter)
    left_out: Counter = field(default_factory=Counter)
    beyond: Counter = field(default_factory=Counter)

    def count(self, kind, outcome, number=1):
        self.counts[kind][outcome] += number

    @property
    def has_changes(self):
        """Whether anything was written."""
        return any(counts["written"] or counts["updated"] for counts in self.counts.values())

    def refuse(self, kind, where, why):
        """`kind` at `where` did not come along."""
        self.count(kind, "refused")
        self._say(self.refused, where, why)

    def note(self, where, what):
        """It came, but somebody should look at it."""
        self._say(self.noted, where, what)

    def leave_out(self, what, number=1):
        """Things of this kind in the source have no place here."""
        if number:
            self.left_out[what] += number

    def _say(self, sentences, where, what):
        said = (where, str(what))
        if said in sentences:  # a story that points to a later one is read twice
            return
        if len(sentences) < MOST:
            sentences.append(said)
        else:
            self.beyond["refused" if sentences is self.refused else "noted"] += 1

    # --- For people ---

    @property
    def outcomes(self):
        """What became of anything at all, by its words in OUTCOMES: the columns of the table."""
        happened = sum(self.counts.values(), Counter())
        return {outcome: words for outcome, words in OUTCOMES.items() if happened[outcome]}

    @property
    def table(self):
        """[(kind in words, [number for each of `outcomes`])] of all that was read."""
        return [
            (words, [self.counts[kind][outcome] for outcome in self.outcomes])
            for kind, words in KINDS.items()
            if kind in self.counts
        ]

    @property
    def parts(self):
        """[(heading, [line])] below the table."""
        lists = [
            (gettext("Refused"), self._lines(self.refused, "refused")),
            (gettext("Look at these"), self._lines(self.noted, "noted")),
            (gettext("What texts lost"), self._numbers(self.lost)),
            (gettext("What came in another form"), self._numbers(self.changed)),
            (gettext("Left out"), self._numbers(self.left_out)),
        ]
        return [(heading, lines) for heading, lines in lists if lines]

    def _lines(self, sentences, name):
        lines = [f"{where}: {what}" for where, what in sentences]
        if self.beyond[name]:
            lines.append(gettext("… and %(number)d more of these.") % {"number": self.beyond[name]})
        return lines

    def _numbers(self, counter):
        return [f"{number} × {what}" for what, number in counter.most_common()]

    @property
    def heading(self):
        said = gettext("Nothing was written: this was a rehearsal.") if self.dry_run else ""
        return f"{self.title} {said}".strip()

    def as_text(self):
        widths = [
            max(len(str(words)) for words in KINDS.values()),
            *(len(str(word)) for word in self.outcomes.values()),
        ]
        rows = [["", *map(str, self.outcomes.values())]] + [
            [str(kind), *map(str, row)] for kind, row in self.table
        ]
        lines = [self.heading, ""]
        lines += [
            "  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True)) for row in rows
        ]
        for heading, said in self.parts:
            lines += ["", heading, *(f"  {line}" for line in said)]
        return "\n".join(lines) + "\n"

    def as_html(self):
        return render_to_string("admin/moving/report.html", {"report": self})
