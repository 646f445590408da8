"""Walk random histories of a folder of records as a reader does who knows what a person would call one article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

FIRST_DAY = datetime(2020, 1, 1, 8, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    """What one file says, and of which article it is, by number."""

    article: int
    title: str
    published: datetime
    page: str

    @property
    def body(self) -> str:
        return f"No other article says quite what article {self.article} does."


class Item(NamedTuple):
    """What a feed shows: an id, and the article whose text it is."""

    id: str
    article: int


class Seen(NamedTuple):
    """What a build shows, and the files about which it told something."""

    items: list[Item]
    told: set[str]


@dataclass
class Folder:
    """A folder of records that people work in; `follows` says whether addresses are made of names."""

    random: Random
    is_hard: bool
    follows: bool
    files: dict[str, Text] = field(default_factory=dict)
    deleted: list[tuple[str, Text]] = field(default_factory=list)
    busy: set[str] = field(default_factory=set)  # what somebody works on
    articles: int = 0

    def new_text(self, path: str) -> Text:
        self.articles += 1
        page = path if self.follows else f"page-{self.articles}"
        published = FIRST_DAY + timedelta(days=self.articles, minutes=self.random.randrange(600))
        return Text(self.articles, f"Article {self.articles}", published, page)

    def any_path(self) -> str:
        return self.random.choice(sorted(self.files.keys() - self.busy) or sorted(self.files))

    def free_path(self) -> str:
        return f"{self.random.randrange(10**6):06}.md"

    def put(self, path: str, text: Text) -> None:
        self.put_as_is(path, replace(text, page=path) if self.follows else text)

    def put_as_is(self, path: str, text: Text) -> None:
        self.files[path] = text
        self.busy |= {path} if self.is_hard else set()

    def take(self, path: str) -> Text:
        return self.files.pop(path)


def add(folder: Folder) -> None:
    path = folder.free_path()
    folder.put(path, folder.new_text(path))


def edit_title(folder: Folder) -> None:
    path = folder.any_path()
    folder.put(path, replace(folder.files[path], title=f"{folder.files[path].title}, again"))


def edit_date(folder: Folder) -> None:
    path = folder.any_path()
    folder.put(path, replace(folder.files[path], published=folder.files[path].published + timedelta(hours=1)))


def move_page(folder: Folder) -> None:
    path = folder.any_path()
    if not folder.follows:
        folder.put(path, replace(folder.files[path], page=f"moved-{folder.random.randrange(10**6)}"))


def rename(folder: Folder) -> None:
    folder.put(folder.free_path(), folder.take(folder.any_path()))


def swap_names(folder: Folder) -> None:
    one, other = folder.any_path(), folder.any_path()
    text = folder.files[one]
    folder.put(one, folder.files[other])
    folder.put(other, text)


def copy_file(folder: Folder) -> None:
    folder.put(folder.free_path(), folder.files[folder.any_path()])


def copy_of_older_text(folder: Folder) -> None:
    text = folder.files[folder.any_path()]
    older = replace(text, title=f"Old {text.title}", published=text.published - timedelta(1))
    folder.put_as_is(folder.free_path(), older)


def newer_version(folder: Folder) -> None:
    text = folder.files[folder.any_path()]
    newer = replace(text, title=f"{text.title}, new", published=text.published + timedelta(1))
    folder.put_as_is(folder.free_path(), newer)


def delete(folder: Folder) -> None:
    path = folder.any_path()
    folder.deleted.append((path, folder.take(path)))


def unstage(folder: Folder) -> None:
    if folder.deleted:
        path, text = folder.random.choice(folder.deleted)
        if path not in folder.files:
            folder.put_as_is(path, text)


def another_at_deleted_path(folder: Folder) -> None:
    if folder.deleted:
        path, _ = folder.random.choice(folder.deleted)
        folder.put(path, folder.new_text(path))


def latest_moves_on(folder: Folder) -> None:
    path = folder.any_path()
    folder.put(folder.free_path(), folder.take(path))
    folder.put(path, folder.new_text(path))


def another_takes_the_page(folder: Folder) -> None:
    path, other = folder.any_path(), folder.free_path()
    text = folder.files[path]
    move_page(folder)
    folder.put(other, replace(folder.new_text(other), page=text.page))


EASY = (add, edit_title, edit_date, move_page, rename, delete, unstage, copy_file)
HARD = (
    *EASY,
    *(swap_names, copy_of_older_text, newer_version, another_at_deleted_path, latest_moves_on, another_takes_the_page),
)


def surprises(
    seed: int, steps: int, build: Callable[[Mapping[str, Text]], Seen], *, is_hard: bool, at_once: int
) -> Iterator[str]:
    """Yield what a reader would wonder about in a history, without having been told by the build that brought it."""
    random = Random(seed)  # noqa: S311 - the same histories each time
    folder = Folder(random, is_hard, follows=is_hard and random.random() < 0.5)
    for _ in range(4):
        add(folder)
    shown: dict[int, set[str]] = {}
    told_before = set[int]()  # who then gives a copy another address follows the advice
    for number in range(steps):
        folder.busy.clear()
        for _ in range(random.randint(1, at_once) if number else 0):
            operation = random.choice(HARD if is_hard else EASY) if folder.files else add
            operation(folder)
        seen = build(folder.files)
        told = {folder.files[path].article for path in seen.told}
        for surprise in _surprises(shown, seen.items, told | told_before):
            yield f"seed {seed}, step {number}: {surprise}"
        for text in folder.files.values():
            if text.article not in {item.article for item in seen.items} | told:
                yield f"seed {seed}, step {number}: article {text.article} is missing"
        told_before = told
        for item in seen.items:
            shown.setdefault(item.article, set()).add(item.id)


def _surprises(shown: Mapping[int, set[str]], items: list[Item], told: set[int]) -> Iterator[str]:
    owners = {identity: article for article, ids in shown.items() for identity in ids}
    for item in items:
        known = shown.get(item.article, set())
        others = {other.id for other in items if other.article == item.article}
        if item.id not in known and item.article not in told:
            if known or len(others) > 1:
                yield f"article {item.article} comes again as {item.id}"
            elif item.id in owners:
                yield f"article {item.article} comes as {item.id}, which was read as {owners[item.id]}"
