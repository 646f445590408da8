"""Collect what the posts of a site share: the field mapping, the authors, dates from Git."""

from importlib.util import find_spec
from pathlib import Path

from feeds.config.settings import Config, SiteFacts
from feeds.diagnostics.problem import CouldNotRunError
from feeds.diagnostics.wording import suggestion
from feeds.frontmatter.dialect import POSTS, Dialect
from feeds.installation import install_command
from feeds.locations import below
from feeds.records.bodies.source_images import ATTACHMENTS
from feeds.records.posts.field_mapping import compile_mapping, identity_mapping
from feeds.records.posts.post import GitDates
from feeds.records.posts.presets import PRESETS
from feeds.records.posts.site_context import SiteContext
from feeds.sources.folder_walk import Folder, walk

_NO_FACTS = SiteFacts({}, {})


def facts_of(config: Config) -> SiteFacts:
    """Return the facts that a configuration of posts needs. Raises CouldNotRunError for an unknown preset."""
    _check_preset(config.preset)
    if not isinstance(config.source, Path):
        return _NO_FACTS
    from feeds.sources.data_file import read_data_file  # noqa: PLC0415 - few configurations have a preset

    preset = PRESETS.get(config.preset)
    folder = config.source if config.source.is_dir() else config.source.parent
    authors = read_data_file(folder, preset.authors_file if preset else (), "authors")
    tags = read_data_file(folder, preset.tags_file if preset else (), "tags")
    files = [file.path for file in (authors, tags) if file.path]
    warnings = [file.warning for file in (authors, tags) if file.warning]
    labels = {key: str(tag["label"]) for key, tag in tags.entries.items() if tag.get("label")}
    attachments = _attachments(folder) if preset and preset.templates == "obsidian" else ()
    facts = SiteFacts(authors.entries, {}, tuple(files), tuple(warnings), labels, attachments)
    return _with_git(facts, folder) if _asks_git(config) else facts


def site_of(config: Config) -> SiteContext:
    """Return what all posts of a site share. Raises CouldNotRunError for unknown fields and sources."""
    facts = config.site or _NO_FACTS
    try:
        of_site = (config.preset, config.fields, facts.authors, facts.tags)
        mapping = compile_mapping(*of_site) if config.has_posts else identity_mapping()
    except ValueError as error:
        raise CouldNotRunError(f"[fields] {error}") from None
    git = {path: GitDates(*dates) for path, dates in facts.git.items()}
    if config.emoji and not find_spec("emoji"):
        raise CouldNotRunError(f"emoji = true needs the names of emoji: {install_command('emoji')}")
    about = (config.body, git, config.language, facts.attachments, config.emoji)
    return SiteContext(mapping, config.posts_at, config.zone, *about)


def dialect_of(config: Config) -> Dialect:
    """Return the kinds of front matter that files may have without an opening fence."""
    return PRESETS[config.preset].dialect if config.preset else POSTS


def _with_git(facts: SiteFacts, folder: Path) -> SiteFacts:
    """Return facts with the dates of commits; a shallow clone does not know the first ones."""
    from feeds.sources.git_dates import read_git_dates  # noqa: PLC0415 - few configurations ask for them

    history = read_git_dates(folder)
    head = (history.head,) if history.head and history.head.exists() else ()
    facts = facts._replace(files=(*facts.files, *head))
    if not history.is_shallow:
        return facts._replace(git=history.dates)
    warning = "the clone is shallow, so dates of first commits are not known; fetch all of it: git fetch --unshallow"
    return facts._replace(warnings=(*facts.warnings, warning))


def _attachments(folder: Path) -> tuple[str, ...]:
    found = walk(folder, lambda path: not Path(path).name.startswith("."))
    files = (f"{each.prefix}{name}" for each in found if isinstance(each, Folder) for name in each.files)
    return tuple(sorted(below(path, folder) for path in files if Path(path).suffix.lower() in ATTACHMENTS))


def _check_preset(name: str) -> None:
    if name and name not in PRESETS:
        raise CouldNotRunError(f'unknown preset "{name}"; {suggestion(name, PRESETS)}')


def _asks_git(config: Config) -> bool:
    preset = PRESETS.get(config.preset)
    wanted = {**(preset.fields if preset else {}), **config.fields}
    return any(":git" in sources for sources in wanted.values())
