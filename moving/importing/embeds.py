"""Frames of other sites as their addresses: what an editor would have pasted for the same video, sound or chart."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

from articles.embeds import find_embed

#: address of a frame -> the address that articles/embeds.py knows
_FRAMES = [
    (r"//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v|live)/([\w-]{11})", "https://www.youtube.com/watch?v={}"),
    (r"//player\.vimeo\.com/video/(\d+)", "https://vimeo.com/{}"),
    (r"//(?:www\.|geo\.)?dailymotion\.com/(?:embed/video/|player[^?]*\?video=)(\w+)", "https://www.dailymotion.com/video/{}"),
    (r"//dai\.ly/(\w+)", "https://www.dailymotion.com/video/{}"),
    (r"//datawrapper\.dwcdn\.net/(\w{5})", "https://datawrapper.dwcdn.net/{}/"),
    (r"//(?:flo\.uri\.sh|public\.flourish\.studio)/visualisation/(\d+)", "https://public.flourish.studio/visualisation/{}"),
    (r"//embed(?:-ssl)?\.ted\.com/talks/(\w+)", "https://www.ted.com/talks/{}"),
]  # fmt: skip
_FRAMES = [(re.compile(frame, re.IGNORECASE), address) for frame, address in _FRAMES]


def embed_address(url):
    """The address of an embed that this site can show for the address `url` of a page or a frame, or None."""
    url = url.strip().replace("&amp;", "&").replace("http://", "https://", 1)
    if url.startswith("//"):
        url = f"https:{url}"
    for frame, address in _FRAMES:
        if match := frame.search(url):
            return address.format(match[1])
    if "w.soundcloud.com/player" in url:
        inner = parse_qs(urlsplit(url).query).get("url", [""])[0]
        url = unquote(inner).replace("http://", "https://", 1)
    return url if find_embed(url) else None
