"""Explain errors of the command line."""

import re
from typing import Any

from feeds.diagnostics.wording import did_you_mean

# Messages of typer and click, and ours.
_PLAINER = (
    (r"^Invalid value for '?([^':]+)'?(?: / '[^']+')?: ", r"\1: "),
    (r"Value error, ", ""),
    (r"Input should be a valid integer.*", "expected a whole number"),
    (r"Input should be greater than or equal to (\d+)", r"expected \1 or more"),
    (r"Input should be less than or equal to (\d+)", r"expected \1 or less"),
    (r"(?s)^Missing (?:argument|option) '?([^' ]+)'?.*", r"\1 is missing"),
    (r"^Option '?([^' ]+)'? requires an argument", r"\1 needs a value"),
    (r"^Got unexpected extra arguments?(?:\(s\))? \((.+)\)", r"unexpected argument: \1"),
)


def usage_message(error: Any) -> str | None:
    """Return the message for an error of the command line, or None for any other error."""
    if not hasattr(error, "format_message"):
        return None
    context: Any = getattr(error, "ctx", None)
    remedy = f"see {context.command_path} --help" if context else ""
    if hasattr(error, "possibilities"):
        options = [name for option in context.command.get_params(context) for name in option.opts]
        return f"there is no option {error.option_name}; {did_you_mean(error.option_name, options) or remedy}"
    message = error.format_message().rstrip(".")
    for pattern, plain in _PLAINER:
        message = re.sub(pattern, plain, message)
    return f"{message}; {remedy}" if remedy and ";" not in message else message
