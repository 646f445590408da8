"""What `feeds init` makes of the data files of Eleventy, and what it says that it cannot read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from site_folder import settings_in

from feeds.scaffold.feeds_toml import FeedsToml, feeds_toml
from feeds.scaffold.site_config import SiteConfig

CASES = tomllib.loads(Path(__file__).with_name("eleventy.toml").read_text(encoding="utf-8"))
PATH = "{home_page}posts/{path:raw}/"
UNNAMED = feeds_toml(SiteConfig("eleventy"), Path()).unknown


def _settings(folder: Path, files: dict[str, str]) -> FeedsToml:
    return settings_in(folder, {"eleventy.config.js": "", "posts/a.md": "---\ntitle: A\n---\n", **files})


@pytest.mark.parametrize("case", CASES["permalink"], ids=lambda case: case["name"])
def test_permalinks_of_folders_are_read_where_they_are_plain_to_see(case: dict[str, Any], tmp_path: Path) -> None:
    settings = _settings(tmp_path, {case.get("file", "posts/posts.11tydata.js"): case["text"]})
    links = tomllib.loads(settings.text)["fields"]["webUrl"]
    assert links == [*case.get("computed", []), "permalink", "permalink.build", *case.get("links", [PATH])]
    assert [note for note in settings.unknown if note not in UNNAMED] == case.get("unknown", [])


@pytest.mark.parametrize("case", CASES["site"], ids=lambda case: case["name"])
def test_title_and_home_page_are_those_of_the_site_alone(case: dict[str, Any], tmp_path: Path) -> None:
    settings = tomllib.loads(_settings(tmp_path, {"_data/site.js": case["text"]}).text)
    title = settings["title"].replace(tmp_path.name, "FOLDER")
    assert {key: settings.get(key, "") for key in ("home_page", "author")} | {"title": title} == case["settings"]


def test_the_permalink_of_the_nearest_folder_counts_unless_one_is_computed(tmp_path: Path) -> None:
    settings = _settings(tmp_path, CASES["nested"]["files"])
    assert tomllib.loads(settings.text)["fields"]["webUrl"] == CASES["nested"]["links"]


def test_what_folders_above_the_posts_hold_back_is_held_back(tmp_path: Path) -> None:
    config = "export default () => ({dir: {input: 'src'}})"
    files = {"src/content/content.json": '{"permalink": false}', "src/content/blog/a.md": "---\ntitle: A\n---\n"}
    settings = _settings(tmp_path, {"eleventy.config.js": config, **files})
    assert "!permalink => 'false'" in tomllib.loads(settings.text)["fields"]["published"]
    files["src/content/blog/blog.json"] = '{"permalink": "/b/{{ page.fileSlug }}/"}'
    settings = _settings(tmp_path, {"eleventy.config.js": config, **files})
    assert "published" not in tomllib.loads(settings.text)["fields"]
