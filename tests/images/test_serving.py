"""How readers get the files."""

from typing import NamedTuple

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.images.pictures import make_picture


@pytest.fixture
def rendition(db):
    """One served file: its name, its bytes and how many they are."""
    name = make_picture().renditions.filter(format="avif").first().file.name
    with default_storage.open(name) as file:
        return Served(name, file.read())


class Served(NamedTuple):
    name: str
    content: bytes

    @property
    def size(self):
        return len(self.content)


def test_a_rendition_is_immutable_and_harmless(client, rendition):
    """A year in every cache, with validators, and nothing in it can run."""
    response = client.get(f"/uploads/{rendition.name}")
    assert response.status_code == 200
    assert response.content == rendition.content
    assert response["Content-Type"] == "image/avif"
    assert response["Content-Length"] == str(rendition.size)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Accept-Ranges"] == "bytes"
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")


def test_serving_costs_no_query(client, rendition, django_assert_num_queries):
    """The name is all that is needed."""
    with django_assert_num_queries(0):
        client.get(f"/uploads/{rendition.name}")


def test_a_kept_copy_is_confirmed_without_sending_it(client, rendition):
    """Both validators answer 304 with an empty body."""
    first = client.get(f"/uploads/{rendition.name}")
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        response = client.get(f"/uploads/{rendition.name}", headers=header)
        assert response.status_code == 304
        assert response.content == b""
        assert response["ETag"] == first["ETag"]


def test_head_tells_the_weight(client, rendition):
    """HEAD has the headers of GET and no body."""
    response = client.head(f"/uploads/{rendition.name}")
    assert response.status_code == 200
    assert response.content == b""
    assert response["Content-Length"] == str(rendition.size)


@pytest.mark.parametrize(
    ("header", "start", "stop"),
    [("bytes=0-9", 0, 10), ("bytes=5-", 5, None), ("bytes=-7", -7, None), ("bytes=10-999999", 10, None)],
)
def test_a_part_can_be_asked_for(header, start, stop, client, rendition):
    """One range of bytes, counted as the standard counts."""
    whole = rendition.content
    response = client.get(f"/uploads/{rendition.name}", headers={"Range": header})
    assert response.status_code == 206
    assert response.content == whole[start:stop]
    first = start % len(whole)
    assert response["Content-Range"] == f"bytes {first}-{first + len(response.content) - 1}/{len(whole)}"


@pytest.mark.parametrize("header", ["bytes=999999-", "bytes=-0", "bytes=9-5"])
def test_a_part_that_is_not_there(header, client, rendition):
    """416 tells how much there is."""
    response = client.get(f"/uploads/{rendition.name}", headers={"Range": header})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{rendition.size}"


@pytest.mark.parametrize("header", ["bytes=0-1,4-5", "bytes=-", "lines=1-2", "bytes=a-b"])
def test_other_ranges_get_the_whole(header, client, rendition):
    """A server may ignore a range it does not know."""
    assert client.get(f"/uploads/{rendition.name}", headers={"Range": header}).status_code == 200


def test_a_part_of_another_version_is_the_whole(client, rendition):
    """If-Range with another validator means: start again."""
    etag = client.get(f"/uploads/{rendition.name}")["ETag"]
    for validator, status in ((etag, 206), ('"other"', 200)):
        headers = {"Range": "bytes=0-3", "If-Range": validator}
        assert client.get(f"/uploads/{rendition.name}", headers=headers).status_code == status


def test_compression_leaves_pictures_alone(client, rendition):
    """A browser that takes gzip still gets the very bytes, with their length."""
    response = client.get(f"/uploads/{rendition.name}", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "identity"
    assert response["Content-Length"] == str(rendition.size)


@pytest.mark.parametrize(
    "path",
    [
        "renditions/../../originals/secret.jpg",
        "renditions/%2e%2e/%2e%2e/settings.py",
        "renditions/ab/",
        "renditions/ab/abababababababababababababababab.avif",
        "renditions/ab/cdababababababababababababababab.avif",
        "renditions/ab/abababababababababababababababab.html",
        "notes.txt",
        "renditions//etc/passwd",
        "renditions/ab/abababababababababababababababab.avif\n",
    ],
)
def test_nothing_else_is_served(path, client, db):
    """Only names of renditions exist; everything else, present or not, is 404."""
    default_storage.save("notes.txt", ContentFile(b"private"))
    response = client.get(f"/uploads/{path}")
    assert response.status_code == 404


def test_originals_have_no_address(client, db):
    """What was uploaded cannot be asked for."""
    image = make_picture()
    assert client.get(f"/uploads/{image.original.name}").status_code == 404
    with pytest.raises(ValueError, match="no address"):
        _ = image.original.url


def test_files_are_only_read(client, rendition):
    """No other method than GET and HEAD."""
    assert client.post(f"/uploads/{rendition.name}").status_code == 405
