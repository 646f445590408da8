"""Test the lines of tables."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from feeds.formats.csv_table import write_row

VALUES = st.none() | st.integers() | st.text(alphabet="a ,;\"'\r\n\t\\é") | st.text()


@given(st.lists(VALUES, min_size=2))
def test_a_line_is_as_the_module_csv_writes_it(values: list[str | int | None]) -> None:
    expected = io.StringIO(newline="")
    csv.writer(expected, lineterminator="\r\n").writerow(values)
    assert write_row(values) == expected.getvalue().encode()
