"""The smallest story there can be has a page like every other."""

import pytest

from tests.factories import published


@pytest.mark.django_db
def test_a_story_without_cards_and_picks_is_read(client):
    """Nothing named means an empty list beside the others, not an error."""
    first, second = published(), published()
    page = client.get(first.get_absolute_url())
    assert page.status_code == 200
    assert second.headline in page.content.decode()
