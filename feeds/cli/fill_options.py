"""Create dataclasses of options from values of the command line."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

T = TypeVar("T")


def fill(kind: type[T], values: Mapping[str, Any]) -> T:
    """Return a dataclass, and those nested in it, with values by field name; None stands for the default."""
    given: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]  # each kind is a dataclass
        if is_dataclass(field.default):
            given[field.name] = fill(type(field.default), values)
        elif values.get(field.name) is not None:
            value = values[field.name]
            given[field.name] = tuple(value) if isinstance(value, list) else value
    return kind(**given)
