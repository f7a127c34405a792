"""What all imports' tests need: pictures that are checked as ever, and drawn in one size only."""

import pytest

from images import renditions, uploads


@pytest.fixture(autouse=True)
def few_renditions(monkeypatch):
    """One JPEG of each picture: which files a picture gets is tested with the pictures."""
    monkeypatch.setattr(
        uploads,
        "wanted_plans",
        lambda image: [plan for plan in renditions.wanted_plans(image) if plan.format == "jpeg"][:1],
    )
