"""Whatever an export holds: a clear sentence, the rest imported, and the next good file works."""

import gzip
import json
import os
import signal
import subprocess
import sys
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article, PublishedVersion
from images.models import Image
from moving.importing import body, fetching
from moving.importing.media import Media, NotFound
from moving.wordpress.shortcodes import expand
from tests.moving.comparing import bring, compare, everything
from tests.moving.generators import ghost, wordpress
from tests.moving.test_wordpress import ALL, bring_wordpress, written

pytestmark = pytest.mark.django_db


def xml(tmp_path, *items, head=wordpress.HEAD, encoding="utf-8"):
    file = tmp_path / "bad.xml"
    file.write_bytes((head + "".join(items) + "</channel></rss>").encode(encoding))
    return file


def post(number, title="T", text="Words", **more):
    return wordpress.item(number, "post", "publish", title, text, name=f"story-{number}", **more)


def test_entities_are_refused(tmp_path):
    """A bomb of a few lines, and one that would read a file of this machine."""
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    file = xml(
        tmp_path,
        post(1, text="&b;&f;"),
        head=wordpress.HEAD.replace('<?xml version="1.0" encoding="UTF-8"?>', bomb),
    )
    with pytest.raises(CommandError, match="declares entities"):
        call_command("import_wordpress", str(file))
    assert not Article.objects.exists()
    inside = xml(
        tmp_path,
        post(1).replace("<title>", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><title>&f;'),
        post(2),
    )
    bring("import_wordpress", inside, tmp_path)
    assert "root:" not in str(list(Article.objects.values()))


def test_broken_items_break_no_other(tmp_path):
    cut = post(3, title="Cut").replace("]]></content:encoded>", "</content:encoded>")
    file = xml(
        tmp_path,
        post(1, title="A & B &nbsp; C <"),
        post(2, text="bell \x07 and nothing \x00 here"),
        cut,
        post(4).replace("</item>\n", ""),
        post(5).replace("<wp:post_id>5</wp:post_id>", ""),
        post(6, text="Last"),
        "<item><wp:post_id>7</wp:post_id><title>Torn",
    )
    file.write_bytes(file.read_bytes().replace(b"Words", b"W\xff\xfeords"))
    report = bring("import_wordpress", file, tmp_path)
    bodies = dict(Article.objects.values_list("slug", "body"))
    assert {"story-1", "story-2", "story-6"} <= set(bodies)
    assert bodies["story-2"] == "<p>bell and nothing here</p>" and bodies["story-6"] == "<p>Last</p>"
    assert "�" in bodies["story-1"]
    assert "its XML cannot be read, or it has no number" in report and "line " in report


def test_depth_size_and_knots(tmp_path):
    deep = "<div>" * 100_000 + "At the bottom"
    knot = "".join(
        f"<wp:category><wp:category_nicename>{a}</wp:category_nicename><wp:category_parent>{b}</wp:category_parent></wp:category>"
        for a, b in (("x", "y"), ("y", "x"))
    )
    in_knot = '<category domain="category" nicename="x"><![CDATA[X]]></category>'
    file = xml(
        tmp_path,
        knot,
        post(1, text=deep),
        post(2, extra=in_knot),
        post(3, text="<p>" + "word " * 250_000),
        post(4).replace("2012-06-01 07:15:00", "0000-01-01 00:00:00"),
        post(5).replace("<wp:post_name><![CDATA[story-5]]>", "<wp:post_name><![CDATA[story-4]]>"),
        post(6).replace("<wp:post_id>6<", "<wp:post_id>2<"),
        post(7, text="[gallery" * 20_000 + "<!-- wp:x {" * 20_000),
    )
    report = bring("import_wordpress", file, tmp_path)
    assert "At the bottom" in Article.objects.get(slug="story-1").body
    assert Article.objects.get(slug="story-2").section.slug in ("x", "y")
    assert "too long" in report and not Article.objects.filter(slug="story-3").exists()
    assert not PublishedVersion.objects.filter(slug="story-4").exists()
    assert "date of publication cannot be read" in report
    assert Article.objects.filter(slug="story-4-2").exists()


def test_scripts_do_not_arrive(tmp_path):
    evil = '<img src=x onerror=alert(1)><a href="javascript:alert(1)">a</a>'
    evil += '<svg onload=alert(1)></svg><iframe srcdoc="<b>"></iframe>'
    text = f"Kept{evil}<style>b</style><script>c</script>"
    bring("import_wordpress", xml(tmp_path, post(1, text=text)), tmp_path)
    assert Article.objects.get().body == "<p>Kept</p><p>a</p>"


@pytest.mark.parametrize("ending", ["json", "xml"])
def test_a_bomb_in_a_packed_file_is_not_unpacked(tmp_path, ending, monkeypatch):
    monkeypatch.setattr("moving.importing.reading.LARGE", 3_000_000)
    file = tmp_path / f"bomb.{ending}.gz"
    with gzip.open(file, "wb") as packed:
        packed.write(
            (b'{"data": {"posts": [' if ending == "json" else wordpress.HEAD.encode()) + b" " * 9_000_000
        )
    command = "import_ghost" if ending == "json" else "import_wordpress"
    with pytest.raises(CommandError, match="unpacks to more than"):
        call_command(command, str(file))


def test_what_is_no_export_says_so(tmp_path):
    for name, content, command, said in [
        ("a.json", "[1, 2]", "import_ghost", "no export of Ghost"),
        ("b.json", '{"data": {"posts": [{"id"', "import_ghost", "not whole"),
        ("c.json", "[" * 100_000, "import_ghost", "inside each other"),
        ("d.xml", "hello", "import_wordpress", "no export of WordPress"),
        ("e.zip", "PK\x03\x04 broken", "import_wordpress", "cannot be read"),
    ]:
        file = tmp_path / name
        file.write_text(content)
        with pytest.raises(CommandError, match=said):
            call_command(command, str(file))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_ghost", str(tmp_path / "missing.json"))


def test_a_broken_lexical_text_falls_back_to_the_page(tmp_path):
    knotted = {"type": "paragraph", "children": []}
    for _depth in range(300):
        knotted = {"type": "paragraph", "children": [knotted]}
    posts = [
        {"id": "1", "title": "A", "slug": "a", "lexical": json.dumps({"root": {"children": [knotted]}}), "html": "<p>Page</p>"},
        {"id": "2", "title": "B", "slug": "b", "lexical": "[" * 5000, "html": "<p>Page</p>"},
        {"id": "3", "title": "C" * 400, "slug": "b", "html": None, "published_at": "0000-00-00", "status": "published"},
        {"id": "4", "title": None, "slug": None, "mobiledoc": json.dumps({"version": "0.3.1", "sections": [[10, 99], [1, "p", [[0, [7], 9, "x"]]], 5]})},
    ]  # fmt: skip
    file = tmp_path / "e.json"
    file.write_text(
        json.dumps({"db": [{"data": {"posts": posts, "posts_tags": [{"post_id": "1", "tag_id": "none"}]}}]})
    )
    report = bring("import_ghost", file, tmp_path)
    assert list(Article.objects.filter(slug__in="ab").values_list("body", flat=True)) == ["<p>Page</p>"] * 2
    assert report.count("cannot be read") == 3 and "was cut" in report
    assert Article.objects.count() == 4


# --- Files ---


def test_a_path_leads_nowhere_but_into_the_folder(tmp_path):
    (tmp_path / "secret.png").write_bytes(ghost.png(1))
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    packed = tmp_path / "media.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../evil.png", ghost.png(2))
    for url in (
        "https://x.example/../secret.png",
        "/..%2fsecret.png",
        "/link.png",
        "/a\x00b.png",
        "//[bad/x.png",
    ):
        with pytest.raises(NotFound):
            Media(folder).open(url)
    with Media(packed).open("https://x.example/uploads/evil.png") as found:
        assert found.read() == ghost.png(2)
    assert not (tmp_path.parent / "evil.png").exists()


