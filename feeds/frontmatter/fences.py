"""Split files into front matter and body, for each front matter language."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import NamedTuple

from frontmatter.default_handlers import YAMLHandler

from feeds.frontmatter.dialect import Dialect
from feeds.frontmatter.header_loader import has_headers, load_headers, split_headers
from feeds.frontmatter.indexed_tree import FrontMatterTree
from feeds.frontmatter.json_loader import load_json, load_json_members, split_json
from feeds.frontmatter.meta_loader import has_meta, load_meta, split_meta
from feeds.frontmatter.org_loader import load_org, split_org
from feeds.frontmatter.rst_loader import load_rst, split_rst
from feeds.frontmatter.stray import stray_front_matter
from feeds.frontmatter.syntax_problem import SyntaxProblem
from feeds.frontmatter.toml_loader import load_toml
from feeds.frontmatter.yaml_loader import load_yaml
from feeds.text import quoted

Load = Callable[[str], FrontMatterTree]


class FrontMatter(NamedTuple):
    """Front matter between two character offsets of a text, the body after it, and its loader."""

    text: str
    start: int
    body: str
    load: Load


def _fence(delimiter: str, language: str = "") -> YAMLHandler:
    end = "" if not language else f"(?:[ \t]*{language})?"
    return YAMLHandler(re.compile(rf"^{delimiter}{end}\s*$", re.MULTILINE))


_FENCES: tuple[tuple[str, YAMLHandler, Load], ...] = (
    ("---", YAMLHandler(), load_yaml),
    ("+++", _fence(r"\+{3,}"), load_toml),
    ("---", _fence("---", "ya?ml"), load_yaml),
    ("---", _fence("---", "toml"), load_toml),
    ("---", _fence("---", "json"), load_json),
)
_MARKUP: dict[str, tuple[Callable[[str], tuple[str, str]], Load]] = {
    ".rst": (split_rst, load_rst),
    ".org": (split_org, load_org),
}
# Of a title in reStructuredText, where front matter begins with three characters.
_OVERLINE = re.compile(r"-{4,}|\+{4,}")
_JSON = re.compile(r"\{\s*[\"}]")
# The end of a document of YAML (YAML 1.2.2, section 9.1.4).
_ENDED_BY_DOTS = re.compile(r"---[ \t]*\n(?P<text>(?:(?!---|\.\.\.).*\n)*)\.\.\.[ \t]*(?:\n|\Z)")
_SCRIPT = re.compile(r"---[ \t]*(?P<language>js|javascript|coffee|coffeescript|cson)[ \t]*(?=\n)", re.IGNORECASE)
_TABS = re.compile(r"(?<=\n)\t+")
# Hexo: only a closing fence, or JSON between fences of semicolons.
_LATE_FENCE = re.compile(
    r"(?P<opening>;{3,}[ \t]*\n)?"
    r"(?P<text>\s*(?:\w[\w-]*:|\{|\"(?:[^\"\\\n]|\\.)*\"\s*:)[^\n]*\n.*?)^(?P<marks>-{3,}|;{3,})[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)


def split_front_matter(path: str, text: str, lead: int, dialect: Dialect) -> FrontMatter | SyntaxProblem:
    """Return the front matter of a text that begins at an offset, or the problem that there is none."""
    found = _split(path, text, lead, dialect)
    if isinstance(found, SyntaxProblem):
        return found
    if dialect.has_tabs and "\n\t" in found.text:
        found = found._replace(text=_TABS.sub(lambda tabs: " " * len(tabs[0]), found.text))
    stray = stray_front_matter(found.body, is_behind_other=bool(found.text))
    return stray.moved(len(text) - len(found.body)) if stray else found


def _split(path: str, text: str, lead: int, dialect: Dialect) -> FrontMatter | SyntaxProblem:
    rest = text[lead:]
    ended = _ENDED_BY_DOTS.match(rest) if dialect.is_optional else None
    if ended:
        return FrontMatter(ended["text"], lead + ended.start("text"), rest[ended.end() :], load_yaml)
    is_title = dialect.is_optional and path.lower().endswith(".rst") and _OVERLINE.match(rest)
    for fence, handler, load in _FENCES:
        if not is_title and handler.detect(rest):
            return _fenced(text, lead, fence, handler, load)
    if script := _SCRIPT.match(rest):
        message = f"the front matter is a script ({script['language']}), which is not run"
        return SyntaxProblem((lead, lead + script.end()), "no-front-matter", message, "write it in YAML, TOML or JSON")
    if found := _unfenced(path, rest, dialect):
        parts, load = found
        if isinstance(parts, SyntaxProblem):
            return parts.moved(lead)
        return FrontMatter(parts[0], text.index(parts[0], lead), parts[1], load)
    return FrontMatter("", lead, rest, load_yaml) if dialect.is_optional and rest else _none(text, lead)


def _unfenced(path: str, text: str, dialect: Dialect) -> tuple[tuple[str, str] | SyntaxProblem, Load] | None:
    """Return front matter without an opening fence, the body, and the loader, if there is any."""
    suffix = PurePosixPath(path).suffix.lower() if dialect.is_optional else ""
    late = _LATE_FENCE.match(text) if dialect.has_late_fence else None
    if late:
        load: Load = load_json_members if late["marks"].startswith(";") else load_yaml
        return (late["text"], text[late.end() :]), load
    if _JSON.match(text):
        return split_json(text), load_json
    if suffix in _MARKUP:
        split, load = _MARKUP[suffix]
        return split(text), load
    if dialect.has_headers and suffix in {".html", ".htm"} and has_meta(text):
        return split_meta(text), load_meta
    return (split_headers(text), load_headers) if dialect.has_headers and has_headers(text) else None


def _fenced(text: str, lead: int, fence: str, handler: YAMLHandler, load: Load) -> FrontMatter | SyntaxProblem:
    try:
        front_matter, body = handler.split(text[lead:])
    except ValueError:
        message = f"the front matter is opened here with {fence} but never closed"
        remedy = f"end the front matter with a line that holds only {fence}"
        return SyntaxProblem((lead, lead + 3), "unclosed-front-matter", message, remedy)
    # The fence's pattern includes blank lines after it, so the front matter begins at its first character.
    return FrontMatter(front_matter, text.index(front_matter, lead + 3), body, load)


def _none(text: str, lead: int) -> SyntaxProblem:
    first_line = text[lead:].partition("\n")[0].rstrip("\r")
    said = f"the file begins with {quoted(first_line, 20)}, not with ---" if first_line else "the file is empty"
    extent = (lead, lead + len(first_line)) if first_line else (0, 0)
    return SyntaxProblem(extent, "no-front-matter", said, "begin the record with a line of --- and its keys below")
