"""How a story moves between the desk's states, and who may move it. Nothing here makes anything public."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from articles import between, review_mail, workflow
from articles.models import Article, ReviewStep

DRAFT, IN_REVIEW, READY = Article.State.DRAFT, Article.State.IN_REVIEW, Article.State.READY

WRITES = "articles.change_article"
DECIDES = "articles.publish_article"


class Move(NamedTuple):
    """One way from a state to another: the permission it needs, its button, whether it has to be explained."""

    permission: str
    label: str
    needs_comment: bool = False


#: All there is. What is not here is refused.
MOVES = {
    (DRAFT, IN_REVIEW): Move(WRITES, _("Hand in for review")),
    (DRAFT, READY): Move(DECIDES, _("Ready")),
    (IN_REVIEW, DRAFT): Move(DECIDES, _("Send back"), needs_comment=True),
    (IN_REVIEW, READY): Move(DECIDES, _("Ready")),
    (READY, IN_REVIEW): Move(DECIDES, _("Send back"), needs_comment=True),
    (READY, DRAFT): Move(DECIDES, _("Back to draft"), needs_comment=True),
}


def allowed(user, state):
    """{state to move to: Move} for what this person may do with a story in `state`."""
    return {
        to: move for (start, to), move in MOVES.items() if start == state and user.has_perm(move.permission)
    }


@transaction.atomic
def move(*, article, to, by, comment="", assignee=None):
    """Move the story to the state `to`, hand it to `assignee` (None: to nobody in particular), return the step.

    `article` is the copy that `by` has seen: when somebody else saved since, the move is refused. Those concerned
    get an e-mail once all is written. Raises Refusal with a sentence for the editor.
    """
    stored = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if between.who_else_saved(stored, by, since=article.version):
        raise workflow.Refusal(
            _("Somebody saved this story while you were looking at it. Look at what changed, then decide."),
            code="stale",
        )
    rule = _rule(stored.state, to, by)
    if rule.needs_comment and not comment.strip():
        raise workflow.Refusal(_("Say what has to change, so that the writer knows."), code="comment")
    step = ReviewStep(
        article=stored, from_state=stored.state, to_state=to, comment=comment.strip(), made_by=by
    )
    moved = {"assignee": [stored.assignee_id, assignee and assignee.pk]}
    stored.state, stored.assignee = to, assignee
    workflow.save(article=stored, by=by, aside=moved)
    step.save()
    article.state, article.assignee, article.version = stored.state, assignee, stored.version
    # A function of its own: Django cannot name a partial in the log when it fails, and fails itself.
    transaction.on_commit(lambda: review_mail.send(step), robust=True)
    return step


def _rule(state, to, by):
    if (state, to) not in MOVES:
        raise workflow.Refusal(
            _("The story is in the state “%(state)s” now, and cannot be moved like that.")
            % {"state": Article.State(state).label},
            code="state",
        )
    rule = MOVES[state, to]
    if not by.has_perm(rule.permission):
        raise workflow.Refusal(_("Your role may not move the story there. Ask an editor."), code="role")
    return rule


def steps(article):
    """The story's moves, the latest first, with who made each."""
    return article.review_steps.select_related("made_by")
