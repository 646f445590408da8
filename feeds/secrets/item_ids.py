"""Read the ids of items out of finished outputs, as a subscriber's program reads them."""

import codecs
import csv
import json
from collections.abc import Iterator
from typing import BinaryIO

from feeds.csv_limit import long_cells
from feeds.xml_namespaces import ATOM

_ATOM = f"{{{ATOM}}}"
_ITEMS = ("item", f"{_ATOM}entry")
_IDS = ("guid", f"{_ATOM}id")


def item_ids(name: str, file: BinaryIO) -> Iterator[str]:
    """Yield the ids of the items in an output file; its name says its format, and a file that is no feed has none.

    A mere search for ids would give false alarms: an id may be an address to which other items link. Raises
    ValueError, LookupError or SyntaxError for a feed that cannot be read.
    """
    if name.endswith((".rss", ".atom")):
        from lxml import etree  # noqa: PLC0415 - it takes long to import, and is needed only for what has changed

        for _, item in etree.iterparse(file, tag=_ITEMS):
            yield from (element.text or "" for element in item.iterchildren(*_IDS))
            item.clear()
    elif name.endswith(".json"):
        yield from (str(item["id"]) for item in json.load(file)["items"])
    elif name.endswith(".csv"):
        rows = csv.reader(codecs.iterdecode(file, "utf-8-sig"))
        number = next(rows).index("id")
        with long_cells():
            yield from (row[number] for row in rows)
