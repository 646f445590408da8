"""A link of a body finds the source file that its generator would find."""

from __future__ import annotations

import pytest

from feeds.diagnostics.problem import Span
from feeds.validation.source_pages import BodyLink, SourcePages, normal_path

FILES = ["site/_posts/2024-05-01-lamp.md", "site/blog/a.md", "site/blog/deep/a.md", "site/trip/index.md", "site/b.rst"]
FILES += ["site/x/twin.md", "site/y/twin.md", "s3://bucket/blog/a.md", "s3://bucket/b.md", "site/My Note.md"]
FILES += ["site/saw.de.md", "site/saw v1.2.md"]


@pytest.mark.parametrize(
    ("path", "named", "found"),
    [
        ("site/b.rst", "blog/a.md", "site/blog/a.md"),
        ("site/blog/deep/a.md", "../../b.rst", "site/b.rst"),
        ("site/blog/a.md", "./../blog/./a.md", "site/blog/a.md"),
        ("site/blog/a.md", "a", None),
        ("site/blog/a.md", "b.rst", None),
        ("s3://bucket/blog/a.md", "../b.md", "s3://bucket/b.md"),
        ("site/b.rst", "@/blog/a.md", "site/blog/a.md"),
        ("site/b.rst", "@site/site/blog/a.md", "site/blog/a.md"),
        ("site/b.rst", "/deep/a.md", "site/blog/deep/a.md"),
        ("site/b.rst", "@/2024-05-01-lamp", "site/_posts/2024-05-01-lamp.md"),
        ("site/b.rst", "@/_posts/2024-05-01-lamp.md", "site/_posts/2024-05-01-lamp.md"),
        ("site/b.rst", "@/trip", "site/trip/index.md"),
        ("site/b.rst", "@/my note", "site/My Note.md"),
        ("site/b.rst", "@/ip", None),
        ("site/b.rst", "@/saw", "site/saw.de.md"),
        ("site/b.rst", "@/saw v1", None),
        ("site/b.rst", "@/twin.md", None),
        ("site/x/twin.md", "@./twin.md", "site/x/twin.md"),
        ("site/blog/deep/a.md", "@./a.md", "site/blog/deep/a.md"),
        ("site/blog/deep/a.md", "@./../a", "site/blog/a.md"),
    ],
)
def test_a_path_is_found_from_the_file_or_from_the_root_of_the_site(path: str, named: str, found: str | None) -> None:
    pages = {normal_path(file): file for file in FILES}
    source_pages = SourcePages(pages.get, lambda: FILES)
    linked = source_pages.linked_from(path, [BodyLink(named, Span(7, 3, 7, 9))])
    assert dict(linked.pages) == ({named: found} if found else {})
    assert [problem.span.line for problem in linked.problems] == ([] if found else [7])
