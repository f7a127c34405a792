"""The e-mail that a move in review sends: who has to know, and what it says."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles.models import Article
from articles.people import full_name

#: The group that hears of a story which waits for nobody in particular.
EDITORS = "Editor"


def send(step):
    """One message to each person concerned. Nobody sees another's address."""
    people = recipients(step)
    if not people:
        return
    article = step.article
    words = {
        "step": step,
        "article": article,
        "by": full_name(step.made_by),
        "address": settings.SITE_URL + reverse("admin:articles_article_change", args=[article.pk]),
    }
    # One line: a line break in a headline would be the start of another header.
    headline = Truncator(" ".join(article.headline.split())).chars(80)
    subject = _("%(state)s: %(headline)s") % {"state": step.get_to_state_display(), "headline": headline}
    text = render_to_string("admin/articles/mail/review_step.txt", words)
    with mail.get_connection() as connection:
        for person in people:
            mail.EmailMessage(subject, text, to=[person.email], connection=connection).send()


def recipients(step):
    """Who is told, in a stable order: the writers, the assignee, and the editors when nobody else is asked to act."""
    article = step.article
    concerned = set(article.bylines.exclude(author__user=None).values_list("author__user", flat=True))
    if article.assignee_id:
        concerned.add(article.assignee_id)
    if step.to_state == Article.State.DRAFT:
        # Whoever handed it in waits for it, byline or not.
        handed_in = article.review_steps.filter(to_state=Article.State.IN_REVIEW).first()
        concerned.add(handed_in and handed_in.made_by_id)
    users = get_user_model().objects.filter(is_active=True).exclude(email="").order_by("pk")
    if step.to_state != Article.State.DRAFT and article.assignee_id in (None, step.made_by_id):
        concerned.update(users.filter(groups__name=EDITORS).values_list("pk", flat=True))
    return list(users.filter(pk__in=concerned - {None, step.made_by_id}))
