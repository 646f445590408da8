"""Read the data that Eleventy gives to the posts of folders, without executing any of it."""

import re
from collections.abc import Iterator, Mapping
from glob import escape
from pathlib import Path
from typing import Any

from feeds.hold_back import is_about_publication
from feeds.scaffold.config_readers import lenient_text, read_data
from feeds.scaffold.config_values import table_in, texts_in
from feeds.scaffold.folder_defaults import Given, held_keys
from feeds.scaffold.script_expressions import alternatives, expressions
from feeds.scaffold.script_reader import read_script, texts_under

Data = Mapping[Path, dict[str, Any]]  # what the data files of folders say, the upper ones first

COMPUTED = "eleventyComputed"
_SUFFIXES = (".json", ".11tydata.json", ".11tydata.cjs", ".11tydata.mjs", ".11tydata.js")  # the last one wins
_SWITCHES = ("permalink", "eleventyExcludeFromCollections", "draft")
_UNCLEAR = "{{"  # as a permalink of which no pattern can be made
_SLUG_OF_TITLE = re.compile(r"\$\{\s*(?:this\.)?slug(?:ify)?\(\s*(?:data\.)?title\s*\)\s*\}")


def read_folder_data(root: Path, posts: Path, global_data: Path) -> Data:
    """Return the data of the folders from the root to that of posts, and of those in it, behind the global data."""
    above = [folder for folder in (posts, *posts.parents) if folder.is_relative_to(root)][::-1]
    folders = [*above, *sorted(path for path in posts.rglob("*") if path.is_dir())]
    everywhere = [global_data / f"{COMPUTED}{suffix}" for suffix in (".json", ".cjs", ".mjs", ".js")]
    own = [folder / f"{folder.name}{suffix}" for folder in folders for suffix in _SUFFIXES]
    return {file: _data_of(file) for file in (*everywhere, *own) if file.is_file()}


def given_by(data: Data, posts: Path) -> Given:
    """Return the data of all posts, that of the folders above merged, and that of each folder among them."""
    given: dict[str, dict[str, Any]] = {"": {}}
    for file, values in data.items():
        is_below = posts in file.parent.parents
        folder = file.parent.relative_to(posts).as_posix() if is_below else ""
        given[folder] = _merged(given.get(folder, {}), values)
    return [*given.items()]


def _merged(upper: dict[str, Any], lower: dict[str, Any]) -> dict[str, Any]:
    tags = [*dict.fromkeys((*texts_in(upper, "tags"), *texts_in(lower, "tags")))]
    return {**upper, **lower, COMPUTED: {**table_in(upper, COMPUTED), **table_in(lower, COMPUTED)}, "tags": tags}


def held_by_data(posts: Path) -> Iterator[str]:
    """Yield patterns of the posts that are not published by a data file that is named after them."""
    for file in sorted((*posts.rglob("*.json"), *posts.rglob("*.11tydata.*js"))):
        name = file.name.removesuffix(file.suffix).removesuffix(".11tydata")
        if any(file.parent.glob(f"{escape(name)}.m*")) and held_keys(_data_of(file)):
            yield f"/{(file.parent / name).relative_to(posts).as_posix()}.*"


def unclear_exclusions(data: Data, folder: Path) -> Iterator[str]:
    """Yield a note on each data file that leaves posts out by what only a run of Eleventy can say."""
    for file in data:
        written = "" if file.suffix == ".json" else lenient_text(file)
        if any(_may_hold(written, key) for key in _SWITCHES):
            yield f"which posts {file.relative_to(folder).as_posix()} leaves out; write draft: true into them"


def _may_hold(text: str, key: str) -> bool:
    """Return whether a program leaves out posts by a condition that is not a key about publication."""
    found = [tokens for _, tokens in expressions(text, key) if len(tokens) > 1]
    return any(
        (key != "permalink" or "false" in tokens)
        and not any(is_about_publication(token.rpartition(".")[2]) for token in tokens)
        for tokens in found
    )


def _data_of(file: Path) -> dict[str, Any]:
    is_all_computed = file.name.startswith(COMPUTED)
    if file.suffix == ".json":
        return {COMPUTED: read_data(file)} if is_all_computed else read_data(file)
    script, written = read_script(file), lenient_text(file)
    own, objects = script.surface(), script.objects
    values: dict[str, Any] = {key: text for key in ("author", "lang", "permalink") if (text := own.find(key))}
    values |= {"tags": [*texts_under(written, "tags")[0]], COMPUTED: {}}
    for key in _SWITCHES:
        for around, tokens in expressions(written, key):
            if tuple(outer for outer in around if outer != COMPUTED) not in objects:
                continue
            found = [*alternatives(tokens)]
            is_computed = (is_all_computed or COMPUTED in around) and not any(map(_is_own, found))
            if found in (["true"], ["false"]):
                values[key] = found == ["true"]
            elif key == "permalink" and (link := (len(tokens) == 1 and script.find(key)) or _link(found)):
                (values[COMPUTED] if is_computed else values)[key] = link
    return values


def _is_own(value: str) -> bool:
    """Return whether a value is the permalink that the post has without it."""
    return value.rpartition(".")[2] in {"permalink", "undefined", "null"}


def _link(found: list[str]) -> str:
    """Return the only link among the values of a permalink as a template of Eleventy, or nothing if there is none."""
    texts = [value[1:-1] for value in found if value[:1] in {"'", '"', "`"}]
    others = [value for value in found if value[:1] not in {"'", '"', "`"}]
    if len(texts) > 1 or any(value != "false" and not _is_own(value) for value in others):
        return _UNCLEAR
    text = _SLUG_OF_TITLE.sub("{{ title }}", "".join(texts)).replace("?.", ".")
    return re.sub(r"\$\{\s*data\.", "${", text)
