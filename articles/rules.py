"""Who may do what to which story. The admin, the desk's pages and the pickers ask here; no answer means no.

A person's groups say which acts they may do at all (articles/migrations/0003_roles.py). Who may also publish, an
editor or a chief, acts on every story. Everybody else who writes, a reporter, changes only their own stories, and
those only until they are ready: from then on an editor answers for the words.
"""

from functools import wraps

from django.core.exceptions import PermissionDenied

from articles.models import Article


def may_view(user, article=None):
    """Read desk copies: their words, history and preview. All of the newsroom reads all of its stories."""
    return user.has_perm("articles.view_article")


def may_add(user):
    """Begin a story."""
    return user.has_perm("articles.add_article")


def may_change(user, article=None):
    """Change the desk copy, restore an older one, send it to review. Without a story: any story at all."""
    if not user.has_perm("articles.change_article"):
        return False
    if article is None or answers_for_all(user):
        return True
    # As the database has it: a form that is being checked has put its own words into the one in hand.
    stored = Article.objects.filter(pk=article.pk).only("state", "assignee").first()
    return stored is not None and stored.state != Article.State.READY and is_own(user, stored)


def may_leave_words(user, article):
    """Have words kept among the revisions of a story that is no longer theirs to change, because it was."""
    if not user.has_perm("articles.change_article"):
        return False
    return is_own(user, article) or article.revisions.filter(made_by=user).exists()


def may_publish(user, article=None):
    """Publish, schedule, correct, expire, withdraw."""
    return answers_for_all(user)


def may_arrange(user):
    """Arrange the front page and the sections' pages. All who read desk copies may look at it."""
    return answers_for_all(user)


def may_delete(user, article=None):
    """Delete a story with its history. One that readers ever saw stays; its models refuse that by themselves."""
    return answers_for_all(user) and user.has_perm("articles.delete_article")


def answers_for_all(user):
    """Whether every story is this person's business."""
    return user.has_perm("articles.publish_article")


def is_own(user, article):
    """Whether a story belongs to this person: it is assigned to them, they sign it, or they began it."""
    return user.pk is not None and (
        article.assignee_id == user.pk
        or article.bylines.filter(author__user=user.pk).exists()
        or article.revisions.order_by("made_at", "pk").values_list("made_by", flat=True).first() == user.pk
    )


def only(rule):
    """A decorator for a view that is there for those whom `rule` allows; everybody else is refused."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not rule(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
