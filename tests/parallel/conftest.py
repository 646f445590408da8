"""Records that are worth several processes, some with problems, among what only has their names."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import record_bytes

from feeds.parallel.executor import WORTH_PROCESSES


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "records"
    folder.mkdir()
    for number in range(WORTH_PROCESSES + 30):
        data = {"title": f"Bridge {number}", "webUrl": f"https://a.example/{number % 400}", "topics": ["Bridges"]}
        data["publishedDateTime"] = f"2020-01-01T00:{number % 60:02}:00Z"
        (folder / f"{number}.md").write_bytes(record_bytes(data | ({"publised": True} if number % 7 == 0 else {})))
    (folder / "gone.md").symlink_to("nowhere")
    (folder / "folder.md").mkdir()
    return folder
