"""Have the real web servers serve what `feeds init --server` sets them up for."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from support import all_files, run_feeds

from feeds.scaffold.templates import ServerName

SERVERS = [word for name in ServerName for word in ("--server", str(name))]
TARGETS = ["nginx.conf", "apache.conf", "htaccess", "Caddyfile", "_headers"]
HOST = "news.example.org"
FEED = b"<rss>" + b"the same again " * 100 + b"</rss>"
FEEDS = {
    "all.rss": "application/rss+xml",
    "all.atom": "application/atom+xml",
    "all.json": "application/feed+json",
    "all.csv": "text/csv",
    "feeds.opml": "text/x-opml",
    "topics/été.rss": "application/rss+xml",
}
OTHERS = {
    "index.html": "text/html",
    "manifest.json": "application/json",
    "style.css": "text/css",
    "chart.svg": "image/svg+xml",
    "robots.txt": "text/plain",
}
HIDDEN = [".feeds-lock", ".feeds-staged/all.rss", "topics/.hidden.rss"]
NAMES = ["news", "100% of the 'news' & more", 'the "news" \\ today; #1 {}']

NGINX = """\
daemon off;
{user}
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    include server.conf;
}}
"""
APACHE = """\
ServerRoot "{root}"
ServerName localhost
Listen 127.0.0.1:{port}
PidFile apache.pid
ErrorLog error.log
DefaultRuntimeDir "{root}"
TypesConfig /dev/null
Mutex file:{root} default
{modules}
{user}
<Directory />
    Require all denied
</Directory>
<VirtualHost *>
    {site}
</VirtualHost>
"""
MODULES = ["mpm_event", "authz_core", "dir", "mime", "alias", "filter", "deflate", "headers"]
OVER_FILES = """\
Alias "/feeds" "{folder}"
<Directory "{folder}">
    Require all granted
    AllowOverride FileInfo Indexes
