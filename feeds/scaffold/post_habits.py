"""Guess the generator of a site without configuration from its posts."""

import re
from collections import Counter
from itertools import islice
from pathlib import Path

from feeds.diagnostics.problem import Problem
from feeds.scaffold.site_config import SiteConfig
from feeds.sources.files import find_files, read_bytes

_ENOUGH = 200
_HEAD = 6000
# Patterns that are typical of one generator; of two with as many matches the first one wins.
_HABITS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
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


def preset_of_posts(folder: Path) -> SiteConfig | None:
    """Return the preset that most posts of a folder look like, or None if they are records or look like none."""
    votes: Counter[str] = Counter()
    posts = records = dated = has_date = 0
    for path in islice((path for path in find_files([folder]) if not isinstance(path, Problem)), _ENOUGH):
        content = read_bytes(path)
        head = "" if isinstance(content, Problem) else content[:_HEAD].decode(errors="replace").replace("\r\n", "\n")
        name = Path(path).relative_to(folder).as_posix()
        front = head.removeprefix("\ufeff")
        if not re.match(r"---\n|\+\+\+\n|\{\n|\w[\w-]*: .*\n", front):
            continue
        posts += 1
        records += bool(re.search(r"^(?:publishedDateTime|webUrl|originalUrl):", front, re.MULTILINE))
        dated += bool(_DATED.search(name))
        has_date += bool(_DATED.search(name) or re.search(r"^date\b", front, re.MULTILINE | re.IGNORECASE))
        votes.update({preset for preset, habit in _HABITS if habit.search(front)})
        votes.update(preset for preset, habit in _SEEN_IN_NAMES.items() if habit.search(name))
    if not posts or records * 2 > posts:
        return None
    usual = "jekyll" if votes["jekyll"] > posts / 2 else "eleventy" if dated * 2 > posts else "hugo"
    order = list(dict.fromkeys(preset for preset, _ in _HABITS))
    likely = max(order, key=lambda preset: (votes[preset], -order.index(preset)))
    if votes[likely] * 3 < posts and has_date * 2 <= posts:
        return None
    preset = likely if votes[likely] * 3 >= posts else usual
    return SiteConfig(preset, unknown=("which generator this is; preset is what most posts look like",))
