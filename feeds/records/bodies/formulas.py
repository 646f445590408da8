"""Find formulas of TeX in bodies, and keep Markdown from changing them."""

import re

from feeds.records.bodies.replacements import CODE, pattern

# Between two dollar signs each, or one each as Pandoc has it; in blocks of HTML, nothing is Markdown.
_HTML = r"^[ ]{0,3}</?[A-Za-z][^\n]*(?:\n(?![ \t]*$)[^\n]*)*"
_DISPLAYED = r"(?<!\\)\$\$(?P<tex>(?:(?!\n[ \t]*\n).)+?)(?<!\\)\$\$"
DISPLAYED_MATH = pattern(rf"{CODE.pattern}|{_HTML}|{_DISPLAYED}")
_INLINE = r"(?<![\\$\w])\$(?![\s$])(?P<inline>(?:\\.|[^$\\\n]|\n(?![ \t]*\n))+?)(?<!\s)\$(?![\d$])"
MATH = pattern(rf"{_HTML}|{_DISPLAYED}|{_INLINE}")
# What may mean something to Markdown, such as a backslash before punctuation.
_MARKDOWN = re.compile(r"\\(?=[!-/:-@\[-`{-~\n])|[`*_\[\]<>&#+=~|!.:)-]")


def escaped_math(match: re.Match[str]) -> str:
    """Return a formula of which Markdown changes nothing; code and HTML stay as they are."""
    text = next((match[name] for name in ("tex", "inline") if match.groupdict().get(name)), "")
    if not text:
        return match[0]
    mark = "$$" if match["tex"] else "$"
    return mark + _MARKDOWN.sub(r"\\\g<0>", text) + mark
