"""The body of a story where none of our stylesheets and scripts stands around it: the lite page and feeds."""

from dataclasses import replace

from django.template.loader import render_to_string

from articles.embeds import find_embed
from images import players
from images.figures import Figure


def draw_plain(block, at, images, cards, played, *, template):
    """One block of a body through `template`, or "" when what it refers to is not there for readers.

    `images`, `cards` and `played` hold the pictures, stories and recordings by id. The template gets one of: `uses`
    (figure or refusal of each picture) with their common `caption`; `card` (a story); `embed` with its `title`;
    `player` (a recording) or the `refusal` to play it. A text block is the same everywhere.
    """
    if block.inside:
        return render_to_string("articles/_plain_text_block.html", block.parts)
    if block.kind == "embed":
        context = {"embed": find_embed(block.data["url"]), "title": block.data.get("title", "")}
    elif block.kind == "recording":
        context = players.use(block, at, played)
    elif block.kind == "related-card":
        context = {"card": cards.get(block.id)}
    else:
        shared = block.data.get("caption", "") if block.figures else ""
        figures = [one for one in block.figures or [block] if one.id in images]
        context = {
            "uses": [_use(images[one.id], at, one.words, shared) for one in figures],
            "caption": shared,
        }
    return render_to_string(template, context) if any(context.values()) else ""


def _use(image, at, words, shared):
    """The figure of one picture, without a caption of its own under a shared one, or why it is missing."""
    figure = Figure.shown(image, at, **words)
    if figure and shared:
        figure = replace(figure, caption="")
    return {"figure": figure, "refusal": image.refusal(at)}
