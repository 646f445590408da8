"""A fast path for lines of our table that are valid, so that a large table need not be checked in full."""

import re
from datetime import datetime

from feeds.formats.csv_table import COLUMNS
from feeds.text import NOT_XML
from feeds.urls import is_plain

_ANY = r"""(?:[^",\r\n]*+|"(?:[^"\r\n]++|"")*+")"""
_DATE = r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?)Z"
_ADDRESS = r"""("[^"\r\n]*+"|[^",\r\n]*+)"""
_KINDS = {
    "id": r"""[^",\s]++""",
    **dict.fromkeys(("publishedDateTime", "updatedDateTime"), _DATE),
    **dict.fromkeys(("webUrl", "originalUrl", "imageUrl"), _ADDRESS),
}
_LINE = re.compile(",".join(_KINDS.get(name, _ANY) for name in COLUMNS) + r"\r\n")


def is_plain_line(line: bytes) -> bool:
    """Return whether a line of our table is certainly valid; any other needs a full check."""
    try:
        text = line.decode()
        match = _LINE.fullmatch(text)
        if not match or (not text[:-2].isprintable() and NOT_XML.search(text)):
            return False
        web_url, original_url, published, updated, image_url = match.groups()
        for instant in (published, updated):
            datetime.fromisoformat(instant)
    except ValueError:
        return False
    addresses = (address.strip('"') for address in (web_url, original_url, image_url))
    return all(not address or is_plain(address) for address in addresses)
