"""Which addresses become frames, and whose."""

import pytest
from django.conf import settings

from articles.embeds import FRAME_ORIGINS, NAMES, PROVIDERS, find_embed


@pytest.mark.parametrize(
    ("url", "frame", "shape"),
    [
        (
            "https://www.youtube.com/watch?v=abc-EFG_123&t=5",
            "https://www.youtube-nocookie.com/embed/abc-EFG_123",
            "wide",
        ),
        (
            "https://m.youtube.com/watch?feature=x&v=abcdefghijk",
            "https://www.youtube-nocookie.com/embed/abcdefghijk",
            "wide",
        ),
        ("https://youtu.be/abcdefghijk?si=x", "https://www.youtube-nocookie.com/embed/abcdefghijk", "wide"),
        (
            "https://www.youtube.com/shorts/abcdefghijk",
            "https://www.youtube-nocookie.com/embed/abcdefghijk",
            "tall",
        ),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1", "wide"),
        (
            "https://www.dailymotion.com/video/x8abc",
            "https://geo.dailymotion.com/player.html?video=x8abc",
            "wide",
        ),
        ("https://www.datawrapper.de/_/AbC12/", "https://datawrapper.dwcdn.net/AbC12/", "standard"),
        ("https://datawrapper.dwcdn.net/AbC12/3/", "https://datawrapper.dwcdn.net/AbC12/", "standard"),
        (
            "https://public.flourish.studio/visualisation/123/",
            "https://flo.uri.sh/visualisation/123/embed",
            "standard",
        ),
        (
            "https://soundcloud.com/tidewick/harbour-hour",
            "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/tidewick/harbour-hour",
            "audio",
        ),
        (
            "https://open.spotify.com/intl-de/episode/0123456789abcdefghijkl?si=x",
            "https://open.spotify.com/embed/episode/0123456789abcdefghijkl",
            "audio",
        ),
        ("https://archive.org/details/tide-film_1931", "https://archive.org/embed/tide-film_1931", "wide"),
        (
            "https://www.tiktok.com/@harbour.news/video/7123456789012345678",
            "https://www.tiktok.com/player/v1/7123456789012345678",
            "tall",
        ),
        ("https://www.ted.com/talks/some_talk", "https://embed.ted.com/talks/some_talk", "wide"),
    ],
)
def test_an_address_finds_its_frame(url, frame, shape):
    """The address that people copy from the provider's page is enough."""
    embed = find_embed(url)
    assert (embed.url, embed.frame, embed.shape) == (url, frame, shape)
    assert embed.provider in NAMES


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://example.org/",
        "http://www.youtube.com/watch?v=abcdefghijk",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com.evil.example/watch?v=abcdefghijk",
        "https://evil.example/https://youtu.be/abcdefghijk",
        " https://youtu.be/abcdefghijk",
        "javascript:alert(1)//https://youtu.be/abcdefghijk",
        "//youtu.be/abcdefghijk",
    ],
)
def test_nobody_elses_address_becomes_a_frame(url):
    assert find_embed(url) is None


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: f"{provider[0]} {provider[3]}")
def test_no_frame_leaves_its_providers_origin(provider):
    """What an address brings along is too narrow to change the host, the path or the attribute it stands in."""
    _name, address, frame, shape = provider
    origin = frame.partition("{}")[0]
    assert any(origin.startswith(f"{allowed}/") for allowed in FRAME_ORIGINS)
    assert shape in {"wide", "tall", "standard", "audio"}
    group = address.pattern.rpartition("(")[2]
    assert not set("@:?#.\\'\"<>") & set(group.replace("\\w", "").replace("\\d", "").rstrip("+)")), group


def test_the_policy_allows_these_frames_and_no_other():
    """A provider added to the table is allowed by the policy at once; nobody else is."""
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["frame-src"] == FRAME_ORIGINS
    assert all(origin.startswith("https://") and origin.count("/") == 2 for origin in FRAME_ORIGINS)
