"""Fill the templates of whole pages, which load only what their policy allows."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from feeds.dates import format_day, format_rfc3339
from feeds.formats.pages.template import fill
from feeds.text import counted

if TYPE_CHECKING:
    from markupsafe import Markup


def fill_page(name: str, language: str, images: str, **values: object) -> bytes:
    """Return a page with its values.

    `language` is that of its content; the text around it is English. `images` lists the allowed sources of images, as
    in a Content Security Policy (CSP level 3, section 6.1).
    """
    from markupsafe import Markup  # noqa: PLC0415 - comes with the templates, which most runs do not need

    style, script = _own("page.css"), _own("page.js")
    policy = (
        f"default-src 'none'; img-src {images}; style-src {policy_hash(style)}; script-src {policy_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    is_english = language.partition("-")[0].lower() == "en"
    english = Markup("") if is_english else Markup(' lang="en"')

    def time(instant: datetime) -> Markup:
        shown = Markup('<time datetime="{}"{}>{}</time>')
        return shown.format(format_rfc3339(instant), english, format_day(instant))

    words = {"language": language, "english": english, "time": time, "counted": counted}
    return fill(name, policy=policy, style=style, script=script, **words, **values).encode()


def policy_hash(text: str) -> str:
    """Return the hash that allows a text in a page (CSP level 3, section 2.3.1)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _own(name: str) -> Markup:
    from markupsafe import Markup  # noqa: PLC0415 - comes with the templates, which most runs do not need

    return Markup(fill(name))  # noqa: S704 - part of this program
