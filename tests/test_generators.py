"""Let the generators themselves be the referees: their feeds and ours say the same of the same posts."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from generators.programs import build_site
from generators.referees import (
    ANYTHING,
    HERE,
    Case,
    Seen,
    build_ours,
    cases,
    differences,
    has_page,
    init_and_build,
    orders,
    ours,
    theirs,
)

of_every_case = pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.generator}-{case.variant.replace(' ', '-')}") for case in cases()]
)
INIT = sorted((HERE / "init").iterdir())
DOCUMENTED = sorted((HERE / "documented").glob("*.toml"))


@of_every_case
def test_our_feed_says_what_the_generators_says_but_for_what_is_better(case: Case, tmp_path: Path) -> None:
    left, right = theirs(case, tmp_path / "theirs"), ours(case, tmp_path / "ours")
    found = differences(left, right, case.compared)
    assert found == {key: _exactly(values, found.get(key, values)) for key, values in case.differences.items()}
    in_theirs, in_ours = orders(left, right, case.unordered)
    assert in_theirs == in_ours


def _exactly(known: tuple[Any, Any], seen: tuple[Any, Any]) -> tuple[Any, Any]:
    """Return what feeds are known to say, with what may be anything as it was seen."""
    return (seen[0] if known[0] == ANYTHING else known[0], known[1])


@pytest.mark.parametrize("name", ["jekyll", "hugo", "mkdocs-pages"])
def test_the_generator_publishes_the_feeds_with_its_site(name: str, tmp_path: Path) -> None:
    shutil.copytree(HERE / "init" / name / "folder", tmp_path / "site")
    (tmp_path / "site" / "static").mkdir(exist_ok=True)
    init_and_build(tmp_path / "site")
    build_site(name.partition("-")[0], tmp_path / "site")
    assert (tmp_path / "site" / "_site" / "feeds" / "all.rss").is_file()
    assert (tmp_path / "site" / "_site" / "feeds" / "index.html").is_file()


@pytest.mark.parametrize("site", INIT, ids=lambda path: path.name)
def test_init_and_build_alone_link_to_the_pages_that_the_generator_makes(site: Path, tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    for folder in (theirs, ours):
        shutil.copytree(site / "folder", folder)
    links = init_and_build(ours)
    assert links == (site / "links.txt").read_text(encoding="utf-8").split()
    build_site(site.name.partition("-")[0], theirs)
    assert [link for link in links if not has_page(theirs / "_site", link)] == []


@pytest.mark.parametrize("path", DOCUMENTED, ids=lambda path: path.stem)
def test_posts_are_where_the_documentation_of_the_generator_says(path: Path, tmp_path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for post in data["post"]:
        file = tmp_path / post["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(post["text"], encoding="utf-8")
    found = {item.link: item for item in build_ours(tmp_path, data["config"])}
    expected = {post["link"]: post for post in data["post"] if post["link"]}
    assert {link: _known(item, expected.get(link, {})) for link, item in found.items()} == expected


def _known(item: Seen, post: dict[str, Any]) -> dict[str, Any]:
    """Return what an item says of that which is known of its post."""
    return {**post, **{name: value for name, value in item._asdict().items() if name in post}}
