"""Turn text files with front matter, or any feed, into RSS 2.0, Atom 1.0, JSON Feed 1.1, CSV and pages."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeds.config.config_file import load_config
    from feeds.config.settings import Config, FeedConfig, TopicConfig
    from feeds.diagnostics.problem import CouldNotRunError, Problem
    from feeds.formats import render
    from feeds.model.feed import Feed
    from feeds.model.item import Item
    from feeds.model.podcast import Podcast
    from feeds.model.record import Record
    from feeds.model.selection import Selection, select
    from feeds.parsers import Parsed, parse
    from feeds.publish.build import BuildResult, build
    from feeds.publish.conversion.convert_records import convert
    from feeds.validation.validate import Validation, read, validate

__all__ = [
    "BuildResult",
    "Config",
    "CouldNotRunError",
    "Feed",
    "FeedConfig",
    "Item",
    "Parsed",
    "Podcast",
    "Problem",
    "Record",
    "Selection",
    "TopicConfig",
    "Validation",
    "build",
    "convert",
    "load_config",
    "parse",
    "read",
    "render",
    "select",
    "validate",
]
__version__ = "0.1.0"

_MODULES = {
    "BuildResult": "feeds.publish.build",
    "Config": "feeds.config.settings",
    "CouldNotRunError": "feeds.diagnostics.problem",
    "Feed": "feeds.model.feed",
    "FeedConfig": "feeds.config.settings",
    "Item": "feeds.model.item",
    "Parsed": "feeds.parsers",
    "Podcast": "feeds.model.podcast",
    "Problem": "feeds.diagnostics.problem",
    "Record": "feeds.model.record",
    "Selection": "feeds.model.selection",
    "TopicConfig": "feeds.config.settings",
    "Validation": "feeds.validation.validate",
    "build": "feeds.publish.build",
    "convert": "feeds.publish.conversion.convert_records",
    "load_config": "feeds.config.config_file",
    "parse": "feeds.parsers",
    "read": "feeds.validation.validate",
    "render": "feeds.formats",
    "select": "feeds.model.selection",
    "validate": "feeds.validation.validate",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: a hook that only validates pays for no renderer."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted([*__all__, "__version__"])
