"""Check which elements there are: required, unknown and repeated ones."""

from collections.abc import Collection, Iterator

from feeds.diagnostics.problem import Span
from feeds.diagnostics.wording import did_you_mean
from feeds.lint.html_content import problems_in_html
from feeds.lint.lint_rule import LintProblem
from feeds.lint.xml_document import Element
from feeds.text import quoted


def version_problems(root: Element, name: str, old: Collection[str]) -> Iterator[LintProblem]:
    """Yield a problem if the version of a format, known by its name, is not 2.0."""
    version = root.attributes.get("version", "")
    if version != "2.0":
        rule = "old-version" if version in old else "wrong-version"
        yield root.problem(rule, f"the version of {name} is {quoted(version)}", 'write version="2.0"')


def child_problems(
    parent: Element,
    known: Collection[str],
    once: Collection[str],
    required: Collection[str] = (),
    may_be_empty: Collection[str] = (),
) -> Iterator[LintProblem]:
    """Yield the problems of the children of an element: those that are unknown, repeated, missing or empty."""
    yield from known_problems(parent, known)
    yield from repeated_problems(parent, once)
    yield from _required_problems(parent, required, may_be_empty)


def _required_problems(parent: Element, names: Collection[str], may_be_empty: Collection[str]) -> Iterator[LintProblem]:
    """Yield a problem for each required child that is missing, or is empty and may not be."""
    for name in names:
        found = parent.first(name)
        if found is None:
            yield parent.problem("missing-part", f"<{parent.label}> has no <{name}>", "add it")
        elif name not in may_be_empty and not found.text.strip() and not found.children:
            yield found.problem("missing-part", f"<{found.label}> is empty", "fill it in")


def known_problems(parent: Element, known: Collection[str]) -> Iterator[LintProblem]:
    """Yield a problem for each unknown child in the format's own namespace, and for text between children."""
    yield from emptiness_problems(parent, "unknown-part", "put it into an element")
    for child in parent.children:
        if child.namespace == parent.namespace and child.name not in known:
            remedy = did_you_mean(child.name, sorted(known)) or "remove it, or use a namespace"
            yield child.problem("unknown-part", f"<{parent.label}> cannot contain <{child.label}>", remedy)


def repeated_problems(parent: Element, names: Collection[str]) -> Iterator[LintProblem]:
    """Yield a problem for each repeated child, in the parent's namespace, that is allowed only once."""
    return repeats_of(parent, {(parent.namespace, name) for name in names})


def repeats_of(
    parent: Element, keys: Collection[tuple[str, str]], rule: str = "repeated-part"
) -> Iterator[LintProblem]:
    """Yield a problem for each repeated child that is allowed only once; `keys` are namespaces with names."""
    seen: set[tuple[str, str]] = set()
    for child in parent.children:
        key = (child.namespace, child.name)
        if key in keys:
            if key in seen:
                yield child.problem(rule, f"<{parent.label}> has another <{child.label}>", "keep one")
            seen.add(key)


def unescaped_problems(element: Element) -> Iterator[LintProblem]:
    """Yield a problem if an element that holds text alone has children."""
    if element.children:
        message = f"<{element.label}> holds <{element.children[0].label}>, whose text many readers lose"
        yield element.problem("unescaped-html", message, "write &lt; for each < of it")


def emptiness_problems(
    element: Element, rule: str = "not-empty", remedy: str = "leave the element empty"
) -> Iterator[LintProblem]:
    """Yield a problem if an element that should have no text of its own, such as a link, holds some."""
    if text := element.text.strip():
        message = f"<{element.label}> holds the text {quoted(text)}, which readers do not see"
        yield element.problem(rule, message, remedy)


def html_problems(element: Element) -> Iterator[LintProblem]:
    """Yield the problems of the HTML in an element."""
    for below, problem in problems_in_html(element.text, f"<{element.label}>"):
        line = element.line + below
        yield problem._replace(span=Span(line, 1, line, 1)) if below else element.problem(*problem[:3])
