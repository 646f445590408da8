"""What a person sees in a browser: pages that fit, can be read in light and dark, and do what they offer."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from browser import NAMES, PROGRAM, Browser
from support import NOW, config_for, record_bytes

import feeds
from feeds.config.settings import FeedConfig

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=f"none of {', '.join(NAMES)} is installed")

WIDTHS = (390, 1280)
PAGES = ("index.html", "all.html", "topics/topic-3.html")
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
_HEBREW_ONES = 2
HEBREW = "המגדלור נפתח מחדש"

# The ratio of contrast (WCAG 2.2, 1.4.3 and its definition) of every text that can be seen.
CONTRASTS = """(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = channels(color).map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((channels(color)[3] ?? 1) === 1) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const shown = [...document.body.querySelectorAll("*")].filter(
    (element) => element.checkVisibility() && (element.matches("input") ||
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())));
  return shown.map((element) => {
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), element.outerHTML.slice(0, 80)];
  });
})()"""
SMALL_TARGETS = """[...document.querySelectorAll("button, .button, .small a, input, summary, nav a")]
  .filter((element) => element.checkVisibility())
  .map((element) => [element.getBoundingClientRect().height, element.outerHTML.slice(0, 80)])
  .filter(([height]) => height < 24)"""
SHOWN_TOPICS = '[...document.querySelectorAll("[data-topic]:not([hidden])")].map((row) => row.dataset.topic)'


def search_for(words: str) -> str:
    return f"search.value = '{words}'; search.dispatchEvent(new Event('input')); found.textContent"


class _AsXml(SimpleHTTPRequestHandler):
    """Serve feeds as what Chromium shows with its stylesheet: those of the type of feeds it shows as plain text."""

    extensions_map: ClassVar[dict[str, str]] = SimpleHTTPRequestHandler.extensions_map | {
        ".rss": "text/xml",
        ".atom": "text/xml",
    }

    def log_message(self, *_: Any) -> None:
        pass


def write_records(folder: Path) -> None:
    folder.mkdir()
    for number in range(40):
        keys = {
            "title": [f"Article {number}", LONG, HEBREW, "<script>document.title = 'taken'</script>"][number % 4],
            "excerpt": HEBREW
            if number % 4 == _HEBREW_ONES
            else f"What article {number} is about, in a sentence that needs several lines on a phone.",
            "publishedDateTime": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}T08:00:00Z",
            "webUrl": f"https://example.org/{number}",
            "topics": [f"Topic {number % 20}", *(["Überseehäfen"] if number % 7 == 0 else ())],
            "provider": {"name": LONG if number == 1 else "Smith & Sons", "domain": "smith.example"},
            "images": [{"url": f"https://example.org/{number}.png", "width": 1200, "height": 630, "title": "A ship"}],
            "related": [{"title": LONG, "webUrl": f"https://example.net/{number}"}],
        }
        (folder / f"{number}.md").write_bytes(record_bytes(keys))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    write_records(folder / "records")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_AsXml, directory=folder / "out")) as server:
        base = f"http://127.0.0.1:{server.server_port}/"
        own = FeedConfig("best", "The best", "Quality.", topics=("Topic 1", "Topic 2"))
        feeds.build(config_for(folder / "records", folder / "out", base_url=base, feeds=(own,), title=LONG), NOW)
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield base
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    profile = tmp_path_factory.mktemp("profile")
    with Browser(profile) as browser:
        yield browser
    shutil.rmtree(profile, ignore_errors=True)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_can_be_read(browser: Browser, address: str, name: str, width: int, *, dark: bool) -> None:
    browser.open(address + name, width=width, dark=dark)
    assert browser.run("document.title") != "taken"
    browser.run("for (const details of document.querySelectorAll('details')) details.open = true")
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    contrasts = browser.run(CONTRASTS)
    assert len(contrasts) > 20
    assert [contrast for contrast in contrasts if contrast[0] < 4.5] == []
    assert browser.run(SMALL_TARGETS) == []
    assert browser.run("getComputedStyle(document.body).backgroundColor") == (
        "rgb(20, 22, 26)" if dark else "rgb(250, 249, 247)"
    )
    assert browser.told == []


def test_text_from_right_to_left_begins_below_its_title(browser: Browser, address: str) -> None:
    browser.open(f"{address}all.html")
    edges = browser.run(
        """[...document.querySelectorAll("article .text > p[dir]")].map((text) => {
          const side = getComputedStyle(text).direction === "rtl" ? "right" : "left";
          const [a, b] = [text, text.parentElement.querySelector("h3")].map((each) => each.getBoundingClientRect());
          return [side, Math.abs(a[side] - b[side]) < 1];
        })"""
    )
    assert {side for side, _ in edges} == {"left", "right"}
    assert all(is_below for _, is_below in edges)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_but_images_of_items(browser: Browser, address: str, name: str) -> None:
    browser.open(address + name)
    browser.run("scrollTo(0, document.body.scrollHeight); new Promise((done) => setTimeout(done, 300))")
    first, *others = [request for request in browser.requests if not request.startswith("data:")]
    assert first == address + name
    assert {request.rpartition("/")[0] for request in others} == (
        set() if name == "index.html" else {"https://example.org"}
    )
    assert browser.told == []


def test_the_search_shows_only_topics_with_all_words_whatever_their_accents(browser: Browser, address: str) -> None:
    browser.open(address + "index.html")
    assert len(browser.run(SHOWN_TOPICS)) == 21
    assert browser.run("search.checkVisibility()")
    assert browser.run(search_for("uberseehafen")) == "1 of 21 topics"
    assert browser.run(SHOWN_TOPICS) == ["Überseehäfen"]
    assert browser.run(search_for("5 TOPIC")) == "2 of 21 topics"
    assert browser.run(SHOWN_TOPICS) == ["Topic 15", "Topic 5"]
    assert browser.run(search_for(" ")) == ""
    assert len(browser.run(SHOWN_TOPICS)) == 21


def test_a_button_copies_the_address_and_says_so(browser: Browser, address: str) -> None:
    browser.open(address + "topics/topic-3.html")
    browser.call("Page.bringToFront")
    wanted = f"{address}topics/topic-3.rss"
    browser.run("document.querySelector('button').click(); new Promise((done) => setTimeout(done, 500))")
    assert browser.run("document.getElementById('status').textContent") == f"Copied {wanted}"
    assert browser.run("document.querySelector('button').textContent") == "Copied"
    assert browser.run("document.activeElement === document.querySelector('button')")


def test_the_keyboard_comes_to_a_skip_link_first_and_sees_where_it_is(browser: Browser, address: str) -> None:
    browser.open(address + "all.html")
    browser.press("Tab")
    assert browser.run("document.activeElement.className") == "skip"
    assert browser.run("document.activeElement.getBoundingClientRect().left >= 0")
    for _ in range(12):
        browser.press("Tab")
        assert browser.run("getComputedStyle(document.activeElement).outlineStyle") != "none"
        assert browser.run("document.activeElement !== document.body")


def test_without_scripts_everything_is_there_but_what_needs_one(browser: Browser, address: str) -> None:
    browser.allow_scripts(allowed=False)
    try:
        browser.open(address + "index.html")
        shown = browser.call("DOMSnapshot.captureSnapshot", computedStyles=[])["strings"]
    finally:
        browser.allow_scripts(allowed=True)
    assert "Topic 15" in shown
    assert not any(text.startswith("Copied") for text in shown)
    assert browser.run("document.querySelector('[role=search]').checkVisibility()") is False
    assert browser.run("[...document.querySelectorAll('button')].some((button) => button.checkVisibility())") is False


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["all.rss", "all.atom"])
def test_a_raw_feed_can_be_read_and_says_what_it_is(browser: Browser, address: str, name: str, *, dark: bool) -> None:
    browser.open(address + name, width=390, dark=dark)
    assert browser.requests == [address + name, f"{address}feed.css"]
    told = browser.run("getComputedStyle(document.documentElement, '::before').content")
    assert "copy the address of this page into a feed reader" in told
    assert "the same address with .html at its end" in told
    shown = browser.run(
        "[...document.querySelectorAll('*')].filter((e) => e.checkVisibility()).map((e) => e.localName)"
    )
    assert (
        {"title"}
        < set(shown)
        <= {
            *("rss", "channel", "title", "description", "item", "pubDate"),
            *("feed", "entry", "published", "summary"),
        }
    )
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    size = "parseFloat(getComputedStyle(document.querySelector('item, entry')).fontSize) * screen.width / innerWidth"
    assert browser.run(size) > 15


def test_an_open_page_of_a_preview_shows_what_has_changed(browser: Browser, tmp_path: Path) -> None:
    write_records(tmp_path / "seeds")
    preview = subprocess.Popen(
        [sys.executable, "-m", "feeds", "serve", "--port", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with preview:
        assert preview.stdout
        found = next(filter(None, (re.match(r"serving .+ at (\S+) ", line) for line in preview.stdout)))
        browser.open(f"{found[1]}all.html")
        assert browser.run("document.body.textContent.includes('Another title')") is False
        browser.run("window.isOld = true")
        (tmp_path / "seeds" / "0.md").write_bytes(
            (tmp_path / "seeds" / "0.md").read_bytes().replace(b"Article 0", b"Another title")
        )
        browser.wait_for_load()
        assert browser.run("[window.isOld ?? false, document.body.textContent.includes('Another title')]") == [
            False,
            True,
        ]
        assert browser.told == []
        preview.terminate()
        preview.stdout.close()
