"""Format the help of commands: a description, an example, and options in groups."""

from inspect import cleandoc
from typing import Any

from typer.core import TyperCommand

_EXAMPLE = "Example: "
_TYPES_OF_ARGUMENTS = (" <str>", " <path>", " <list[str]>")  # the types of arguments, which say nothing to a user


class GroupedCommand(TyperCommand):
    """A command whose help has groups of options, and the example on its own line."""

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - shape of a command
        """Write the description and the example."""
        write_description(self.help or "", formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, options without a group, then each group of options."""
        groups: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
        for parameter in self.get_params(ctx):
            line = parameter.get_help_record(ctx)
            if line:
                groups.setdefault(_group_of(parameter), []).append((_without_type(line[0]), line[1]))
        for name, lines in groups.items():
            if lines:
                with formatter.section(name):
                    formatter.write_dl(lines)


def write_description(text: str, formatter: Any) -> None:
    """Write the docstring of a command, without wrapping the example at its end, so that it can be copied."""
    description, _, example = cleandoc(text).partition(_EXAMPLE)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(description.rstrip())
    if example:
        formatter.write_paragraph()
        formatter.write(f"  {_EXAMPLE}{' '.join(example.split())}\n")


def _group_of(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return "Arguments"
    return getattr(parameter, "rich_help_panel", None) or "Options"


def _without_type(name: str) -> str:
    return next((name.removesuffix(noise) for noise in _TYPES_OF_ARGUMENTS if name.endswith(noise)), name)
