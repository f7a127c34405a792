"""Videos and posts from elsewhere: the table of providers whose frames a story may hold.

Nothing is asked of a provider while a story is written, and nothing of it loads on a page before the reader
clicks. The frames' origins are the only ones in the site's frame-src.
"""

import re
from dataclasses import dataclass

#: name, address an editor pastes -> address of the frame, shape of the frame
_PROVIDERS = [
    ("YouTube", r"https://(?:www\.|m\.)?youtube\.com/watch\?(?:.*&)?v=([\w-]{11})", "https://www.youtube-nocookie.com/embed/{}", "wide"),
    ("YouTube", r"https://youtu\.be/([\w-]{11})", "https://www.youtube-nocookie.com/embed/{}", "wide"),
    ("YouTube", r"https://(?:www\.)?youtube\.com/shorts/([\w-]{11})", "https://www.youtube-nocookie.com/embed/{}", "tall"),
    ("Vimeo", r"https://(?:www\.)?vimeo\.com/(\d+)", "https://player.vimeo.com/video/{}?dnt=1", "wide"),
    ("Dailymotion", r"https://(?:www\.)?dailymotion\.com/video/(\w+)", "https://geo.dailymotion.com/player.html?video={}", "wide"),
    ("Datawrapper", r"https://(?:datawrapper\.dwcdn\.net|www\.datawrapper\.de/_)/(\w{5})", "https://datawrapper.dwcdn.net/{}/", "standard"),
    ("Flourish", r"https://(?:public\.flourish\.studio|flo\.uri\.sh)/visualisation/(\d+)", "https://flo.uri.sh/visualisation/{}/embed", "standard"),
    ("SoundCloud", r"https://soundcloud\.com/([\w-]+/[\w-]+)", "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/{}", "audio"),
    ("Spotify", r"https://open\.spotify\.com/(?:intl-\w+/)?(?=episode|show|track|album|playlist)(\w+/\w{22})", "https://open.spotify.com/embed/{}", "audio"),
    ("Internet Archive", r"https://archive\.org/details/([\w-]+)", "https://archive.org/embed/{}", "wide"),
    ("TikTok", r"https://(?:www\.)?tiktok\.com/@[\w.]+/video/(\d+)", "https://www.tiktok.com/player/v1/{}", "tall"),
    ("TED", r"https://(?:www\.)?ted\.com/talks/(\w+)", "https://embed.ted.com/talks/{}", "wide"),
]  # fmt: skip
PROVIDERS = [(name, re.compile(address), frame, shape) for name, address, frame, shape in _PROVIDERS]

FRAME_ORIGINS = sorted(
    {re.match(r"https://[^/]+", frame)[0] for _name, _address, frame, _shape in _PROVIDERS}
)
NAMES = sorted({name for name, *_rest in _PROVIDERS})


@dataclass(frozen=True)
class Embed:
    """A frame that a reader may load: the provider's name, the frame's address, its shape (a word that the stylesheet knows)."""

    provider: str
    url: str
    frame: str
    shape: str


def find_embed(url):
    """The Embed for an address an editor pasted, or None when no provider of the table owns it."""
    for provider, address, frame, shape in PROVIDERS:
        if match := address.match(url):
            return Embed(provider, url, frame.format(match[1]), shape)
    return None
