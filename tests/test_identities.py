"""What people do to files, readers take for one article what people would call one, or are told otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

import pytest
from reader_model import Item, Seen, Text, surprises

from feeds.model.record import Record
from feeds.validation.check_file import CheckedFile
from feeds.validation.duplicates import articles_of, twin_problems
from feeds.validation.identities import Claim, content_key, reconcile
from feeds.validation.identity_doubts import Identity
from feeds.versions import version_of


class Publisher:
    """What a build decides of identity, without the files."""

    def __init__(self) -> None:
        self.ledger: dict[str, Identity] = {}

    def __call__(self, files: Mapping[str, Text]) -> Seen:
        made = {path: uuid5(NAMESPACE_URL, text.page).urn for path, text in files.items()}
        oldest_first = sorted(files, key=lambda path: (files[path].published, path))
        claims = {
            path: Claim(made[path], is_own=False, content=content_key(files[path].title, files[path].published))
            for path in oldest_first
        }
        known = reconcile(self.ledger, claims, files)
        self.ledger = dict(known.identities)
        marks = (("webUrl", ""),)
        checked_file = [
            CheckedFile(path, Record(known.ids[path], text.title, text.page, text.published, text.published), (), marks)
            for path, text in sorted(files.items())
        ]
        articles = articles_of(checked_file, originals=known.originals())
        newest = [max(article.versions, key=lambda file: version_of(file.record)) for article in articles]
        told = {doubt.path for doubt in known.doubts}
        for problem in twin_problems(checked_file, originals=known.originals()):
            told |= {path for path in files if path in f"{problem.path} {problem.message}"}
        return Seen([Item(file.record.id, files[file.path].article) for file in newest], told)


@pytest.mark.parametrize("is_hard", [False, True], ids=["easy", "hard"])
@pytest.mark.parametrize("at_once", [1, 3])
def test_no_history_surprises_a_reader_who_was_not_told(at_once: int, is_hard: bool) -> None:  # noqa: FBT001
    found = [
        surprise
        for seed in range(300)
        for surprise in surprises(seed, 12, Publisher(), is_hard=is_hard, at_once=at_once)
    ]
    assert found == []
