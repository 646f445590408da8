"""Read the configuration of Hugo."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from feeds.records.posts import permalinks
from feeds.records.posts.permalinks import permalink_patterns
from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import read_data
from feeds.scaffold.config_values import count_in, lowered, name_in, table_in, text_in, texts_in
from feeds.scaffold.hugo_cascade import read_cascade
from feeds.scaffold.hugo_mounts import ignored_files, read_mount
from feeds.scaffold.site_config import SiteConfig, site_url, unsupported_link

_FILES = ("hugo", "config")
_UNSUPPORTED = {
    "builddrafts": "buildDrafts; drafts never go out",
    "buildfuture": "buildFuture; posts go out when they are due",
    "disablepathtolower": "disablePathToLower; addresses are in small letters here",
    "removepathaccents": "removePathAccents; addresses keep accents here",
    "buildexpired": "buildExpired; expired posts never go out",
}


def read_hugo(path: Path, folder: Path) -> SiteConfig | None:
    """Return the settings in `hugo.toml` and `config/_default` for the default language."""
    data = _settings(path, folder)
    if not data.keys() & {"baseurl", "languagecode", "locale", "defaultcontentlanguage", "permalinks", "params"}:
        return None
    languages = table_in(data, "languages")
    tag = text_in(data, "defaultcontentlanguage") or "en"
    own = lowered(table_in(languages, tag))
    params = {**lowered(table_in(data, "params")), **lowered(table_in(own, "params"))}
    both = {**data, **own}
    mount = read_mount(data, tag)
    source = mount.source or (text_in(both, "contentdir") or "content").strip("/")
    is_below = data.get("defaultcontentlanguageinsubdir") is True and bool(languages)
    ignored, lost = ignored_files(data)
    addresses, unknown = _addresses(data, folder / source, f"{tag}/" if is_below else "")
    cascade = read_cascade(data, folder / source, tag)
    others = {language: lowered(table_in(languages, language)) for language in languages if language != tag}
    return SiteConfig(
        "hugo",
        source=source,
        home_page=site_url(text_in(both, "baseurl")),
        title=text_in(both, "title"),
        has_emoji=data.get("enableemoji") is True,
        description=text_in(params, "description") or text_in(both, "description"),
        language=text_in(both, "languagecode", "locale") or (tag if "defaultcontentlanguage" in data else ""),
        author=name_in(params, "author", "authors") or name_in(both, "author"),
        zone=text_in(both, "timezone"),
        limit=count_in(table_in(lowered(table_in(data, "services")), "rss"), "limit") or count_in(data, "rsslimit"),
        web_url=(*cascade.web_url, *(addresses or (PRESETS["hugo"].fields["webUrl"][-1:] if cascade.web_url else ()))),
        fields={**cascade.fields, **_dates(lowered(table_in(data, "frontmatter")))},
        output=text_in(data, "publishdir") or "public",
        static="static",
        exclude=(
            *_in_other_languages(others, source),
            *_replaced(folder / source, tag),
            *cascade.exclude,
            *mount.exclude,
            *ignored,
        ),
        unknown=(*unknown, *mount.unknown, *lost, *(note for key, note in _UNSUPPORTED.items() if data.get(key))),
    )


def _in_other_languages(languages: Mapping[str, dict[str, Any]], source: str) -> Iterator[str]:
    """Yield patterns of the files, and of the folders in the source, that contain the posts of some languages."""
    yield from (f"*.{name}.*" for name in languages)
    for language in languages.values():
        folder = text_in(language, "contentdir").strip("/")
        if folder.startswith(f"{source}/"):
            yield f"{folder.removeprefix(f'{source}/')}/**"


def _replaced(content: Path, tag: str) -> Iterator[str]:
    """Yield the files that others beside them, whose names have the tag of the default language, stand for."""
    for path in sorted(content.rglob(f"*.{tag}.*")):
        plain = path.with_name(path.name.replace(f".{tag}.", ".", 1))
        if plain.is_file():
            yield f"/{plain.relative_to(content).as_posix()}"


def _dates(written: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the sources of dates in `[frontmatter]`; the date of publication comes before the date."""
    usual = PRESETS["hugo"].fields
    date, published = (_sources(texts_in(written, key)) for key in ("date", "publishdate"))
    found = {
        "publishedDateTime": (*(published or usual["publishedDateTime"][:1]), *date) if date else published,
        "updatedDateTime": _sources(texts_in(written, "lastmod"), usual["updatedDateTime"]),
        "expires": _sources(texts_in(written, "expirydate"), usual["expires"]),
    }
    found["slug"] = _slugs(date)
    return {name: tuple(dict.fromkeys(sources)) for name, sources in found.items() if sources}


