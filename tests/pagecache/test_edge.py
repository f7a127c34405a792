"""deploy/nginx.conf and deploy/varnish.vcl before the real server: they keep pages, and show nobody an old one."""

import os
import re
import shutil
import socket
import subprocess
import time
from http.client import HTTPConnection

import pytest
from django.urls import reverse

from articles import workflow
from articles.models import Article
from tests.factories import published
from tests.pagecache.server import PATIENCE, ROOT, TOKEN

#: A second as promised, and some more for a machine that runs the rest of the suite beside this.
PROMISED = 3.0


class Edge:
    """A program in front of the server at port `upstream`, on a free port, with everything it writes below `folder`."""

    def __init__(self, folder, upstream):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(self.command(folder, upstream))  # noqa: S603 (our own words)
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                assert self.process.poll() is None, "It did not start; its own words are above."
                time.sleep(0.05)  # another program starts; there is no clock of ours to move
        raise RuntimeError("The edge did not start.")

    def get(self, path, **headers):
        visitor = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            visitor.request("GET", path, headers=headers)
            response = visitor.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            visitor.close()

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


class Nginx(Edge):
    """The configuration as it is, but for names and places, and without HTTPS."""

    program = "nginx"

    def command(self, folder, upstream):
        written = (ROOT / "deploy" / "nginx.conf").read_text()
        written, redirects = re.subn(r"server \{\s+listen 80;.*?\n\}\n", "", written, flags=re.S)
        assert redirects == 1
        written = re.sub(r"^\s*(listen \[::\]:443|ssl_).*\n", "", written, flags=re.M)
        written = written.replace("listen 443 ssl http2", f"listen 127.0.0.1:{self.port}")
        written = written.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}")
        written = re.sub(r"/var/(cache|log)/nginx/", f"{folder}/", written)
        user = "user root; " if os.getuid() == 0 else ""  # whose folder this is
        whole = f"{user}daemon off; pid {folder}/pid; error_log stderr;\nevents {{}}\n"
        whole += f"http {{\n{written}\n}}\n"
        (folder / "nginx.conf").write_text(whole)
        return [found(self.program), "-p", str(folder), "-c", str(folder / "nginx.conf")]


class Varnish(Edge):
    """The configuration as it is, but for the newsroom's port, and started as it says itself."""

    program = "varnishd"

    def command(self, folder, upstream):
        written = (ROOT / "deploy" / "varnish.vcl").read_text()
        assert "-p http_gzip_support=off" in written
        assert written.count('.port = "8000";') == 1
        (folder / "varnish.vcl").write_text(written.replace('.port = "8000";', f'.port = "{upstream}";'))
        options = ["-F", "-j", "none", "-n", str(folder / "varnish"), "-s", "malloc,32m"]
        options += ["-p", "http_gzip_support=off", "-a", f"127.0.0.1:{self.port}"]
        return [found(self.program), *options, "-f", str(folder / "varnish.vcl")]


def found(program):
    return shutil.which(program) or shutil.which(program, path="/usr/sbin")


@pytest.fixture(params=[Nginx, Varnish])
def edge(request, server, tmp_path):
    if found(request.param.program) is None:
        pytest.skip(
            f"{request.param.program} is not on this machine, so its configuration is not driven here"
        )
    running = request.param(tmp_path, server.port)
    yield running
    running.stop()


def test_the_edge_shows_a_change_and_a_withdrawal(edge):
    story = published(headline="Before")
    address = f"/{story.slug}/"
    assert b"Before" in edge.get(address)[2]
    article = Article.objects.get(pk=story.pk)
    article.headline = "After"
    workflow.save(article=article, by=None)
    workflow.publish(article=article, by=None, kind="update")
    time.sleep(PROMISED)  # nginx has a clock of its own
    status, headers, text = edge.get(address)
    assert (status, b"After" in text) == (200, True)
    assert headers["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
    workflow.withdraw(article=article, by=None, reason="It was wrong.")
    time.sleep(PROMISED)
    assert edge.get(address)[0] == 410


def test_the_edge_shows_no_page_that_it_cannot_ask_about(edge, server):
    """It may have been withdrawn. Files with hashed names are good for ever."""
    story = published()
    address = f"/{story.slug}/"
    assert edge.get(address)[0] == 200
    server.stop()
    time.sleep(PROMISED)
    status, _headers, text = edge.get(address)
    assert (status in (502, 503), story.headline.encode() in text) == (True, False)


def test_the_edge_keeps_nothing_of_one_reader_for_another(edge):
    """Cookies reach the desk only, where nothing is kept; a page has none."""
    published()
    page = edge.get("/", Cookie="sessionid=mine", Authorization="Basic mine")
    assert "Set-Cookie" not in page[1]
    assert page[1]["X-Request-ID"] != edge.get("/")[1].get("X-Request-ID")
    first, second = (edge.get(reverse("account_login"), Cookie="x=1") for _visit in range(2))
    assert "Set-Cookie" in first[1] and "Set-Cookie" in second[1]
    assert first[1]["Set-Cookie"] != second[1]["Set-Cookie"]


def test_the_edge_hands_out_each_encoding_and_no_numbers(edge):
    published()
    for accepted, encoding in (
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0,gzip", "gzip"),
        ("", None),
    ):
        headers = edge.get("/", **{"Accept-Encoding": accepted})[1]
        assert headers.get("Content-Encoding") == encoding
    assert b"newsroom_" not in edge.get("/metrics", Authorization=f"Bearer {TOKEN}")[2]
