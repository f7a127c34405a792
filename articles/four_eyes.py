"""The rule of four eyes: nobody publishes alone a story that they wrote. The setting FOUR_EYES switches it on."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Revision

#: Revisions that put no word of their maker into the desk copy.
WORDLESS = (Revision.Reason.REFUSED, Revision.Reason.TAKEN_OVER)


def missing(article, by):
    """Why `by` may not publish this story alone, as a sentence, or None. A command (None) answers to nobody."""
    if not settings.FOUR_EYES or by is None or not _wrote(article, by) or _was_approved(article, by):
        return None
    return _(
        "You wrote this story, so somebody else has to look at it. "
        "Ask a colleague to move it to Ready, or to publish it."
    )


def _wrote(article, by):
    """In the byline, or nobody else saved words of it. A move in review keeps a revision too, but writes nothing."""
    if article.bylines.filter(author__user=by).exists():
        return True
    saves = article.revisions.exclude(reason__in=WORDLESS)
    moves = article.review_steps.exclude(made_by=by).count()
    return saves.exists() and saves.exclude(made_by=by).count() <= moves


def _was_approved(article, by):
    """Somebody else called it ready, and `by` saved nothing since: what was read is what goes out."""
    step = article.review_steps.first()
    if step is None or step.to_state != Article.State.READY or step.made_by_id in (None, by.pk):
        return False
    since = article.revisions.filter(made_by=by, made_at__gt=step.made_at)
    return not since.exclude(reason__in=WORDLESS).exists()
