"""Run `feeds rule`."""

from typing import Annotated

import typer

from feeds.cli.screen import echo, write
from feeds.diagnostics.rules import RULES
from feeds.diagnostics.wording import did_you_mean, quote
from feeds.lint.lint_rule import LINT_RULES
from feeds.publish.conversion.conversion_rules import CONVERSION_RULES
from feeds.validation.rule_docs import rule_reference

_ALL = RULES | CONVERSION_RULES | LINT_RULES | RULES  # those of records first, and first of the same name


def _completions(incomplete: str) -> list[str]:
    return [name for name in _ALL if name.startswith(incomplete)]


def rule(
    *,
    name: Annotated[
        str | None,
        typer.Argument(help="The rule in brackets behind a problem.", metavar="NAME", autocompletion=_completions),
    ] = None,
) -> None:
    """Explain a rule: what it reports, why, and how to fix it.

    Without NAME, every rule has a line. Example: feeds rule unknown-key
    """
    if name is None:
        _list_rules()
    elif name in RULES:
        write(rule_reference(name).encode())
    elif name in _ALL:
        echo(f"{name}: {_ALL[name].severity}: {_ALL[name].summary}")
    else:
        remedy = did_you_mean(name, [*_ALL]) or "`feeds rule` prints them all"
        raise typer.BadParameter(f"there is no rule {quote(name)}; {remedy}", param_hint="NAME")


def _list_rules() -> None:
    name_width = max(map(len, _ALL))
    severity_width = max(len(definition.severity) for definition in _ALL.values())
    for name, definition in _ALL.items():
        echo(f"{name:<{name_width}}  {definition.severity:<{severity_width}}  {definition.summary}")
