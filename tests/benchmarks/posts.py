"""Write a folder of made-up posts of Hugo: run `python tests/benchmarks/posts.py FOLDER --posts 10000`.

A post has a body of about 4 KB of Markdown. The same arguments give the same bytes on every machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import timedelta
from json import dumps
from pathlib import Path

from corpus import FIRST_DAY, SECONDS, Dice, opaque, slug_of, topics_of

BODY = 4000  # characters, or some more
BLOCKS = ("paragraph",) * 6 + ("heading", "list", "quote", "code", "image", "links")


def post(seed: int, number: int, topics: int) -> tuple[str, str]:
    """Return the file name and the content of one post."""
    dice = Dice(seed, number)
    title, published = dice.text("title"), FIRST_DAY + timedelta(seconds=dice.below(SECONDS))
    lines = [
        *("---", f"title: {dumps(title, ensure_ascii=False)}", f"date: {published:%Y-%m-%dT%H:%M:%SZ}"),
        *([f"lastmod: {published + timedelta(days=dice.below(200)):%Y-%m-%d}"] if dice.chance(20) else ()),
        f"draft: {'true' if dice.chance(5) else 'false'}",
        *([f"description: {dumps(dice.text('sentence'), ensure_ascii=False)}"] if dice.chance(70) else ()),
        f"tags: {dumps(topics_of(dice, topics), ensure_ascii=False)}",
        *([f"author: {dice.text('person')}"] if dice.chance(60) else ()),
        *(["images:", f"  - /images/{number}.jpg"] if dice.chance(40) else ()),
        *([f"secured: {opaque(seed, number)}"] if dice.chance(10) else ()),
        *("---", ""),
    ]
    return f"{published:%Y-%m-%d}-{slug_of(title)}-{number}.md", "\n".join([*lines, *_body(dice)])


def _body(dice: Dice) -> Iterator[str]:
    size = 0
    while size < BODY:
        block = "\n".join(_block(dice, dice.pick(BLOCKS)))
        size += len(block)
        yield f"{block}\n"


def _block(dice: Dice, kind: str) -> Iterator[str]:
    if kind == "heading":
        yield f"## {dice.text('title')}"
    elif kind == "list":
        yield from (f"- {dice.text('sentence')}" for _ in range(2 + dice.below(4)))
    elif kind == "quote":
        yield f"> {dice.text('sentence')}"
    elif kind == "code":
        yield from ("```python", f"tides = [{dice.below(9)}, {dice.below(9)}]", "print(max(tides) < 5)", "```")
    elif kind == "image":
        yield f"![The {dice.text('thing')}](/images/{dice.below(1000)}.jpg)"
    elif kind == "links":
        page = f"https://harbour.example/{dice.below(1000)}"
        yield f"See [the {dice.text('thing')}]({page}) and **{dice.text('thing')}**."
    else:
        yield f"{' '.join(dice.text('sentence') for _ in range(2 + dice.below(3)))} *{dice.text('reason')}*"


def write_posts(folder: Path, count: int, *, topics: int = 20, seed: int = 1) -> None:
    """Write a number of posts to a folder, which is made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name, content = post(seed, number, topics)
        (folder / name).write_bytes(content.encode())


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write, one file per post")
    parser.add_argument("--posts", type=int, default=10_000, help="how many (default: 10000)")
    parser.add_argument("--topics", type=int, default=20, help="how many topics there are (default: 20)")
    wanted = parser.parse_args()
    write_posts(wanted.folder, wanted.posts, topics=wanted.topics)


if __name__ == "__main__":
    main()
