"""Read a table row by row (RFC 4180), with the offset of each value, even if it is malformed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from feeds.lint.lint_rule import LintProblem
from feeds.text import quoted

_CELL = re.compile(
    r'(?:"(?P<quoted>(?:[^"]++|"")*+)(?P<closing>"?)(?P<behind>[^,\r\n]*+)|(?P<bare>[^,\r\n]*+))'
    r"(?P<end>,|\r\n|\n|\r|\Z)"
)


@dataclass(slots=True)
class CsvRow:
    """A row: its values, their start offsets, the end of the last one, and the line end.

    `problems` are those of its quotation marks, with their start and end offsets.
    """

    values: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    end: int = 0
    line_end: str = ""
    problems: list[tuple[LintProblem, int, int]] = field(default_factory=list)

    def extent(self, number: int) -> tuple[int, int]:
        """Return the start and end offsets of a value."""
        return self.starts[number], self.starts[number + 1] - 1 if number + 1 < len(self.starts) else self.end


def read_rows(text: str) -> Iterator[CsvRow]:
    """Yield the rows of a table one by one."""
    row, position = CsvRow(), 0
    while position < len(text) or row.values:
        cell = _CELL.match(text, position)
        if cell is None:  # each cell ends, at the latest with the text
            return
        bare, quoted_value = cell["bare"], cell["quoted"]
        if quoted_value is not None or '"' in bare:
            row.problems.extend(_quote_problems(cell))
        row.values.append(bare if quoted_value is None else quoted_value.replace('""', '"'))
        row.starts.append(position)
        position = cell.end()
        if cell["end"] != ",":
            row.end, row.line_end = cell.start("end"), cell["end"]
            yield row
            row = CsvRow()


def _quote_problems(cell: re.Match[str]) -> Iterator[tuple[LintProblem, int, int]]:
    start, end = cell.start(), cell.start("end")
    if cell["quoted"] is None:
        message = f"the value {quoted(cell['bare'])} contains a quotation mark, but is not quoted"
        yield LintProblem("csv-quote", message, "quote it, and double each quotation mark"), start, end
    elif not cell["closing"]:
        yield LintProblem("csv-quote", "a quoted value is not closed", "close it"), start, start + 1
    elif cell["behind"]:
        message = f"{quoted(cell['behind'])} follows the closing quotation mark"
        remedy = "double each quotation mark in a quoted value"
        yield LintProblem("csv-quote", message, remedy), cell.start("behind"), end
