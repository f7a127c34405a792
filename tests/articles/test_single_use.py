"""Two stories, one picture that only one of them may have, and editors who press the button at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from articles import workflow
from articles.models import VersionPicture
from images.models import Image
from tests.factories import ArticleFactory, ImageFactory


@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_published_at_one_moment_one_gets_the_picture():
    """The other is refused with the reason, whichever came first."""
    picture = ImageFactory(restriction=Image.Restriction.SINGLE_USE)
    stories = [ArticleFactory(lead_image=picture) for _number in range(2)]
    both_ready = Barrier(2)

    def publish(story):
        both_ready.wait(timeout=20)
        try:
            workflow.publish(article=story, by=None)
        except workflow.Refusal as refusal:
            return refusal.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as editors:
        answers = list(editors.map(publish, stories))
    [refused] = filter(None, answers)
    assert "may be used once" in refused
    assert VersionPicture.objects.filter(image=picture).count() == 1
