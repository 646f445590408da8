"""Run `feeds rule`."""

from typing import Annotated

import typer

from feeds.cli.screen import echo, write
from feeds.diagnostics.rules import RULES
from feeds.diagnostics.wording import did_you_mean, quote
from feeds.lint.lint_rule import LINT_RULES
from feeds.validation.rule_docs import rule_reference


def _completions(incomplete: str) -> list[str]:
    return [name for name in (*RULES, *LINT_RULES) if name.startswith(incomplete)]


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
    elif name in LINT_RULES:
        echo(f"{name}: {LINT_RULES[name].severity}: {LINT_RULES[name].summary}")
    else:
        remedy = did_you_mean(name, [*RULES, *LINT_RULES]) or "`feeds rule` prints them all"
        raise typer.BadParameter(f"there is no rule {quote(name)}; {remedy}", param_hint="NAME")


def _list_rules() -> None:
    rules = {**RULES, **LINT_RULES}
    name_width = max(map(len, rules))
    severity_width = max(len(definition.severity) for definition in rules.values())
    for name, definition in rules.items():
        echo(f"{name:<{name_width}}  {definition.severity:<{severity_width}}  {definition.summary}")
