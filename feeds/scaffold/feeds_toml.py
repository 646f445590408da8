"""Compose our configuration for a site of another generator."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from feeds.config.readers import is_setting
from feeds.publish.output.manifest import MANIFEST
from feeds.records.posts.field_mapping import compile_mapping
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.quoting import toml_text
from feeds.scaffold.site_config import SiteConfig

_NAMES = ("feeds", "feeds-output", "our-feeds", "site-feeds")
_MAY_HOLD_POSTS = re.compile(r"[*?\[]|\.(?:md|markdown|mdx|html|txt|rst|adoc|qmd|org|textile)$", re.IGNORECASE)


class FeedsToml(NamedTuple):
    """The settings of a site as TOML, its source and output, and what remains to be configured.

    The generator publishes an output that `is_static` with its site.
    """

    text: str
    preset: str
    file: str
    source: str
    output: str
    unknown: tuple[str, ...]
    is_static: bool


def feeds_toml(site: SiteConfig, folder: Path) -> FeedsToml:
    """Return the settings for a site in a folder, without values that `feeds` would reject."""
    output, served = _free_output(site, folder)
    language = site.language.replace("_", "-").partition(".")[0]
    values: dict[str, str | int | tuple[str, ...] | None] = {
        "preset": site.preset,
        "source": site.source,
        "exclude": tuple(_exclude(site, folder)),
        "output": output,
        "base_url": site.home_page + served if site.home_page else "",
        "home_page": site.home_page,
        "title": _line(site.title) or folder.name or "Feeds",
        "description": _line(site.description),
        "language": language if is_setting("language", language) else "",
        "author": _line(site.author),
        "zone": site.zone if is_setting("zone", site.zone) else "",
        "limit": site.limit,
        "body": site.body,
        "emoji": site.has_emoji,
    }
    lines = [f"{name} = {_toml(value)}" for name, value in values.items() if value]
    fields, unfit = _fit({**site.fields, **_web_url(site)}, site.preset)
    if fields:
        lines += ["", "[fields]", *(f"{name} = {_toml(sources)}" for name, sources in fields.items())]
    unknown = (*_missing(site, {name for name, value in values.items() if value}), *site.unknown, *unfit)
    is_static = bool(_static(site, folder))
    return FeedsToml("\n".join(lines), site.preset, site.file, site.source, output, unknown, is_static)


def _fit(fields: Mapping[str, tuple[str, ...]], preset: str) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return the valid fields, and errors for the others."""
    fit, unfit = {}, []
    for name, sources in fields.items():
        try:
            compile_mapping(preset, {name: sources})
        except ValueError as error:
            unfit.append(f"{name}: {error}")
        else:
            fit[name] = sources
    return fit, tuple(unfit)


def _web_url(site: SiteConfig) -> dict[str, tuple[str, ...]]:
    """Return the sources of URLs, keys before patterns, unless they are those of the preset."""
    usual = PRESETS[site.preset].fields["webUrl"]
    keys = tuple(source for source in usual if "{" not in source)
    sources = (*site.fields.get("webUrl", ()), *keys, *site.web_url)
    return {"webUrl": sources} if site.web_url and sources != usual else {}


def _missing(site: SiteConfig, known: set[str]) -> Iterator[str]:
    if "home_page" not in known:
        yield "home_page, the address of the site, and base_url, that of the feeds; write both into feeds.toml"
    if not site.title:
        yield "the title, which is that of the folder"
    if "language" not in known:
        yield "the language, which is taken to be en"
    if site.zone and "zone" not in known:
        yield f"the time zone {site.zone}"


def _free_output(site: SiteConfig, folder: Path) -> tuple[str, str]:
    """Return an unused folder for feeds, among the static files if possible, and its path on the site."""
    base = _static(site, folder)
    taken = {site.output.rstrip("/"), site.source.rstrip("/")}
    for name in _NAMES:
        output = (Path(base) / name).as_posix()
        path = folder / output
        if output not in taken and (not path.exists() or (path / MANIFEST).is_file()):
            return output, f"{name}/"
    return "feeds-of-this-site", "feeds-of-this-site/"


def _static(site: SiteConfig, folder: Path) -> str:
    """Return the folder of static files, if there is one."""
    return site.static if site.static and (folder / site.static).is_dir() else ""


def _exclude(site: SiteConfig, folder: Path) -> Iterator[str]:
    """Yield the patterns of files in the source that are not posts."""
    source = folder / site.source
    if site.include:
        yield from ("*.md", "*.qmd", *(f"!{pattern}" for pattern in site.include))
    for pattern in site.exclude:
        if (
            is_setting("exclude", [pattern])
            and not pattern.startswith("!")
            and (_MAY_HOLD_POSTS.search(pattern) or _has_folder(source, pattern.removesuffix("/**")))
        ):
            yield pattern
    output = folder / site.output
    if site.output and source in output.parents:
        yield f"/{output.relative_to(source).as_posix()}/"


def _has_folder(source: Path, pattern: str) -> bool:
    """Return whether a folder is there, at any depth if the pattern has no slash but at its end, as in a .gitignore."""
    plain = pattern.strip("/")
    is_anywhere = bool(plain) and "/" not in pattern.rstrip("/")
    return (source / plain).is_dir() or (is_anywhere and any(path.is_dir() for path in source.rglob(plain)))


def _line(text: str) -> str:
    return " ".join(text.split())


def _toml(value: str | int | tuple[str, ...] | None) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(toml_text, value))}]"
    return toml_text(value) if isinstance(value, str) else str(value).lower()
