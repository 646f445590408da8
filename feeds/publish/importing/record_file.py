"""Format a draft of a record: front matter of a record or of a generator's post, body as HTML or Markdown."""

from typing import NamedTuple

from feeds.diagnostics.problem import CouldNotRunError
from feeds.frontmatter.write import write_front_matter, write_headers
from feeds.installation import install_command
from feeds.markup.to_markdown import to_markdown
from feeds.publish.importing.item_record import EMPTY_BODY, RecordDraft
from feeds.records.posts.preset_keys import preset_data
from feeds.records.posts.presets import PRESETS

# Generators that accept HTML bodies; the others read only Markdown.
HTML_PRESETS = frozenset({"", "jekyll", "hugo", "eleventy", "hexo"})
_TEMPLATE_SIGNS = ("{{", "{%", "{#", "{<", "}}", "%}")


class RecordStyle(NamedTuple):
    """How records are written: with Markdown bodies, with a generator's front matter, for a site."""

    is_markdown: bool = False
    preset: str = ""
    site: str = ""

    @property
    def suffix(self) -> str:
        """Return the suffix of files."""
        return ".md" if self.is_markdown else ".html"


def record_text(draft: RecordDraft, style: RecordStyle) -> str:
    """Return the text of a file. Raises CouldNotRunError if the package that writes Markdown is missing."""
    has_templates = bool(style.preset and PRESETS[style.preset].templates)
    body = draft.body
    if style.is_markdown and body != EMPTY_BODY:
        body = _markdown(body, _TEMPLATE_SIGNS if has_templates else ())
    if not style.preset:
        return f"{write_front_matter(draft.data)}{body}\n"
    preset = PRESETS[style.preset]
    write = write_headers if preset.dialect.has_headers else write_front_matter
    return f"{write(preset_data(draft.data, preset, style.site))}{_inert(body) if has_templates else body}\n"


def _markdown(body: str, html_signs: tuple[str, ...]) -> str:
    try:
        return to_markdown(body, html_signs)
    except ModuleNotFoundError:
        command = install_command("markdown")
        raise CouldNotRunError(f"to write Markdown needs another package: {command}") from None


def _inert(body: str) -> str:
    """Return a body with template tags escaped, so that HTML and Markdown render the same."""
    for sign in _TEMPLATE_SIGNS:
        body = body.replace(sign, "".join(f"&#{ord(char)};" for char in sign))
    return body
