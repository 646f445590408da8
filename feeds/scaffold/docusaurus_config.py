"""Read the configuration of Docusaurus, which is a script, without executing it."""

import re
from collections.abc import Iterator
from pathlib import Path

from feeds.records.posts.presets import PRESETS
from feeds.scaffold.config_readers import lenient_text
from feeds.scaffold.globs import rooted_patterns
from feeds.scaffold.script_reader import Script, imported_files, number_in, read_script
from feeds.scaffold.site_config import SiteConfig, first_folder, site_url, url_pattern

_BLOG_EXCLUDE = re.compile(r"\bblog\s*:\s*\{(?:[^{}]|\{[^{}]*\})*?\bexclude\s*:\s*\[([^\]]*)\]")
_BLOG_LIMIT = ("blog", "feedOptions", "limit")  # null is no limit
_BLOG_PATH = re.compile(r"plugin-content-blog['\"](?:(?!\bplugin-).)*?\bpath\s*:\s*['\"`]([^'\"`$]+)", re.DOTALL)
_BLOG_PLUGIN = re.compile(r"plugin-content-blog['\"]\)?,\s*(?:/\*.*?\*/\s*)?\(?\{(.*?)\n\s*\}", re.DOTALL)


def read_docusaurus(path: Path, folder: Path) -> SiteConfig:
    """Return the settings of the site and its blog in `docusaurus.config.js`."""
    files = (path, *imported_files(path, folder))
    script = read_script(*files)
    text = "\n".join(map(lenient_text, files))
    blog = {key: script.find("blog", key) for key in ("path", "routeBasePath")}
    plugin = _BLOG_PLUGIN.search(text)
    if plugin and not (folder / (blog["path"] or "blog")).is_dir():
        blog = {key: next(iter(re.findall(rf"\b{key}:\s*['\"]([^'\"]*)", plugin[1])), "") for key in blog}
    excluded = _BLOG_EXCLUDE.search(text) or re.search(r"\bexclude\s*:\s*\[([^\]]*)\]", plugin[1] if plugin else "")
    globs = re.findall(r"['\"`]([^'\"`]+)", excluded[1]) if excluded else ()
    slash = "/" if re.search(r"\btrailingSlash:\s*true\b", text) else ""
    base = (blog["routeBasePath"] or "blog").strip("/")
    source = blog["path"].removeprefix("./") or first_folder(folder, "blog")
    return SiteConfig(
        "docusaurus",
        source=source,
        home_page=site_url(script.find("url"), script.find("baseUrl")),
        title=script.find("blog", "feedOptions", "title") or script.find("title"),
        description=script.find("blog", "feedOptions", "description") or script.find("tagline"),
        language=script.find("blog", "feedOptions", "language") or script.find("defaultLocale"),
        limit=number_in(script.find(*_BLOG_LIMIT)) if script.has(*_BLOG_LIMIT) else 20,
        web_url=tuple(url_pattern(base, f"{{{token}}}{slash}") for token in ("slug", "path:dated")),
        output="build",
        exclude=tuple(rooted_patterns(globs)),
        static=script.find("staticDirectories") or "static",
        unknown=(*_other_authors(script), *_other_blogs(text, folder, source)),
    )


def _other_authors(script: Script) -> Iterator[str]:
    """Yield a note on a file of authors that is not where the preset looks for it."""
    path = script.find("authorsMapPath")
    if path and path.removeprefix("./") not in PRESETS["docusaurus"].authors_file:
        yield f"authorsMapPath {path}; rename the file authors.yml"


def _other_blogs(text: str, folder: Path, source: str) -> Iterator[str]:
    """Yield a note on each blog of the site but the one in a folder."""
    for name in dict.fromkeys(found.removeprefix("./").rstrip("/") for found in _BLOG_PATH.findall(text)):
        if name != source and (folder / name).is_dir():
            yield f"posts in {name}, another blog; write a second configuration, with source and output, for --config"
