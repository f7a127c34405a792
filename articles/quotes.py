"""Stories that show a related card of another one: which of them quote a story that was corrected since.

The card itself follows its story, so that its headline is right; the words around it may repeat the error.
"""

from django.db.models import Exists, F, OuterRef

from articles.models import Correction, PublishedVersion, VersionCard


def _corrected_cards(at):
    """The cards of published versions whose story was corrected after that version went live."""
    corrected = Correction.objects.filter(
        article=OuterRef("article"),
        version__visible_from__lte=at,
        version__visible_from__gt=OuterRef("version__visible_from"),
    )
    # Corrections are few: beginning with their stories, the database reads few of the many cards.
    few = VersionCard.objects.filter(article__in=Correction.objects.values("article"))
    return few.filter(Exists(corrected)).exclude(article=F("version__article"))


def quoting_corrected(articles, at):
    """Those of `articles` (desk copies) whose live version shows a card of a story corrected since."""
    quoting = PublishedVersion.objects.live(at).filter(cards__in=_corrected_cards(at))
    return articles.filter(pk__in=quoting.values("article"))


def corrections_quoted(version, at):
    """The corrections, since it began, of stories that the live `version` shows as cards; the newest first."""
    cards = version.cards.exclude(article=version.article_id).values("article")
    return (
        Correction.objects.filter(
            article__in=cards,
            version__visible_from__lte=at,
            version__visible_from__gt=version.visible_from,
        )
        .select_related("version")
        .order_by("-version__visible_from")
    )
