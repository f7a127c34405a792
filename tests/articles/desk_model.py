"""A small model of the desk: what was saved by whom, what each open page has been shown, what readers get.

test_interleavings.py does everything twice, to the newsroom and to this model, and compares. The model counts saves
and moments only; how the newsroom stores and compares them is none of its business. Words are dicts of plain values:
section and assignee by id, tags as a frozenset of names, the byline as a tuple of author ids.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: A pause this long between two autosaves makes two revisions.
SITTING = timedelta(minutes=30)


@dataclass
class Save:
    """One save of a story. `aside` is {field: (before, after)} of one that no form made: a bulk change, a move."""

    version: int
    by: int | None
    words: dict
    at: datetime | None
    how: str = "saved"  # saved, autosaved, restored, taken over
    aside: dict | None = None


@dataclass
class Shown:
    """What readers get of a story from `begins` until just before `ends`; None: for good."""

    begins: datetime
    ends: datetime | None
    words: dict
    of: int  # version of the desk copy
    is_first: bool
    correction: str = ""

    def is_live(self, at):
        return self.begins <= at and (self.ends is None or at < self.ends)


@dataclass
class Story:
    """A story as the desk and its readers should have it."""

    words: dict
    version: int = 1
    state: str = "draft"
    saves: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    public: list = field(default_factory=list)

    @classmethod
    def new(cls, words):
        return cls(words, saves=[Save(1, None, words, None)])

    # --- Saves ------------------------------------------------------------------------------------------

    def save(self, by, words, at, **how):
        self.version += 1
        self.words = words
        self.saves.append(Save(self.version, by, words, at, **how))

    def refuse(self, who, words):
        """Somebody's words that are kept beside the story's; the same again are kept once."""
        words = without_assignee(words)
        if words != next((kept for by, kept in reversed(self.refused) if by == who), None):
            self.refused.append((who, words))

    def since(self, version):
        return [save for save in self.saves if save.version > version]

    def somebody_else_saved(self, who, since):
        """Whether a decision that `who` takes on a page of the version `since` would pass over unseen words."""
        return any(save.by != who for save in self.since(since))

    def stands_in_the_way(self, tab):
        """The saves that this tab's form would write over unseen: neither its own nor its person's own asides."""
        known = max(tab.version, tab.wrote)
        return [s for s in self.since(known) if s.by != tab.who or s.aside is None]

    def with_own_asides(self, tab, words):
        """What a form says once it has taken over what its person changed elsewhere; what was typed wins."""
        words = dict(words)
        for save in self.since(tab.version):
            if save.by != tab.who or save.aside is None:
                continue
            for name, (before, after) in save.aside.items():
                if name == "tags":
                    words[name] = (words[name] - (before - after)) | (after - before)
                elif words[name] == before:
                    words[name] = after
        return words

    def must_be_kept(self):
        """(version, words) of every save that the history must hold: all but those that a sitting went on from."""
        following = [*self.saves[1:], None]
        for save, later in zip(self.saves, following, strict=True):
            goes_on = (
                later is not None
                and (save.how, later.how) == ("autosaved", "autosaved")
                and save.by == later.by
                and later.at - save.at < SITTING
                and save.version not in [shown.of for shown in self.public]
            )
            if not goes_on:
                yield save.version, save.words

    # --- What readers get -------------------------------------------------------------------------------

    def live(self, at):
        return next((shown for shown in self.public if shown.is_live(at)), None)

    def future(self, now):
        return next((shown for shown in self.public if shown.begins > now), None)

    def last(self, at):
        return max((shown for shown in self.public if shown.begins <= at), key=_begins, default=None)

    def release(self, at, now):
        """Readers get the desk copy from `at` on; the interval that this falls into is split there."""
        live, future = self.live(at), self.future(now)
        ends = live.ends if live else future and future.begins
        if live:
            live.ends = at
        self.public.append(Shown(at, ends, self.words, self.version, is_first=not self.public))

    def publish(self, now):
        if (future := self.future(now)) and future.is_first:
            self.cancel(None, now)
        self.release(now, now)

    def schedule(self, at, now):
        self.cancel(None, now)
        self.release(at, now)

    # The verbs that need no words take a moment, and do nothing where the desk refuses them.

    def cancel(self, _at, now):
        future = self.future(now)
        if future is None:
            return
        self.public.remove(future)
        for shown in self.public:
            if shown.ends == future.begins:
                shown.ends = future.ends

    def withdraw(self, _at, now):
        if self.live(now):
            self.cancel(None, now)
            self.live(now).ends = now

    def move(self, at, now):
        """Move the scheduled version to `at`."""
        future = self.future(now)
        if future is None or at <= now or (future.ends and at >= future.ends):
            return
        before = max((s for s in self.public if s is not future), key=_begins, default=None)
        joined = before is not None and before.ends == future.begins
        if before and not joined and at < before.ends:
            return
        if joined:
            before.ends = at
        future.begins = at

    def expire(self, at, now):
        """Let the story go at `at`."""
        last = max(self.public, key=_begins, default=None)
        if last and not (last.ends and last.ends <= now) and at > max(now, last.begins):
            last.ends = at


def without_assignee(words):
    """What a revision holds of a story's words: not whose task it is."""
    return {name: value for name, value in words.items() if name != "assignee"}


def _begins(shown):
    return shown.begins


@dataclass
class Tab:
    """One open form: what it would post, and the newest version that it has been shown."""

    who: int
    story: int
    data: dict
    version: int
    wrote: int = 0  # the version that this tab's last save made, whether it heard so or not
    sent: int = 0  # how many posts left this tab
    heard: int = 0  # the latest of them that the desk got


@dataclass
class Page:
    """A question that somebody looks at: what it will post, where to, and the version that it showed."""

    kind: str
    story: int | None
    seen: object
    address: str
    data: dict
    wish: dict = field(default_factory=dict)
