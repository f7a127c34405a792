"""Serves renditions to readers: files that never change under a name that tells their content."""

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

# The whole grammar of a rendition's name: nothing else below the uploads exists for a reader.
NAME = re.compile(r"renditions/([0-9a-f]{2})/(\1[0-9a-f]{30})\.(avif|webp|jpg)")
MIME_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def upload(request, path):
    """One rendition, immutable for a year, with validators and single byte ranges; 404 for anything else."""
    match = NAME.fullmatch(path)
    if not match or not default_storage.exists(path):
        raise Http404
    modified = int(default_storage.get_modified_time(path).timestamp())
    etag = f'"{match[2]}"'
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None:
        with default_storage.open(path) as file:
            response = answer(request, file, etag=etag, modified=modified)
        response.headers["Content-Type"] = MIME_TYPES[match[3]]
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
        response = HttpResponse(file.read())
    elif len(wanted) == 0:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        file.seek(wanted.start)
        response = HttpResponse(file.read(len(wanted)), status=206)
        response.headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(len(response.content))
    # A picture is compressed already; naming an encoding keeps the gzip middleware from trying again.
    response.headers["Content-Encoding"] = "identity"
    return response


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
