"""What feeds and tables of this program say of an item beyond what readers show."""

import json
from typing import Any

from feeds.model.item import Extension, Item

_NAME = "_feeds"


def own_values(item: Item) -> dict[str, Any]:
    """Return the type, quality, heat and length of an item, as far as they are known; they may be invalid."""
    values = json.loads(next((each.json for each in item.extensions if has_own_values(each)), "{}"))
    return values if isinstance(values, dict) else {}


def has_own_values(extension: Extension) -> bool:
    """Return whether an extension holds these values."""
    return extension.name == _NAME and bool(extension.json)
