"""Replace simple template tags of other generators, and find those that remain.

Remaining tags cannot be rendered here, and must not be published as text.
"""

import re

from feeds.records.bodies.formulas import escaped_math
from feeds.records.bodies.hidden_tags import without_conditional_blocks
from feeds.records.bodies.liquid_variables import undo_variables
from feeds.records.bodies.replacements import CODE, SITE, Placeholders, replaced
from feeds.records.bodies.summaries import LONGEST, MARK, first_paragraph
from feeds.records.bodies.template_languages import LANGUAGES, TemplateLanguage

# Each tag may be searched for its end through all that follows; a body of so many is not rendered.
_MOST_STEPS = 300_000_000
# A mark where a summary ends, also in a paragraph that is left out for its tags.
_MARK = re.compile(rf"(?im)({MARK}|^[ \t]*<!--[^\n]{{0,40}}-->[ \t]*$)")
# A prefilter for attribute lists and abbreviations.
_MAY_BE_LIST = re.compile(r"\{(?:[:#.]|[ ][.#]|:?[ ]?[\w-]+=)|\*\[")


def undo_tags(body: str, language: str, site_path: str = "", *, is_html: bool = False) -> tuple[str, int | None]:
    """Return a body with simple tags replaced, and the offset of the first remaining tag, or None.

    `site_path` is the path of the site on its host, without a slash at its end.
    """
    template = LANGUAGES.get(language)
    # To look for one character takes a fraction of the time.
    if not template or not any(sign[0] in body and sign in body for sign in template.signs):
        return body, None
    openings = (sign for sign in template.signs if sign[0] != "$")  # a formula ends in its paragraph
    if sum(map(body.count, openings)) * len(body) > _MOST_STEPS:
        found = template.tag.search(body)
        return body, found.start() if found else 0
    body, placeholders = _without_simple_tags(body, template, site_path, is_html=is_html)
    left = template.tag.search(body)
    start = len(placeholders.restored(body[: left.start()])) if left else None
    return placeholders.restored(body), start


def without_unseen(body: str, language: str) -> str:
    """Return a body without the parts that say themselves that they are not shown."""
    template = LANGUAGES.get(language)
    if not template or not template.unseen:
        return body
    placeholders = Placeholders()
    return placeholders.restored(replaced(CODE.sub(placeholders.put_match, body), template.unseen))


def without_tags(body: str, language: str, *, is_html: bool = False) -> str:
    """Return the paragraphs of a body without remaining tags, or else all of them with the tags removed."""
    template = LANGUAGES.get(language)
    if not template:
        return body
    is_beginning = len(body) > LONGEST
    body, placeholders = _without_simple_tags(body[:LONGEST], template, is_html=is_html)
    if template.conditional:
        body = without_conditional_blocks(body, template.conditional, is_beginning=is_beginning)
    blocks = re.split(r"\n[ \t]*\n", body)
    parts = (part for block in blocks for part in (_MARK.split(block) if template.tag.search(block) else (block,)))
    free = "\n\n".join(part for part in parts if not template.tag.search(part))
    restored = placeholders.restored(free)
    return restored if first_paragraph(restored) else placeholders.restored(template.whole.sub("", body))


def _without_simple_tags(
    body: str, template: TemplateLanguage, site_path: str = "", *, is_html: bool
) -> tuple[str, Placeholders]:
    """Return a body with simple tags replaced, and the placeholders in it of what must not change."""
    placeholders = Placeholders()
    body = replaced(body, template.roles)
    body = template.literal.sub(placeholders.put_match, body) if template.literal else body
    if template.escaped:
        escaped, shown = template.escaped
        body = escaped.sub(lambda match: placeholders.put(match.expand(shown)), body)
    body = template.code.sub(placeholders.put_match, body) if template.code else body
    if template.math and "$" in body and not is_html:
        body = template.math.sub(lambda match: placeholders.put(escaped_math(match)), body)
    if (
        template.has_variables
        and "{%" in body
        and not (template.conditional and template.conditional.block.search(body))
    ):
        body = undo_variables(body)
    body = replaced(body, template.simple).replace(SITE, site_path)
    if _MAY_BE_LIST.search(body):
        body = body if template.code else CODE.sub(placeholders.put_match, body)
        body = replaced(body, template.attributes)
    return body, placeholders
