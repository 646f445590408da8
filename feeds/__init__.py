"""Turn a folder of records with YAML front matter into RSS 2.0, Atom 1.0, JSON Feed 1.1 and CSV."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeds.formats import render
    from feeds.model.selection import select
    from feeds.publish.build import build
    from feeds.publish.convert import convert
    from feeds.validation.validate import read, validate

__all__ = ["build", "convert", "read", "render", "select", "validate"]
__version__ = "0.1.0"

_HOMES = {
    "build": "feeds.publish.build",
    "convert": "feeds.publish.convert",
    "read": "feeds.validation.validate",
    "render": "feeds.formats",
    "select": "feeds.model.selection",
    "validate": "feeds.validation.validate",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: a hook that only validates pays for no renderer."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
