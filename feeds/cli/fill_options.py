"""Fill the options of a command, which are a named tuple, with values of the command line."""

from collections.abc import Mapping
from typing import Any


def fill(kind: Any, values: Mapping[str, Any]) -> Any:
    """Return a named tuple, and those nested in it, with values by field name; None stands for the default."""
    given: dict[str, Any] = {}
    for name in kind._fields:
        default = kind._field_defaults.get(name)
        if hasattr(default, "_fields"):
            given[name] = fill(type(default), values)
        elif values.get(name) is not None:
            value = values[name]
            given[name] = tuple(value) if isinstance(value, list) else value
    return kind(**given)
