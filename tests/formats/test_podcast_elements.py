"""Test what a feed of episodes says to directories of podcasts."""

from pathlib import Path

import pytest
from lxml import etree
from support import record_bytes, run_feeds

import feeds
from feeds.diagnostics.problem import CouldNotRunError

EPISODE = {
    "title": "The lamp",
    "excerpt": "How the lamp was lit.",
    "publishedDateTime": "2024-05-01T08:30:00Z",
    "webUrl": "https://example.org/lamp",
    "topics": ["Sound"],
    "enclosures": [{"url": "https://example.org/lamp.mp3", "type": "audio/mpeg", "length": 1234, "duration": 61}],
}
TEXT = {key: value for key, value in EPISODE.items() if key != "enclosures"} | {
    "webUrl": "https://example.org/text",
    "topics": ["Text"],
}
HEAD = 'source = "records"\nbase_url = "https://feeds.example.org/"\nhome_page = "https://example.org/"\n'
PODCAST = """
title = "Harbour"
[podcast]
image = "https://example.org/cover.jpg"
category = "Society & Culture > Documentary"
explicit = false
owner = "ada@example.org"
type = "serial"
"""


def built(folder: Path, settings: str) -> Path:
    (folder / "records").mkdir()
    for name, record in (("lamp", EPISODE), ("text", TEXT)):
        (folder / "records" / f"{name}.md").write_bytes(record_bytes(record))
    (folder / "feeds.toml").write_text(HEAD + settings, encoding="utf-8")
    done = run_feeds("build", cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    return folder / "public"


def test_a_feed_of_episodes_has_what_apple_requires(tmp_path: Path) -> None:
    output = built(tmp_path, PODCAST)
    names = {"itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd"}
    channel = etree.parse(output / "all.rss").find("channel")
    assert channel is not None
    head = {
        path: channel.xpath(f"string({path})", namespaces=names)
        for path in (
            *("language", "itunes:image/@href", "itunes:category/@text", "itunes:category/itunes:category/@text"),
            *("itunes:explicit", "itunes:author", "itunes:owner/itunes:name", "itunes:owner/itunes:email"),
            *("itunes:type", "item/itunes:duration", "item/enclosure/@length", "item/enclosure/@type"),
        )
    }
    assert list(head.values()) == [
        *("en", "https://example.org/cover.jpg", "Society & Culture", "Documentary"),
        *("false", "Harbour", "Harbour", "ada@example.org"),
        *("serial", "61", "1234", "audio/mpeg"),
    ]
    done = run_feeds("lint", output / "all.rss", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")


def test_only_rss_with_episodes_says_so(tmp_path: Path) -> None:
    output = built(tmp_path, PODCAST)
    with_elements = {path.name for path in output.rglob("*.*") if b"itunes:image" in path.read_bytes()}
    assert with_elements == {"all.rss", "sound.rss"}
    done = run_feeds("convert", "records", "--to", "atom", "--lossless", cwd=tmp_path)
    assert (done.returncode, b"itunes" in done.stderr) == (0, False)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('category = "Arts"', '"podcast" has no image, which directories require; add image = "https://example.org'),
        ('image = "https://a.example/b.jpg"', '"podcast" has no category, which directories require'),
        ('category = "Art"', '"podcast.category" is "Art"; did you mean "Arts"?'),
        ('category = "Arts > "', '"podcast.category" is "Arts > "'),
        ('owner = "Ada"', '"podcast.owner" is "Ada"; expected an e-mail address'),
        ('explicit = "no"', '"podcast.explicit" is "no"; expected true or false'),
        ("picture = 1", 'unknown setting "podcast.picture"; expected one of image, category'),
    ],
)
def test_a_table_that_directories_would_refuse_is_refused(settings: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(f"[podcast]\n{settings}\n", encoding="utf-8")
    with pytest.raises(CouldNotRunError) as refusal:
        feeds.load_config(folder=tmp_path)
    assert message in str(refusal.value)
