"""Read front matter of the plainest kind line by line, in a third of the time that a YAML parser takes.

Most front matter is keys, values and lists, each on a line of its own. Such a line is read here if it means the same to
every YAML 1.2 parser; one line that may not leaves the whole text to the parser, which alone finds mistakes.
"""

from __future__ import annotations

import re
from typing import Any

# Fewer characters than values may be, and fewer columns than levels: what is read here needs no other bounds.
LONGEST = 100_000
MOST_COLUMNS = 40

_KEY = r"(?!(?:[Tt]rue|TRUE|[Ff]alse|FALSE|[Nn]ull|NULL):)[A-Za-z_][A-Za-z0-9_.-]{0,99}+"
_DOUBLE_QUOTED = r'"[^"\\\n]*+(?:\\["\\/ntr][^"\\\n]*+)*+"'
_SINGLE_QUOTED = r"'[^'\n]*+(?:''[^'\n]*+)*+'"
_NUMBER = r"-?(?:0|[1-9][0-9]{0,17}+)(?:\.[0-9]{1,17}+)?+"
_REST = r"[^\n:#]*+(?:(?::(?=\S)|(?<=\S)#)[^\n:#]*+)*+"
_PLAIN = rf"[A-Za-z/<(\u00c0-\U0010ffff]{_REST}"
_DATED = rf"[0-9]++(?:-| ++(?=[^\n#:])){_REST}"  # dates, and amounts such as 12 EUR
_ITEM = rf"(?:{_DOUBLE_QUOTED}|{_SINGLE_QUOTED}|[A-Za-z][A-Za-z0-9 _./+-]*+|{_NUMBER}(?= *[,\]]))"
_LIST = rf"\[ *+(?:{_ITEM} *+(?:, *+{_ITEM} *+)*+)?+\]"
_VALUE = rf"({_DOUBLE_QUOTED}|{_PLAIN}|{_NUMBER}(?= *+(?:\n|(?<= )#))|{_DATED}|{_SINGLE_QUOTED}|{_LIST})"
_END = r" *+(?:(?<= )#[^\n]*+)?\n"
# The columns; a dash, key and value; a dash and item; or, last, a line that only a parser understands.
_LINE = re.compile(
    rf"( {{0,{MOST_COLUMNS}}}+)"
    rf"(?:((?:- ++)?+)({_KEY}):(?: ++(?:{_VALUE})?)?{_END}|(- ++){_VALUE}{_END}|(?:#[^\n]*+)?\n)|([^\n]*\n)"
)
_DOUBTFUL = "\t\r\x85\u2028\u2029\ufeff"  # tabs, and what ends a line for some parsers only
_WHOLE_NUMBER = re.compile(_NUMBER)
_EACH_ITEM = re.compile(_ITEM)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_WORDS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL"), None),
}


def read_plain(text: str) -> dict[str, Any] | None:
    """Return the mapping that a text stands for by YAML 1.2.2, or None where only a parser can tell.

    The text holds no character that YAML does not allow (section 5.1).
    """
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST or any(map(text.__contains__, _DOUBTFUL)):
        return None
    return _Outline().read(_LINE.findall(f"{text}\n"))


class _Outline:
    """Put lines into lists and mappings by their columns."""

    def __init__(self) -> None:
        self._root: dict[str, Any] | None = None
        self._open: list[tuple[int, Any]] = []  # from the outermost inwards: the column of a list or mapping, and it
        self._waiting: str | None = None  # the key above that has no value yet

    def read(self, lines: list[tuple[str, ...]]) -> dict[str, Any] | None:
        for columns, dash, key, value, item_dash, item, strange in lines:
            if strange:
                return None
            if item_dash:
                if not self._add_item(len(columns), item):
                    return None
            elif key and not self._add_entry(len(columns), dash, key, value):
                return None
        return self._root

    def _add_item(self, column: int, item: str) -> bool:
        holder = self._list_at(column)
        if holder is None:
            return False
        holder.append(_scalar(item.rstrip(" ")))
        self._waiting = None
        return True

    def _add_entry(self, column: int, dash: str, key: str, value: str) -> bool:
        if dash:
            items = self._list_at(column)
            if items is None:
                return False
            items.append({})
            self._open.append((column + len(dash), items[-1]))
        holder = self._open[-1][1] if dash else self._mapping_at(column)
        if holder is None or key in holder:
            return False
        holder[key] = _scalar(value.rstrip(" ")) if value else None
        self._waiting = None if value else key
        return True

    def _list_at(self, column: int) -> Any:
        if self._waiting is not None and column >= self._open[-1][0]:
            return self._begin(column, [])  # a list may begin in the column of its key
        while self._open and self._open[-1][0] > column:
            self._open.pop()
        return self._innermost(column, list)

    def _mapping_at(self, column: int) -> Any:
        if self._waiting is not None and column > self._open[-1][0]:
            return self._begin(column, {})
        while self._open and (self._open[-1][0] > column or self._innermost(column, list) is not None):
            self._open.pop()
        if not self._open and self._root is None:
            self._root = {}
            self._open.append((column, self._root))
        return self._innermost(column, dict)

    def _begin(self, column: int, holder: Any) -> Any:
        """Make a list or mapping the value of the key that waits for one."""
        self._open[-1][1][self._waiting] = holder
        self._open.append((column, holder))
        return holder

    def _innermost(self, column: int, kind: type) -> Any:
        """Return the innermost list or mapping that is open, if it is of a kind and begins in a column."""
        begins, holder = self._open[-1] if self._open else (-1, None)
        return holder if begins == column and type(holder) is kind else None


def _scalar(source: str) -> Any:
    first = source[0]
    if first == '"':
        text = source[1:-1]
        return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text) if "\\" in text else text
    if first == "'":
        return source[1:-1].replace("''", "'")
    if first == "[":
        return [_scalar(item.rstrip(" ")) for item in _EACH_ITEM.findall(source, 1)]
    if _WHOLE_NUMBER.fullmatch(source):
        return float(source) if "." in source else int(source)
    return _WORDS.get(source, source)