def _slugs(dates: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources of slugs if a date may come from a name, whose rest is then the slug."""
    if ":filename" not in dates:
        return ()
    others = (f"{key} => {{name}}" for key in dates[: dates.index(":filename")] if not key.startswith(":"))
    return ("slug", *others, ":filename => {stem}", "{name}")


def _sources(texts: tuple[str, ...], usual: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return sources in our notation, without times of files, which differ from copy to copy."""
    usual = usual or PRESETS["hugo"].fields["publishedDateTime"]
    ours = [usual if text == ":default" else (text,) for text in texts if text.lower() != ":filemodtime"]
    return tuple(source.lower() for sources in ours for source in sources)


def _settings(path: Path, folder: Path) -> dict[str, Any]:
    """Return all settings with lowercase keys: those of the file, overridden by those in `config/_default`.

    A file there has the name of its table, as in `params.toml` or `params.de.toml`.
    """
    data = {} if path.is_dir() else lowered(read_data(path))
    default = folder / "config" / "_default"
    for file in sorted(default.iterdir()) if default.is_dir() else ():
        if file.suffix not in {".toml", ".yaml", ".yml", ".json"}:
            continue
        name, _, language = file.stem.lower().partition(".")
        read = lowered(read_data(file))
        if name in _FILES:
            data = {**read, **data}
        elif language:
            languages = data.setdefault("languages", {})
            own = languages.setdefault(language, {}) if isinstance(languages, dict) else {}
            own.update(read if name == "languages" else {name: read})
        else:
            data[name] = {**read, **{key: _merged(read.get(key), own) for key, own in table_in(data, name).items()}}
    production = next(iter(sorted((folder / "config" / "production").glob("*.*"))), None)
    if production and production.stem in _FILES:
        data |= lowered(read_data(production))
    return data


def _merged(first: Any, over: Any) -> Any:
    return {**first, **over} if isinstance(first, dict) and isinstance(over, dict) else over


def _in_sections(permalink: str, section: Path) -> str:
    """Return a permalink without `:sections` if no section is below; a folder without `_index` is not a section."""
    if any(section.glob("*/**/_index.*")):
        return permalink
    permalink = re.sub(r":sections(?:\[(?:last|0)\])?(?!\w|\[)", ":section", permalink)
    return re.sub(r":sections\[[^\]]*\]", "", permalink)


def _addresses(data: dict[str, Any], content: Path, base: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the patterns of URLs, per section where they differ, and what is not supported."""
    permalinks_ = table_in(data, "permalinks")
    pages = permalinks_.get("page") if isinstance(permalinks_.get("page"), dict) else permalinks_
    by_section = {name.strip("/"): text for name, text in (pages or {}).items() if isinstance(text, str)}
    written = {name: f"/{base}{_in_sections(text, content / name).lstrip('/')}" for name, text in by_section.items()}
    ugly = data.get("uglyurls")
    is_ugly = {name: ugly is True or table_in(data, "uglyurls").get(name) is True for name in written}
    patterns = {
        name: permalink_patterns(text.rstrip("/") + ".html" if is_ugly[name] else text, permalinks.HUGO)
        for name, text in written.items()
    }
    unsupported = (unsupported_link(f"permalinks.{name}", by_section[name], patterns[name]) for name in patterns)
    unknown = [*chain.from_iterable(unsupported)]
    sections = {entry.name for entry in content.iterdir() if entry.is_dir()} if content.is_dir() else set()
    values = {patterns.get(name, ()) for name in sections or patterns}
    if len(values) == 1 and (only := values.pop()):
        return only, unknown
    usual, html = (f"{{home_page}}{base}{{folder}}/{{slug:plus}}{end}" for end in ("/", ".html"))
    own = [f"{name}/ => {pattern}" for name, found in patterns.items() for pattern in found]
    own += [f"{name}/ => {html}" for name, value in table_in(data, "uglyurls").items() if value is True]
    return (*own, html if ugly is True else usual), unknown
