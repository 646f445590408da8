"""Check for unquoted values that YAML cuts off at a comment (YAML 1.2.2, section 6.6)."""

import re
from collections.abc import Iterator

import yaml

from feeds.diagnostics.positions import span_of
from feeds.diagnostics.problem import Problem, Route, problem_at
from feeds.diagnostics.wording import name_of
from feeds.frontmatter.document import Document
from feeds.frontmatter.yaml_errors import extent_of
from feeds.text import quoted

_COMMENT = re.compile(r"[ \t]+(#[^\r\n]*)")
_FREE_TEXT = {"title", "excerpt", "name", "attribution", "topics"}
_TEXT_OR_NOTHING = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:null"}


def comment_problems(document: Document, secret: tuple[str, ...]) -> Iterator[Problem]:
    """Yield a problem, at the #, for each text that is cut off there, except secret values."""
    for route, node in _plain_texts(document.tree.root, ()):
        comment = _COMMENT.match(document.tree.text, extent_of(node)[1])
        if comment and not set(secret) & set(route) and _is_cut(route, comment, has_text=bool(node.value)):
            start = document.start + comment.start(1)
            message = f"{name_of(route)} ends before {quoted(comment[1].rstrip(), 30)}, which YAML takes for a comment"
            remedy = "put the whole value in quotes, or the comment on a line of its own"
            span = span_of(document.text, start, document.start + comment.end(1))
            yield problem_at(document.path, span, "cut-by-comment", message, remedy, route)


def _is_cut(route: Route, comment: re.Match[str], *, has_text: bool) -> bool:
    """Return whether the comment continues the value; one after two spaces,  # like this, is intended."""
    is_free = bool(_FREE_TEXT & {route[-1], *route[-2:-1]})
    if comment[1][1:2].strip():
        return is_free or has_text
    return is_free and has_text and comment.start(1) - comment.start() == 1


def _plain_texts(node: yaml.Node | None, route: Route) -> Iterator[tuple[Route, yaml.ScalarNode]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and not key.value.startswith("x-"):
                yield from _plain_texts(value, (*route, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _plain_texts(value, (*route, index))
    elif isinstance(node, yaml.ScalarNode) and not node.style and node.tag in _TEXT_OR_NOTHING:
        yield route, node
