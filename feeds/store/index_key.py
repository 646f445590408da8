"""Compute the key of an index, which is valid only for the same program with the same settings."""

import os
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import feeds
from feeds.sources.files import fingerprint_of
from feeds.validation.context import ValidationContext
from feeds.validation.schema.own_schemas import schema_text

_PACKAGE = Path(feeds.__file__).parent
_TEMPLATES = _PACKAGE / "formats" / "pages" / "templates"


def identity_of(context: ValidationContext) -> str:
    """Return a digest of everything, besides the files' content, that determines the rows of the index."""
    config = context.config
    topics = (config.topics.allowed, sorted(config.topics.aliases.items()))
    has_table, site = "csv" in config.formats, (config.source, config.home_page, config.zone, config.language)
    settings = (*site, config.rules, topics, config.secret, has_table)
    posts = repr(
        (config.preset, sorted(config.fields.items()), config.body, config.emoji, config.posts_at, config.site)
    )
    schemas = [schema_text("record"), *(path.read_bytes() for path in context.schema.files)]
    program = [(path, fingerprint_of(path)) for path in program_files()]
    made_with = repr((settings, posts, schemas, sys.version, program)).encode(errors="replace")
    return blake2b(made_with, digest_size=16).hexdigest()


def program_files() -> Iterator[str]:
    """Yield the paths whose fingerprints identify the version of this program and of its packages."""
    for folder in sorted({*_PACKAGE.parents, *map(Path, sys.path)}):
        if folder.name.endswith("-packages"):
            yield str(folder)  # its time changes when a package is installed
    templates = os.listdir(_TEMPLATES)  # noqa: PTH208 - a Path for each file takes longer than its status
    yield from sorted([*_modules(), *(f"{_TEMPLATES}/{name}" for name in templates)])


def _modules() -> Iterator[str]:
    for folder, folders, files in os.walk(_PACKAGE):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (f"{folder}/{name}" for name in files if name.endswith(".py"))
