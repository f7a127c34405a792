"""Serves renditions and recordings to readers: files that never change under a name that tells their content.

Nothing is asked of the database. A picture that readers must not see loses its files instead (images/rights.py), so
that a web server or an object store in our place answers 404 just as well.
"""

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

# The whole grammar of names: nothing else below the uploads exists for a reader.
NAME = re.compile(
    r"renditions/([0-9a-f]{2})/(?P<rendition>\1[0-9a-f]{30})\.(?P<picture>avif|webp|jpg)"
    r"|recordings/([0-9a-f]{2})/(?P<recording>\4[0-9a-f]{30})\.(?P<sound>mp3|m4a|mp4|vtt)"
)
MIME_TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "vtt": "text/vtt; charset=utf-8",
}
#: Bytes: what is larger is sent in pieces.
IN_MEMORY, PIECE = 4 * 1024 * 1024, 256 * 1024
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def upload(request, path):
    """One file, immutable for a year, with validators and single byte ranges; 404 for anything else."""
    match = NAME.fullmatch(path)
    if not match or not default_storage.exists(path):
        raise Http404
    modified = int(default_storage.get_modified_time(path).timestamp())
    etag = f'"{match["rendition"] or match["recording"]}"'
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        with default_storage.open(path) as file:
            response = answer(request, file, etag=etag, modified=modified)
        response.headers["Content-Type"] = MIME_TYPES[match["picture"] or match["sound"]]
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": etag,
        "Last-Modified": http_date(modified),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        # Feed readers show our pictures on their own pages.
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    for name, value in headers.items():
        response.headers[name] = value
    return response


def answer(request, file, *, etag, modified):
    """The response with the bytes asked for: all (200), a range (206), or a range that is not there (416)."""
    size = file.size
    wanted = wanted_range(request, size, etag=etag, modified=modified)
    if wanted is None:
        response = _whole(file) if size <= IN_MEMORY else _in_pieces(file, range(size))
    elif len(wanted) == 0:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        file.seek(wanted.start)
        response = _whole(file, len(wanted)) if len(wanted) <= IN_MEMORY else _in_pieces(file, wanted)
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(size if wanted is None else len(wanted))
    # A picture is compressed already; naming an encoding keeps the gzip middleware from trying again.
    response.headers["Content-Encoding"] = "identity"
    return response


def _whole(file, length=-1):
    return HttpResponse(file.read(length))


def _in_pieces(file, wanted):
    """A long file, read as fast as the reader takes it. It is opened anew: the one here closes with the view."""

    name = file.name

    def pieces():
        left = len(wanted)
        with default_storage.open(name) as again:
            again.seek(wanted.start)
            while left and (piece := again.read(min(left, PIECE))):
                left -= len(piece)
                yield piece

    return StreamingHttpResponse(pieces())


def wanted_range(request, size, *, etag, modified):
    """The range of bytes asked for; None when the whole file is meant, an empty range when there is none."""
    match = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if request.method != "GET" or not match or not any(match.groups()):
        return None
    condition = request.headers.get("If-Range")
    if condition and condition != etag and parse_http_date_safe(condition) != modified:
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    stop = min(int(last) + 1, size) if last else size
    return (
        range(int(first), stop) if int(first) < size and (not last or int(last) >= int(first)) else range(0)
    )
