"""Front matter without a fence, or behind other front matter: it would be published as text, whatever it holds back."""

import re

from feeds.frontmatter.syntax_problem import SyntaxProblem
from feeds.hold_back import holds_back

_FENCE = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\n")
# Lines that people take for a fence: without words, or with only the name of the language.
_MISSPELT = re.compile(r"(?:(?:[\W_]{0,9}(?:ya?ml|toml)?|<!--.{0,99}-->)[ \t]*\n)*")
_LINE = re.compile(
    r"""[ \t]{0,3}["']?(?P<key>[A-Za-z][\w -]{0,39})["']?[ \t]*[:=](?:[ \t]+(?P<value>[^\n]*))?(?:\n|\Z)"""
)
_USUAL = {
    *("title", "date", "layout", "slug", "tags", "categories", "description", "author", "lastmod", "permalink"),
    *("publisheddatetime", "weburl", "originalurl", "excerpt", "topics"),
}


def stray_front_matter(text: str, *, is_behind_other: bool) -> SyntaxProblem | None:
    """Return a problem if a text begins with a key that holds it back, or with several common keys."""
    opening = (_FENCE if is_behind_other else _MISSPELT).match(text)
    start = at = opening.end() if opening else len(text) - len(text.lstrip())
    data: dict[str, str] = {}
    while match := _LINE.match(text, at):
        data[match["key"].strip().lower()] = (match["value"] or "").strip(" \t\r\"',")
        at = match.end()
    if not opening and not _FENCE.match(text, at):  # a fence too many lies behind it
        return None
    if not holds_back(data) and len(_USUAL & data.keys()) < 2:  # noqa: PLR2004 - one may be a word of a sentence
        return None
    message = "the text begins with keys and values, which are no front matter here"
    remedy = "put them between two lines of ---, the first of which begins the file, or remove them"
    return SyntaxProblem((start, at), "no-front-matter", message, remedy)