</Directory>
"""


@dataclass(frozen=True)
class Answer:
    """Hold an answer, the names of its headers in small letters."""

    status: int
    headers: dict[str, str]
    content: bytes


@dataclass(frozen=True)
class Served:
    """Ask a web server at a port of this machine."""

    port: int

    def ask(self, name: str, method: str = "GET", path: str = "/feeds/", **fields: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {field.replace("_", "-"): value for field, value in fields.items()}
            connection.putrequest(method, f"{path}{name}", skip_host=True, skip_accept_encoding=True)
            for field, value in ({"Host": HOST} | headers).items():
                connection.putheader(field, value)
            connection.endheaders()
            return _answer(connection.getresponse())
        finally:
            connection.close()


def _answer(response: HTTPResponse) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, response.read())


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if not found:
        pytest.skip(f"the program {name} is missing")
    return found


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Return a folder that also the user may read under whose name root's servers work."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def set_up(folder: Path, *words: str, base_url: str = f"http://{HOST}/feeds/") -> Path:
    """Return the folder of templates for an output, which is made, too."""
    output = folder / "public"
    for name in (*FEEDS, *OTHERS, *HIDDEN):
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_bytes(FEED)
    (folder / "feeds.toml").write_text(f'base_url = "{base_url}"', encoding="utf-8")
    done = run_feeds("init", *words, cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    return folder / "server"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(root: Path, port: int, *command: str) -> Iterator[Served]:
    """Run a server until the port answers, and as long as it is asked."""
    with (root / "said").open("wb") as said:
        environment = os.environ | {"HOME": str(root), "XDG_DATA_HOME": str(root), "XDG_CONFIG_HOME": str(root)}
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=said, stderr=said)
    try:
        deadline = time.monotonic() + 15
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            logs = [path.read_text() for path in (root / "said", root / "error.log") if path.exists()]
            assert process.poll() is None, logs
            assert time.monotonic() < deadline, logs
            time.sleep(0.05)
        yield Served(port)
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def nginx(templates: Path, root: Path) -> Iterator[Served]:
    port, user = free_port(), "user root root;" if os.geteuid() == 0 else ""
    text = (templates / "nginx.conf").read_text(encoding="utf-8")
    assert "listen 80;" in text
    (root / "server.conf").write_text(text.replace("listen 80;", f"listen 127.0.0.1:{port};"), encoding="utf-8")
    (root / "nginx.conf").write_text(NGINX.format(user=user), encoding="utf-8")
    with running(root, port, program("nginx"), "-p", str(root), "-e", "error.log", "-c", "nginx.conf") as served:
        yield served


def apache_with(site: str, root: Path) -> Iterator[Served]:
    port, apache = free_port(), program("apache2")
    modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES)
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    text = APACHE.format(root=root, port=port, modules=modules, user=user, site=site)
    (root / "apache.conf").write_text(text, encoding="utf-8")
    with running(root, port, apache, "-d", str(root), "-f", "apache.conf", "-DFOREGROUND") as served:
        yield served


@contextmanager
def apache(templates: Path, root: Path) -> Iterator[Served]:
    yield from apache_with(f'Include "{_quoted(templates)}/apache.conf"', root)


@contextmanager
def htaccess(templates: Path, root: Path) -> Iterator[Served]:
    folder = templates.parent / "public"
    shutil.copy(templates / "htaccess", folder / ".htaccess")
    yield from apache_with(OVER_FILES.format(folder=_quoted(folder)), root)


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace('"', '\\"')


@contextmanager
def caddy(templates: Path, root: Path) -> Iterator[Served]:
    port = free_port()
    settings = f"{{\n\tadmin off\n\tauto_https off\n\thttp_port {port}\n\tdefault_bind 127.0.0.1\n}}\n"
    text = settings + (templates / "Caddyfile").read_text(encoding="utf-8")
    (root / "Caddyfile").write_text(text, encoding="utf-8")
    with running(root, port, program("caddy"), "run", "--config", "Caddyfile") as served:
        yield served


STARTS = {"nginx": nginx, "apache2": apache, "apache2 by .htaccess": htaccess, "caddy": caddy}


@pytest.fixture(scope="module", params=STARTS)
def served(request: pytest.FixtureRequest, place: Path) -> Iterator[Served]:
    root = Path(tempfile.mkdtemp(dir=place))
    root.chmod(0o777)
    folder = root / "news"
    folder.mkdir()
    templates = set_up(folder, *SERVERS)
    with STARTS[request.param](templates, root) as answering:
        yield answering


@pytest.mark.parametrize(("name", "media_type"), (FEEDS | OTHERS).items())
def test_a_file_has_its_media_type(name: str, media_type: str, served: Served) -> None:
    answer = served.ask(name.replace("é", "%C3%A9"))
    assert (answer.status, answer.content) == (200, FEED)
    assert answer.headers["content-type"].replace("; ", ";").lower() == f"{media_type};charset=utf-8"


def test_a_folder_shows_its_index_and_no_list_of_files(served: Served) -> None:
    assert served.ask("").headers["content-type"].startswith("text/html")
    assert served.ask("topics/").status in {403, 404}


def test_the_address_without_its_slash_leads_to_the_folder(served: Served) -> None:
    answer = served.ask("", path="/feeds")
    assert (answer.status, urlsplit(answer.headers["location"]).path) == (301, "/feeds/")


def test_what_a_client_has_is_not_sent_again_compressed_or_not(served: Served) -> None:
    for accepted in ("identity", "gzip"):
        whole = served.ask("all.rss", Accept_Encoding=accepted)
        again = served.ask("all.rss", Accept_Encoding=accepted, If_None_Match=whole.headers["etag"])
        assert (again.status, again.content) == (304, b"")
        assert again.headers["cache-control"] == whole.headers["cache-control"]
        since = served.ask("all.rss", If_Modified_Since=whole.headers["last-modified"])
        assert since.status == 304
    assert served.ask("all.rss", If_None_Match='"other"').status == 200


@pytest.mark.parametrize("name", ["all.rss", "all.json", "all.csv", "feeds.opml", "index.html", "chart.svg"])
def test_text_is_compressed_for_those_who_ask(name: str, served: Served) -> None:
    answer = served.ask(name, Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.content) == FEED
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert "content-encoding" not in served.ask(name).headers


def test_feeds_are_kept_for_minutes_and_can_be_read_from_pages_elsewhere(served: Served) -> None:
    for name in ("all.rss", "all.json", "feeds.opml"):
        headers = served.ask(name).headers
        assert (headers["cache-control"], headers["access-control-allow-origin"]) == ("public, max-age=300", "*")
    asked = served.ask("all.json", "OPTIONS", Origin="https://example.org", Access_Control_Request_Method="GET")
    assert asked.status in {200, 204}
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "If-None-Match" in asked.headers["access-control-allow-headers"]


@pytest.mark.parametrize("name", ["", "index.html", "manifest.json"])
def test_pages_and_the_manifest_are_asked_for_anew_and_only_by_ours(name: str, served: Served) -> None:
    headers = served.ask(name).headers
    assert headers["cache-control"] == "no-cache"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("name", ["all.rss", "index.html", "", "manifest.json"])
def test_browsers_guess_no_types_and_show_nothing_in_frames(name: str, served: Served) -> None:
    headers = served.ask(name).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    is_page = name in {"", "index.html"}
    assert headers["content-security-policy"].startswith("frame-ancestors" if is_page else "default-src 'none'; ")
    assert headers["content-security-policy"].endswith("frame-ancestors 'none'")


@pytest.mark.parametrize("name", [*HIDDEN, "%2efeeds-lock", "..%2ffeeds.toml", ".htaccess"])
def test_hidden_files_are_refused(name: str, served: Served) -> None:
    answer = served.ask(name)
    assert answer.status in {400, 403, 404}
    assert FEED not in answer.content


@pytest.mark.parametrize(("name", "method"), [("none.rss", "GET"), ("none.json", "GET"), ("all.rss", "DELETE")])
def test_an_error_is_no_feed_and_is_not_kept_for_minutes(name: str, method: str, served: Served) -> None:
    answer = served.ask(name, method)
    assert answer.status in {403, 404, 405}
    assert "max-age" not in answer.headers.get("cache-control", "")
    assert answer.headers.get("content-type", "text/").startswith("text/")


def test_nothing_can_be_written(served: Served) -> None:
    assert served.ask("all.rss", "DELETE").status in {403, 404, 405}


@pytest.mark.parametrize(
    ("server", "name"),  # no Caddyfile can name a folder with a brace
    [each for each in product(["nginx", "apache2", "caddy"], NAMES) if each[0] != "caddy" or "{" not in each[1]],
)
def test_a_folder_of_any_name_is_served(server: str, name: str, place: Path) -> None:
    root = Path(tempfile.mkdtemp(dir=place))
    root.chmod(0o777)
    folder = root / name
    folder.mkdir()
    templates = set_up(folder, "--server", server.removesuffix("2"))
    with STARTS[server](templates, root) as answering:
        assert answering.ask("all.rss").content == FEED
        assert answering.ask("manifest.json").headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("server", ["nginx", "apache2", "caddy"])
def test_an_output_is_served_at_the_root_of_its_host(server: str, place: Path) -> None:
    root = Path(tempfile.mkdtemp(dir=place))
    root.chmod(0o777)
    templates = set_up(root, "--server", server.removesuffix("2"), base_url=f"http://{HOST}")
    with STARTS[server](templates, root) as answering:
        assert answering.ask("all.rss", path="/").content == FEED


def test_only_the_servers_that_are_named_are_written_and_nothing_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "server").mkdir()
    (tmp_path / "server" / "Caddyfile").write_bytes(b"mine")
    done = run_feeds("init", "--server", "nginx", "--server", "caddy", "--server", "nginx", cwd=tmp_path)
    told = [line.partition(":")[0] for line in done.stdout.decode().splitlines()]
    assert told == ["wrote server/nginx.conf", "kept server/Caddyfile"]
    assert sorted(all_files(tmp_path)) == ["server/Caddyfile", "server/nginx.conf"]
    assert (tmp_path / "server" / "Caddyfile").read_bytes() == b"mine"


def test_templates_and_servers_are_written_together(tmp_path: Path) -> None:
    assert run_feeds("init", "--template", "cron", *SERVERS, cwd=tmp_path).returncode == 0
    assert sorted(all_files(tmp_path)) == sorted(["feeds.cron", *(f"server/{name}" for name in TARGETS)])


def test_a_host_that_nobody_knows_is_to_be_replaced(tmp_path: Path) -> None:
    done = run_feeds("init", "--server", "nginx", "--server", "caddy", cwd=tmp_path)
    assert [": replace example.org; " in line for line in done.stdout.decode().splitlines()] == [True, True]
    assert "server_name example.org;" in (tmp_path / "server" / "nginx.conf").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("base_url", "host", "path"),
    [
        ("https://example.net", "example.net", "/"),
        ("https://example.net:8443/a/b", "example.net", "/a/b/"),
        ("https://bücher.example/le%20%C3%A9t%C3%A9/", "xn--bcher-kva.example", "/le été/"),
    ],
)
def test_a_server_is_told_where_the_output_is_served(base_url: str, host: str, path: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(f'base_url = "{base_url}"', encoding="utf-8")
    assert run_feeds("init", "--server", "nginx", cwd=tmp_path).returncode == 0
    text = (tmp_path / "server" / "nginx.conf").read_text(encoding="utf-8")
    assert f"server_name {host};" in text
    assert f'location "{path}" {{\n        alias "{tmp_path}/public/";' in text


def test_hosts_of_static_files_are_told_every_media_type_of_a_feed(tmp_path: Path) -> None:
    done = run_feeds("init", "--server", "headers", cwd=tmp_path)
    assert done.stdout.decode().endswith(f"after each build cp {tmp_path}/server/_headers {tmp_path}/public/\n")
    text = (tmp_path / "server" / "_headers").read_text(encoding="utf-8")
    rules = dict(re.findall(r"^(/\S*)\n((?:  \S.*\n)+)", text, re.MULTILINE))
    for name, media_type in FEEDS.items():
        rule = rules[f"/*.{name.rpartition('.')[2]}"].splitlines()
        assert f"  Content-Type: {media_type}; charset=utf-8" in rule
        assert "  Access-Control-Allow-Origin: *" in rule
        assert "  Cache-Control: public, max-age=300" in rule
    assert "  X-Content-Type-Options: nosniff" in rules["/*"].splitlines()
