"""Compares the newsroom with what a generator says it put into an export."""

import re
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from articles.models import Article, PublishedVersion
from authors.models import Author
from images.models import Image


def write_pictures(truth, folder):
    """The pictures of an export in the folders they have there."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, content in truth.pictures.items():
        (place / f"{name}.png").write_bytes(content)


def bring(command, file, tmp_path, **options):
    """Run an import and return its report."""
    report = tmp_path / "report"
    call_command(command, str(file), report=str(report), verbosity=0, stdout=StringIO(), **options)
    return report.with_suffix(".txt").read_text()


def everything():
    """All that an import may have written, to be compared with later."""
    stories = Article.objects.order_by("pk").values_list(
        "pk", "version", "headline", "body", "section_id", "saved_at"
    )
    versions = PublishedVersion.objects.order_by("pk").values_list(
        "pk", "visible_from", "visible_until", "body"
    )
    return list(stories), list(versions), list(Author.objects.order_by("pk").values()), Image.objects.count()


def compare(truth):
    """Field by field; each difference is named."""
    ids = dict(Article.objects.values_list("slug", "pk"))
    assert set(ids) == set(truth.stories)
    pictures = {Path(image.source).name.partition(".")[0]: image.pk for image in Image.objects.all()}
    for slug, wanted in truth.stories.items():
        found = Article.objects.get(slug=slug)
        body = re.sub(r"{picture:([\w-]+)}", lambda match: str(pictures[match[1]]), wanted.body)
        body = re.sub(r"{story:([\w-]+)}", lambda match: str(ids[match[1]]), body)
        assert found.body.split("<") == body.split("<"), slug
        assert found.section.name == wanted.section
        for name in (
            "headline",
            "standfirst",
            "seo_title",
            "seo_description",
            "canonical_url",
            "lead_alt",
            "lead_caption",
            "lead_credit",
        ):
            assert getattr(found, name) == getattr(wanted, name), (slug, name)
        assert found.lead_image_id == (pictures[wanted.lead] if wanted.lead else None)
        assert list(found.bylines.values_list("author__slug", flat=True)) == wanted.authors
        assert sorted(found.tags.names()) == wanted.tags
        assert found.revisions.exists()
        first = found.versions.order_by("visible_from").first()
        assert (first and first.first_published_at) == wanted.public_from
        if wanted.state == "draft":
            assert not found.versions.exists()
        else:
            assert found.versions.order_by("visible_from").last().body == body
    for slug, (name, biography, links) in truth.authors.items():
        author = Author.objects.get(slug=slug)
        assert (author.name, author.biography, author.email) == (name, biography, "")
        assert [(link.label, link.url) for link in author.links.all()] == links
