"""Read literal values in JavaScript and TypeScript, without executing them."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from feeds.scaffold.config_readers import lenient_text

SUFFIXES = ("js", "ts", "mjs", "mts", "cjs", "cts")
_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/
    |(?P<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)
    |(?P<name>[A-Za-z_$][\w$]*(?:(?:\?\.|\.)[A-Za-z_$][\w$]*)*)
    |(?P<number>\d[\d_]*)
    |(?P<sign>=>|===?|\|\||\?\?|[^\s])""",
    re.DOTALL | re.VERBOSE,
)
_INSERTED = re.compile(r"\$\{\s*([\w$.]+)\s*\}")
_IMPORT = re.compile(r"(?:\bfrom|\brequire\()\s*['\"]((?:\.{1,2}|@|~|#)/[^'\"\n]+)['\"]")
_IMPORTED = ("", ".ts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js")
OPEN, CLOSE = {"{", "[", "("}, {"}", "]", ")"}
_MOST = 5000  # values, among which constants are looked up


class ScriptValue(NamedTuple):
    """A value, as in `title: site.title || 'Ropes'`: the keys that lead to it, the outermost first, and its operands.

    The operands of `||` and `??` are source text. `is_variable` if the last key is the name of a variable.
    """

    path: tuple[str, ...]
    operands: tuple[str, ...]
    is_variable: bool = False


class Script(NamedTuple):
    """The values in one or several files."""

    entries: tuple[ScriptValue, ...] = ()

    @property
    def objects(self) -> set[tuple[str, ...]]:
        """The keys of objects that a file may be about: variables, what is around all values, and what has no name."""
        around = {self.entries[0].path[:1]} if len({entry.path[0] for entry in self.entries}) == 1 else set()
        return {(), *around, *(entry.path for entry in self.entries if entry.is_variable)}

    def surface(self) -> "Script":
        """Return the values that are directly in these objects, without what is nested deeper."""
        objects = self.objects
        return Script(tuple(entry for entry in self.entries if entry.path[:-1] in objects))

    def has(self, *path: str) -> bool:
        """Return whether there is a value under some keys, even `null`."""
        return any(entry.path[-len(path) :] == path for entry in self.entries)

    def find(self, *path: str) -> str:
        """Return the text or number under some keys, of several the least nested one, or nothing."""
        found = (entry for entry in self.entries if entry.path[-len(path) :] == path)
        values = (self._value(entry) for entry in sorted(found, key=lambda entry: len(entry.path)))
        return next((value for value in values if value), "")

    def _value(self, entry: ScriptValue, depth: int = 0) -> str:
        return next((value for each in entry.operands if (value := self._operand(each, depth))), "")

    def _operand(self, operand: str, depth: int) -> str:
        if operand[0] in "'\"":
            return re.sub(r"\\(.)", r"\1", operand[1:-1])
        if operand[0] == "`":
            text = _INSERTED.sub(lambda match: self._named(match[1], depth) or "${}", operand[1:-1])
            return "" if "${" in text else text
        return operand.replace("_", "") if operand[0].isdigit() else self._named(operand, depth)

    def _named(self, name: str, depth: int) -> str:
        """Return the value of a constant, which may refer to another; circular references end."""
        path = tuple(name.replace("?.", ".").split("."))
        ways = (path, path[1:]) if len(path) > 2 else (path,)  # noqa: PLR2004 - an object that another file exports
        found = (entry for way in ways for entry in self.entries if entry.path == way)
        return next((self._value(entry, depth + 1) for entry in found), "") if depth < len(self.entries) < _MOST else ""


def read_script(*paths: Path | None) -> Script:
    """Return the literal values in some files; missing files are ignored."""
    return Script(tuple(entry for path in paths for entry in _entries(lenient_text(path))))


def imported_files(path: Path | None, folder: Path, depth: int = 2) -> Iterator[Path]:
    """Yield the files of a site that a file imports, and those that they do; `@/` is its folder `src`, or itself."""
    for written in _IMPORT.findall(lenient_text(path) if depth else ""):
        root, _, rest = written.partition("/")
        bases = [(path or folder).parent / written] if root.startswith(".") else [folder / "src" / rest, folder / rest]
        names = (Path(f"{base}{suffix}") for base in bases for suffix in _IMPORTED)
        found = next(
            (name for name in names if name.is_file() and name.resolve().is_relative_to(folder.resolve())), None
        )
        if found:
            yield found
            yield from imported_files(found, folder, depth - 1)


def tokens_of(text: str) -> list[str]:
    """Return the tokens of a script without its comments."""
    return [match[0] for match in _TOKEN.finditer(text) if match.lastgroup]


def _entries(text: str) -> Iterator[ScriptValue]:
    tokens = tokens_of(text)
    for path, number in keys_of(tokens):
        is_variable = tokens[number - 1] == "="
        yield ScriptValue(path, tuple(_operands(tokens[number : number + 8])), is_variable)


def keys_of(tokens: Sequence[str], method: str = "") -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield each key and variable of a script behind the keys around it, and the index of its value's first token.

    Of methods only those called `method` are keys; their value begins with the parameters.
    """
    nesting: list[str] = []
    key = ""
    for number, token in enumerate(tokens):
        following = tokens[number + 1] if number + 1 < len(tokens) else ""
        if token in OPEN:
            nesting.append(key)
            key = ""
        elif token in CLOSE:
            del nesting[-1:]
            key = ""
        elif following in {":", "="} and (token[0] in "'\"" or token[0].isalpha() or token[0] in "_$"):
            is_type = following == "=" and number and tokens[number - 1] == ":"  # as TypeScript has it behind a name
            key = key if is_type else token.strip("'\"")
            yield (*filter(None, nesting), key), number + 2
        elif following == "(" and method and token == method:
            yield (*filter(None, nesting), method), number + 1
        elif token in {",", ";"}:
            key = ""


def _operands(tokens: Sequence[str]) -> Iterator[str]:
    for number, token in enumerate(tokens):
        if number % 2:
            if token not in {"||", "??"}:
                return
        elif token[0] in "'\"`_$" or token[0].isalnum():
            if number + 1 < len(tokens) and tokens[number + 1] in {"+", "?", "("}:
                return
            yield token
        else:
            return


def texts_under(text: str, key: str) -> tuple[tuple[str, ...], bool]:
    """Return the texts in the lists under a key of a script, and whether there is nothing else under that key."""
    tokens, found = tokens_of(text), list[str]()
    is_whole = True
    for start in (number for number, token in enumerate(tokens) if token.strip("'\"") == key):
        if tokens[start + 1 : start + 2] not in ([":"], ["="]):
            continue
        value = tokens[start + 2 :]
        inside = value[1 : value.index("]")] if value[:1] == ["["] and "]" in value else [""]
        parts = [part for part in inside if part != ","]
        texts = [part[1:-1] for part in parts if part[:1] in {"'", '"', "`"} and "${" not in part]
        is_whole = is_whole and len(texts) == len(parts)
        found += texts
    return tuple(found), is_whole


def number_in(text: str) -> int | None:
    """Return a number from 1 that a script says, or None."""
    return int(text) if text.isdecimal() and int(text) > 0 else None
