"""Judge the names of languages."""

from __future__ import annotations

import re

# RFC 5646, section 2.1; no language has a subtag of more than three letters. x-default is for links only.
_TAG = r"""(?ix)[a-z]{2,3}(?:-[a-z]{3}){0,3}  # the language, as in zh-yue
    (?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?  # script and region
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?
    |[ix](?:-[a-z0-9]{1,8})+|en-gb-oed|sgn-(?:be-fr|be-nl|ch-de)"""


def is_language(text: str) -> bool:
    """Return whether text can be a language tag, such as `en` or `pt-BR`."""
    return bool(re.fullmatch(_TAG, text))
