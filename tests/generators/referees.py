"""Compare what a generator's own feed says of each post with what ours says."""

from __future__ import annotations

import html
import re
import shutil
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from generators.programs import build_site
from support import run_feeds

from feeds.config.config_file import load_config
from feeds.model.item import Item
from feeds.parsers import parse

HERE = Path(__file__).parent
ANYTHING = "*"


class Case(NamedTuple):
    """A site, the feed that its generator makes of it, and in what ours is known to differ from that.

    `replaced` holds for files of the site what is written instead of what, `removed` which are not there; `fields`
    are for our configuration. `differences` have for a field and a post what theirs says and what ours does;
    `unordered` are posts whose place is another one.
    """

    generator: str
    variant: str
    feed: str
    compared: tuple[str, ...]
    replaced: tuple[tuple[str, str, str], ...]
    removed: tuple[str, ...]
    fields: Mapping[str, Any]
    differences: Mapping[tuple[str, str], tuple[Any, Any]]
    unordered: frozenset[str]


class Seen(NamedTuple):
    """What a feed says of a post."""

    link: str
    id: str
    title: str
    date: str
    categories: list[str]
    summary: str


def cases() -> list[Case]:
    """Return every site with every variant of it; a variant is compared in its addresses."""
    found = []
    for path in sorted(HERE.glob("*/case.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(_case(path.parent.name, data, data["compared"], data))
        found += [_case(path.parent.name, data, ["id"], variant) for variant in data.get("variant", [])]
    return found


def _case(generator: str, data: Mapping[str, Any], compared: Iterable[str], variant: Mapping[str, Any]) -> Case:
    known = [difference for difference in variant.get("difference", []) if difference["reason"]]
    return Case(
        generator,
        variant.get("name", "as it is"),
        data["feed"],
        tuple(compared),
        tuple(map(tuple, variant.get("replaced", []))),
        tuple(variant.get("removed", [])),
        variant.get("fields", {}),
        {
            (difference["field"], post): (values[0], values[1])
            for difference in known
            for post, values in difference.get("posts", {}).items()
        },
        frozenset(data.get("unordered", [])),
    )


def theirs(case: Case, folder: Path) -> list[Seen]:
    """Return what the generator's feed says."""
    _lay_out(case, folder)
    build_site(case.generator, folder)
    return _read(folder / case.feed)


def ours(case: Case, folder: Path) -> list[Seen]:
    """Return what our feed of the same files says."""
    _lay_out(case, folder)
    config = (HERE / case.generator / "feeds.toml").read_text(encoding="utf-8")
    fields = "".join(f"{name} = {sources}\n" for name, sources in case.fields.items())
    return build_ours(folder, f"{config}\n[fields]\n{fields}")


def build_ours(folder: Path, config: str) -> list[Seen]:
    """Return what the feed says that a configuration makes of a folder."""
    common = 'output = "out"\nbase_url = "https://feeds.example.org/"\nformats = ["json"]\nlimit = 1000\n'
    (folder / "feeds.toml").write_text(common + config, encoding="utf-8")
    done = run_feeds("build", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return _read(folder / "out" / "all.json")


def init_and_build(folder: Path) -> list[str]:
    """Return the links of the feed that `feeds init` and `feeds build` make of a repository."""
    for command in ("init", "build"):
        done = run_feeds(command, cwd=folder)
        assert done.returncode == 0, done.stderr.decode()
    output = load_config(folder=folder).output
    return [item.link for item in _parsed(Path(str(output)) / "all.json")]


def has_page(site: Path, link: str) -> bool:
    """Return whether a site, whose address has no path, has the page that a link leads to."""
    path = unquote(urlsplit(link).path).strip("/")
    return any((site / name).is_file() for name in (path, f"{path}.html", f"{path}/index.html"))


def differences(theirs: list[Seen], ours: list[Seen], compared: tuple[str, ...]) -> dict[tuple[str, str], Any]:
    """Return what two feeds say of posts with the same link, by field and title, where they disagree."""
    left, right = ({item.link: item for item in items} for items in (theirs, ours))
    found: dict[tuple[str, str], Any] = {}
    found |= {("item", item.title): (item.link, "") for link, item in left.items() if link not in right}
    found |= {
        ("item", item.title): (found.get(("item", item.title), ("",))[0], item.link)
        for link, item in right.items()
        if link not in left
    }
    pairs = [(item, right[link]) for link, item in left.items() if link in right]
    return found | {
        (field, other.title): (getattr(item, field), getattr(other, field))
        for item, other in pairs
        for field in compared
        if getattr(item, field) != getattr(other, field)
    }


def orders(theirs: list[Seen], ours: list[Seen], left_out: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return the links of the posts that both feeds have, in the order of each."""
    titles = {item.link: item.title for item in ours}
    left, right = ([item.link for item in items] for items in (theirs, ours))
    shared = {link for link in left if link in titles and titles[link] not in left_out}
    return [link for link in left if link in shared], [link for link in right if link in shared]


def _lay_out(case: Case, folder: Path) -> None:
    shutil.copytree(HERE / case.generator / "site", folder)
    for name in case.removed:
        (folder / name).unlink()
    for name, old, new in case.replaced:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def _read(path: Path) -> list[Seen]:
    return [_seen(item) for item in _parsed(path)]


def _parsed(path: Path) -> tuple[Item, ...]:
    return parse(path.read_bytes()).feed.items


def _seen(item: Item) -> Seen:
    return Seen(
        item.link,
        item.id,
        item.title,
        _instant(item.published or item.updated),
        sorted({category.name for category in item.categories}),
        _plain(item.summary.value if item.summary else ""),
    )


def _instant(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat() if value else ""


def _plain(markup: str) -> str:
    """Return text without tags, of which those of blocks part words."""
    return " ".join(html.unescape(re.sub(r"</?[a-z0-9]*[^<>]*>", "", re.sub(r"</(?:p|h\d|li)>", " ", markup))).split())