def test_a_packed_picture_may_not_grow(tmp_path, settings):
    settings.MAX_PICTURE_BYTES = 1000
    packed = tmp_path / "media.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.png", b"\x00" * 2_000_000)
    with pytest.raises(NotFound, match="weighs more"):
        Media(packed).open("/big.png")


@pytest.mark.parametrize(
    "url",
    [
        *["http://127.0.0.1/x.png", "http://localhost/x.png", "http://[::1]/x.png", "http://10.0.0.7/x.png"],
        *[
            "http://169.254.169.254/latest",
            "http://[::ffff:127.0.0.1]/x.png",
            "http://2130706433/x.png",
            "file:///etc/passwd",
        ],
        *[
            "http://0.0.0.0/x.png",
            "https://user:pw@example.org/x.png",
            "http://example.org:8080/x.png",
            "gopher://example.org/",
        ],
    ],
)
def test_no_private_address_is_asked(url, monkeypatch):
    def never(*_args, **_words):
        raise AssertionError("asked the network")

    monkeypatch.setattr(fetching.socket, "create_connection", never)
    with pytest.raises(fetching.NotFetched):
        fetching.fetch(url, most=1000)


def test_a_name_that_points_inward_is_refused():
    def inward(host, port, **_words):
        return [(None, None, None, "", (address, port)) for address in ("93.184.216.34", "192.168.0.1")]

    with pytest.raises(fetching.NotFetched, match="no public host"):
        fetching.fetch("http://cdn.example/x.png", most=1000, resolve=inward)


