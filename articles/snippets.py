"""The passage of a story that shows why a search found it."""

from articles import rendering
from images.search_words import spots

#: Characters of a passage, and how many of them may stand before the first word that was asked for.
LENGTH, BEFORE = 240, 60
#: Characters of a body that are looked through.
LOOKED_AT = 30_000


def passage(story, hits):
    """Some 240 characters of a version's standfirst or body with as many of the wanted words as possible.

    What was found elsewhere, in a caption or a name, shows the excerpt. `hits`: images.search_words.Hits.
    """
    start, most = _densest(story.standfirst, hits)
    best = _cut(story.standfirst, start) if most else story.excerpt
    if most < len(hits.wanted):
        body = rendering.plain_text(story.body)[:LOOKED_AT]
        start, more = _densest(body, hits)
        if more > most:
            best = _cut(body, start)
    return best


def _densest(text, hits):
    """(start, number of different wanted words) of the stretch with most of them, the first of equals."""
    near, best = [], (0, 0)
    for spot in spots(text, hits):
        near = [one for one in near if spot[1] - one[0] <= LENGTH - BEFORE] + [spot]
        different = len(set().union(*(found for _start, _end, found in near)))
        if different > best[1]:
            best = (near[0][0], different)
        if different == len(hits.wanted):
            break
    return best


def _cut(text, start):
    """LENGTH characters of `text` around `start`, in whole words, with marks for what is left out."""
    if len(text) <= LENGTH:
        return text
    begin = max(0, min(start - BEFORE, len(text) - LENGTH))
    end = min(len(text), begin + LENGTH)
    if begin:
        begin = _blank(text, begin, start) or begin
    if end < len(text):
        end = text.rfind(" ", start, end) if text.rfind(" ", start + LENGTH // 3, end) > 0 else end
    opening, closing = "… " * (begin > 0), "…" * (end < len(text))
    return opening + text[begin:end].strip(" ,;:–—") + closing


def _blank(text, begin, start):
    place = text.find(" ", begin, start)
    return place + 1 if place >= 0 else 0
