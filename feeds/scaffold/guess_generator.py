"""Guess the generator of a site without configuration from its posts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from feeds.diagnostics.problem import Problem
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import read_data
from feeds.scaffold.config_values import text_in
from feeds.scaffold.site_config import SiteConfig, site_url
from feeds.sources.detect import likely_source
from feeds.sources.files import find_files, read_bytes

ADDRESSES = "the addresses of posts; compare those in the feeds with the site, and write webUrl under [fields]"
_ENOUGH = 200
_HEAD = 6000
# Patterns that are typical of one generator; of two with as many matches the first one wins.
_TYPICAL: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (preset, re.compile(pattern, re.MULTILINE))
    for preset, pattern in (
        ("zola", r"\A\+\+\+\n(?:.*\n)*?(?:\[taxonomies\]|\[extra\]|path = |authors = )"),
        ("hugo", r"\A\+\+\+\n"),
        ("pelican", r"\A(?:Title|Date|Author|Category|Tags|Slug|Summary): .*\n(?:\w+: ?.*\n)+\n"),
        ("docusaurus", r"<!-- ?truncate ?-->|\{/\* ?truncate ?\*/\}|^author_title: |^import .* ['\"]@(?:site|theme)/"),
        ("astro", r"^(?:pubDate|pubDatetime|modDatetime|heroImage|updatedDate|abbrlink): |^import .* from ['\"]astro"),
        ("mkdocs", r"^authors:(?: \[\w+\]|\n  - \w+\n)|^    created: |^!!! \w+|^\?\?\? \w+|:(?:material|octicons)-"),
        ("quarto", r"^date-modified: |^execute:|^code-fold: |^```\{(?:python|r)\}|^::: \{"),
        ("hexo", r"^(?:top_img|index_img|cover_picture|disableNunjucks): |\{% (?:asset_img|post_link|codeblock) "),
        ("obsidian", r"\[\[[^\]\n]+\]\]|^> \[!\w+\]|^cssclasses: |^publish: "),
        ("myst", r"^kernelspec:|^```\{(?:note|figure|admonition|code-cell)\}"),
        ("jekyll", r"^layout: |\{% (?:highlight|post_url|include|raw)\b|\{\{ ?site\.|^categor(?:y|ies): \w+(?: \w+)*$"),
        ("hugo", r"^lastmod: |^showtoc: |\{\{[<%] |^(?:publishDate|expiryDate|linkTitle): |^date: \d{4}-\d\d-\d\dT"),
        ("eleventy", r"^eleventy\w+: |\{% (?:image|youtube|tweet)|^tags:\n  - posts?$"),
    )
)
_SEEN_IN_NAMES = {"jekyll": re.compile(r"(?:^|/)_posts/"), "quarto": re.compile(r"\.qmd$")}
_DATED = re.compile(r"(?:^|/)\d{4}-\d\d?-\d\d?-[^/]+\.(?:md|markdown|html)$")
_FENCE = re.compile(r"---\n|\+\+\+\n|\{\n|\w[\w-]*: .*\n")
_RECORD_KEY = re.compile(r"^(?:publishedDateTime|webUrl|originalUrl):", re.MULTILINE)
_DATE_KEY = re.compile(r"^(?:pub)?date\b", re.MULTILINE | re.IGNORECASE)


def preset_of_posts(folder: Path) -> SiteConfig | None:
    """Return the preset that most posts of a folder look like, or None if they are records or look like none."""
    posts = list(_posts(folder))
    if not posts or sum(bool(_RECORD_KEY.search(front)) for _, front in posts) * 2 > len(posts):
        return None
    likely = _likely_preset(posts)
    if not likely:
        return None
    is_rooted = bool(PRESETS[likely].posts_folder)  # its own folder of posts says where the site begins
    source = "." if is_rooted else _source_of(folder, [name for name, _ in posts])
    outside = [name for name, _ in posts if not Path(name).is_relative_to(source)]
    unknown = ["which generator this is; preset is what most posts look like", ADDRESSES]
    if outside:
        unknown.append(f"whether files outside of {source} are posts, as {outside[0]}; if so, set source")
    return SiteConfig(likely, source=source, home_page=_of_package(folder), unknown=tuple(unknown))


def _likely_preset(posts: Sequence[tuple[str, str]]) -> str:
    """Return the preset of most posts; where few are typical, one of posts with dates, or none."""
    votes = Counter(preset for name, front in posts for preset in _presets_of(name, front))
    order = list(dict.fromkeys(preset for preset, _ in _TYPICAL))
    likely = max(order, key=lambda preset: (votes[preset], -order.index(preset)))
    if votes[likely] * 3 >= len(posts):
        return likely
    if sum(_has_date(name, front) for name, front in posts) * 2 <= len(posts):
        return ""
    is_dated = sum(bool(_DATED.search(name)) for name, _ in posts) * 2 > len(posts)
    return "eleventy" if is_dated else "hugo"


def has_dated_posts(folder: Path) -> bool:
    """Return whether a folder has a post with a date in its name or front matter."""
    return folder.is_dir() and any(_has_date(name, front) for name, front in _posts(folder))


def _has_date(name: str, front: str) -> bool:
    return bool(_DATED.search(name) or _DATE_KEY.search(front))


def _source_of(folder: Path, posts: Sequence[str]) -> str:
    """Return the folder with the most posts if it has more than half of them, else the whole folder."""
    source = likely_source(folder) or Path()
    inside = sum(Path(name).is_relative_to(source) for name in posts)
    return source.as_posix() if inside * 2 > len(posts) else "."


def _posts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the names of files with front matter, and their beginnings."""
    for path in islice((path for path in find_files([folder]) if not isinstance(path, Problem)), _ENOUGH):
        content = read_bytes(path)
        if not isinstance(content, Problem):
            front = content[:_HEAD].decode(errors="replace").replace("\r\n", "\n").removeprefix("\ufeff")
            if _FENCE.match(front):
                yield Path(path).relative_to(folder).as_posix(), front


def _presets_of(name: str, front: str) -> list[str]:
    of_front = {preset for preset, pattern in _TYPICAL if pattern.search(front)}
    return [*of_front, *(preset for preset, pattern in _SEEN_IN_NAMES.items() if pattern.search(name))]


def _of_package(folder: Path) -> str:
    """Return the home page that `package.json` names."""
    path = folder / "package.json"
    try:
        return site_url(text_in(read_data(path), "homepage")) if path.is_file() else ""
    except (OSError, ValueError):
        return ""