# --- Time ---


@pytest.mark.parametrize("text", ["[", "[a b=", "[caption]", "<!--", "<", "[/a][b]"])
def test_no_text_takes_long(text):
    """Who tried every place from every other would not come to an end within the suite's limit for a test."""
    assert body.convert(expand(text * (1_200_000 // len(text)))).parts or text in ("<", "<!--", "[caption]")


# --- Killed ---


#: Brings in lots of two, and in the middle of the third, when its stories are written and not kept, says so and waits.
IN_THE_MIDDLE = """
import sys, django
django.setup()
from django.core.management import call_command
from moving.importing import run

run.LOT, lots, write = 2, [], run._Import._write

def waiting(self, new):
    write(self, new)
    lots.append(new)
    if len(lots) == 3:
        print("in the middle", flush=True)
        sys.stdin.read()

run._Import._write = waiting
call_command("import_wordpress", *sys.argv[1:], verbosity=0)
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_goes_on(tmp_path, settings):
    """Whole stories or none; the next run brings the rest, and all is as if the process had never been killed."""
    file, truth = written(ALL, tmp_path)
    database = connection.settings_dict
    address = (
        "sqlite:///{NAME}" if connection.vendor == "sqlite" else "postgres://{USER}@{HOST}:{PORT}/{NAME}"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "LOCAL_TRIAL": "yes",
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": address.format(**database),
        "PGPASSWORD": database["PASSWORD"],
    }
    killed = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", IN_THE_MIDDLE, str(file), f"--media={tmp_path / 'media'}"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert killed.stdout.readline() == "in the middle\n"
        killed.kill()
        assert killed.wait(30) == -signal.SIGKILL
    finally:
        killed.kill()
        killed.communicate()
    assert Article.objects.count() == 4
    for article in Article.objects.all():
        assert article.revisions.count() == 1 and article.bylines.exists() and article.lead_image
    bring_wordpress(file, tmp_path)
    compare(truth)
    assert Article.objects.count() == len(ALL) and Image.objects.count() == 2 * len(ALL)
    assert all(article.revisions.count() == 1 for article in Article.objects.all())
    before = everything()
    bring_wordpress(file, tmp_path)
    assert everything() == before
