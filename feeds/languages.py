"""Judge the names of languages."""

from __future__ import annotations

import re

# RFC 5646, section 2.1, as far as its form goes; x-default is for links only.
_TAG = re.compile(r"(?:[a-z]{2,8}(?:-[a-z0-9]{1,8})*|[ix](?:-[a-z0-9]{1,8})+)", re.IGNORECASE)


def is_language(text: str) -> bool:
    """Tell whether text can be a language tag, such as `en` or `pt-BR`."""
    return bool(_TAG.fullmatch(text))
