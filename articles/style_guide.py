"""The style guide: every component of the readers' pages in every state, drawn by the templates that readers get.

Its stories are invented and stored nowhere; the newest picture of the library stands in for all pictures. Nothing can
drift, because there is no second copy of anything: a test finds each component's template on the page
(tests/articles/test_style_guide.py), so a new one gets its lines here.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from types import SimpleNamespace

from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles import look, rendering
from articles.archive import Month
from articles.embeds import find_embed
from articles.models import Kind, PublishedVersion, Section
from articles.pages import StoryPage, public_sections
from articles.rendering import Part
from articles.search import Question
from articles.stream import Page
from authors.models import Author
from images.figures import Figure
from images.models import DESK_ONLY, Image
from images.players import Player
from images.recording import Recording

#: Tokens of static/css/site.css that are looked at side by side.
COLOURS = ["paper", "tint", "rule", "muted", "soft", "ink", "accent", "glow"]
SIZES = [9, 8, 7, 6, 5, 4, 3, 2, 1]
CARDS = ["lead", "top", "feature", "row", "mini", "companion"]
PLACES = ["column", "wide"]

HEADLINES = {
    Kind.NEWS: "Ferry to Skerry Holm sails again after five weeks in dock",
    Kind.OPINION: "An island is not a luxury",
    Kind.ANALYSIS: "Rents up 70 per cent, wages 28: ten years of a two-room flat",
    Kind.INTERVIEW: "“I count heads, then I count them again”",
}
#: The blocks of words, as an editor writes them.
TEXT_BLOCKS = {
    "takeaways": "<p>The ferry sails again.</p><p>The bill is open.</p>",
    "pull-quote": '<p>I count heads, then I count them again.</p><p data-part="source">Ragna Selwick</p>',
    "fact-box": '<p data-part="title">The ferry</p><p>Built in 1987.</p><ul><li>17 cars</li><li>140 heads</li></ul>',
    "questions": '<p data-part="question">When does it sail?</p><p>At six and at nine.</p>',
    "timeline": '<p data-part="date">3 October</p><p>It breaks.</p><p data-part="date">27 November</p><p>It sails.</p>',
    "table": (
        '<p data-part="caption">Sailings</p><table><tbody><tr><th>Month</th><th>Heads</th></tr><tr><td>October</td>'
        '<td>1,204</td></tr></tbody></table><p data-part="source">Westmark Ferries</p>'
    ),
}
EXCERPT = "The car ferry crossed with a new gear wheel, 17 vehicles and a tanker of heating oil."


@dataclass(frozen=True)
class Specimen:
    """One component in one state: what it shows, and its HTML."""

    state: str
    html: str
    prose: bool = False  # stands in the column of the text


def urls(wrap):
    return [path("style-guide/", wrap(require_safe(show)), name="style_guide")]


def show(request):
    """The page. For everybody at the desk; it holds nothing of any story."""
    sections = public_sections(timezone.now())
    context = {
        "title": _("Style guide"),
        "sections": sections,
        "groups": _Guide(sections).groups(),
        "colours": COLOURS,
        "sizes": SIZES,
    }
    return TemplateResponse(request, "admin/articles/style_guide.html", context)


class _Guide:
    """The invented stories, and the components drawn with them."""

    def __init__(self, sections):
        self.at = timezone.now()
        self.paper = look.look_of(sections)
        self.section = Section(pk=1, name="Harbour", slug="harbour")
        self.sections = sections or [self.section]
        pictures = Image.objects.filter(progress=Image.Progress.MADE, not_after=None).defer(*DESK_ONLY)
        shown = [one for one in pictures.order_by("-pk")[:20] if one.rights_allow(self.at)]
        self.picture = max(shown, key=lambda one: one.width > one.height, default=None)
        self.figure = self.picture and Figure.of(
            self.picture, caption="The quay on Monday morning.", credit="Arda Example/Agency"
        )
        self.author = Author(
            name="Ines Calder",
            slug="ines-calder",
            role="Town Hall Reporter",
            biography="She reads budgets from the back, where the footnotes are.",
        )
        self.news = self.story()

    def story(self, kind=Kind.NEWS, picture=True, number=1, **fields):
        story = PublishedVersion(
            article_id=number,
            kind=kind,
            slug="a-story",
            section=self.section,
            lead_image=self.picture if picture else None,
            **{
                "headline": HEADLINES[kind],
                "standfirst": EXCERPT,
                "excerpt": EXCERPT,
                "first_published_at": self.at - timedelta(hours=3),
                "reading_minutes": 4,
                **fields,
            },
        )
        story.seen_at = self.at
        return story

    def draw(self, state, template, **context):
        shared = {
            "look": self.paper,
            "site_name": self.paper.name,
            "site_tagline": self.paper.tagline,
            "sections": self.sections,
        }
        return Specimen(state, render_to_string(template, shared | context))

    def groups(self):
        """(name of a group, its Specimens), from the head of a page to its foot."""
        return [
            (gettext_lazy("Head and foot"), self.frame()),
            (gettext_lazy("Stories in lists"), self.lists()),
            (gettext_lazy("A story"), self.of_story()),
            (gettext_lazy("In the text"), [replace(one, prose=True) for one in self.in_text()]),
            (gettext_lazy("Around a story"), self.around()),
            (gettext_lazy("Search and archive"), self.finding()),
            (gettext_lazy("Notices"), self.notices()),
        ]

    def frame(self):
        head = "components/_masthead.html"
        return [
            self.draw("front page", head, front=self.news),
            self.draw("other pages", head, here=self.sections[0], no_search=True),
            self.draw("mark", "components/_mark.html"),
            self.draw("foot", "components/_footer.html", lite="/lite/"),
        ]

    def lists(self):
        card, item, stream = "articles/_card.html", "articles/_feed_item.html", "articles/_stream.html"
        correction = "articles/_correction_item.html"
        stories = [self.news, self.story(Kind.OPINION), self.story(Kind.ANALYSIS, picture=False)]
        drawn = [self.draw(f"card, {size}", card, story=self.news, size=size) for size in CARDS]
        drawn += [
            self.draw(f"card, {kind}", card, story=self.story(kind), size="row") for kind in Kind.values
        ]
        drawn += [
            self.draw("card without a picture", card, story=self.story(picture=False), size="row"),
            self.draw("stream", stream, stories=stories, more="?before=0-0"),
            self.draw("stream, brief", stream, stories=stories, more="", variant="brief"),
            self.draw("item, large", item, story=self.news, opening=True),
            self.draw("list", "articles/_list.html", page=Page(stories, "")),
            self.draw("list, empty", "articles/_list.html", page=Page([], "")),
            self.draw("the newest", "articles/_newest.html", newest=stories[:1]),
            self.draw(
                "correction",
                correction,
                correction=self.correction(),
                story=self.news,
            ),
        ]
        return drawn

    def correction(self, number=1):
        version = SimpleNamespace(visible_from=self.at - timedelta(hours=number))
        text = "We said that the ferry carries 19 vehicles. It carries 17."
        return SimpleNamespace(pk=number, text=text, version=version, placement="below")

    def page(self, story):
        rows = [
            SimpleNamespace(author=self.author, role=""),
            SimpleNamespace(author=self.author, role="pictures"),
        ]
        return StoryPage(story=story, bylines=rows, tags=[], corrections=[self.correction()])

    def of_story(self):
        header, corrections = "articles/_story_header.html", "articles/_corrections.html"
        drawn = [
            self.draw(f"header, {kind}", header, story=self.story(kind), page=self.page(self.story(kind)))
            for kind in Kind.values
        ]
        updated = self.story(updated_at=self.at)
        parts = [Part("part-one", "Like a wardrobe across a floor"), Part("part-two", "The long way round")]
        return [
            *drawn,
            self.draw("header, updated", header, story=updated, page=self.page(updated)),
            self.draw("contents", "articles/_contents.html", parts=parts),
            self.draw("correction", corrections, corrections=[self.correction()], where="below"),
            self.draw("corrections", corrections, corrections=[self.correction(2)] * 2, where="above"),
        ]

    def in_text(self):
        use = {"figure": self.figure, "place": "gallery", "refusal": None}
        gone = {"figure": None, "place": "gallery", "refusal": Image.Refusal.ENDED}
        beside, together = {**use, "place": "side-by-side"}, "articles/_side_by_side.html"
        figure, related = "articles/_body_figure.html", "articles/_related_card.html"
        embed = find_embed("https://youtu.be/abcdefghijk")
        drawn = [self.draw(f"figure, {place}", figure, figure=self.figure, place=place) for place in PLACES]
        return [
            *drawn,
            self.draw("figure that is gone", figure, **gone),
            self.draw("gallery", "articles/_gallery.html", uses=[use, gone]),
            self.draw("side by side", together, uses=[beside] * 2, caption="Before and after."),
            self.draw("story card", related, story=self.news),
            self.draw("story card, opinion", related, story=self.story(Kind.OPINION, picture=False)),
            self.recording("sound", is_film=False),
            self.recording("film", is_film=True),
            self.draw("recording that is gone", "articles/_recording.html", refusal=Recording.Refusal.ENDED),
            *(self.text_block(name, words) for name, words in TEXT_BLOCKS.items()),
            self.draw("embed", "articles/_embed.html", embed=embed, title="The sluice closes"),
        ]

    def recording(self, state, **fields):
        words = {
            "title": "The ferry’s horn",
            "credit": "Arda Example",
            "transcript": "One long blast.",
            "seconds": 75,
        }
        recording = Recording(file="recordings/none.mp4", **words, **fields)
        player = Player(recording, caption="Heard on the quay.", poster=None)
        return self.draw(state, "articles/_recording.html", player=player)

    def text_block(self, name, words):
        body = rendering.clean(f'<section data-block="{name}">{words}</section>')
        return Specimen(name, rendering.render(body, lambda block: rendering.draw_block(block, block.parts)))

    def around(self):
        tags = [SimpleNamespace(name=name, get_absolute_url="/tag/x/") for name in ("Budget", "Swing Bridge")]
        box = "authors/_author_box.html"
        return [
            self.draw("topics", "articles/_tags.html", tags=tags),
            self.draw("author", box, author=self.author, portrait=self.figure),
            self.draw("author without a portrait", box, author=self.author, portrait=None),
            self.draw("Read more", "articles/_read_more.html", stories=[self.news, self.story(Kind.OPINION)]),
        ]

    def finding(self):
        question = Question(text="ferry late")
        found = self.story()
        found.passage = EXCERPT
        month = Month.of(self.at)
        nothing = {"question": question, "fewer": ["ferry"], "newest": []}
        return [
            self.draw("form", "articles/_search_form.html", question=question),
            self.draw("found", "articles/_search_item.html", story=found, hits=question.hits),
            self.draw("nothing found", "articles/_search_nothing.html", **nothing),
            self.draw("months", "articles/_archive_ways.html", before=month, after=month.next),
            self.draw("years", "articles/_archive_years.html", years={month.year: [month.next, month]}),
        ]

    def notices(self):
        preview = "articles/_preview_notice.html"
        guest = SimpleNamespace(embargo=self.at, expires_at=self.at)
        return [
            self.draw("breaking", "articles/_breaking.html", story=self.news),
            self.draw("preview", preview),
            self.draw("preview for a guest", preview, guest=guest),
            self.draw("preview of a page", "articles/_arrangement_notice.html", preview=self.at),
        ]
