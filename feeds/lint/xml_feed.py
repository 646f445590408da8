"""Check a feed in XML: first the common rules, then those of RSS, Atom or OPML."""

import re
from collections.abc import Callable, Iterator

from feeds.diagnostics.problem import Span
from feeds.lazy_pattern import lazy_pattern
from feeds.lint.atom import atom_problems, entry_problems
from feeds.lint.lint_rule import LintProblem
from feeds.lint.opml import opml_problems
from feeds.lint.rss import rss_problems
from feeds.lint.sniff import is_wide, suffix_problems
from feeds.lint.vocabularies import odd_prefix
from feeds.lint.xml_document import Element, XmlDocument, parse_xml
from feeds.parsers.namespaces import short_name
from feeds.xml_namespaces import ATOM, CONTENT, DC, HISTORY, ITUNES, MEDIA, RDF

_SPELLING = lazy_pattern(r"^https?://(?:www\.)?|[/#]+$", re.IGNORECASE)

_FORMATS: dict[tuple[str, str], tuple[str, Callable[[Element], Iterator[LintProblem]]]] = {
    ("", "rss"): ("RSS", rss_problems),
    (ATOM, "feed"): ("Atom", atom_problems),
    (ATOM, "entry"): ("Atom", entry_problems),
    ("", "opml"): ("OPML", opml_problems),
}

_OLD = {
    (RDF, "RDF"): "RSS 0.90 or 1.0",
    ("http://purl.org/atom/ns#", "feed"): "Atom 0.3",
}


def _key(namespace: str) -> str:
    """Return a namespace without the parts that are often misspelt."""
    return _SPELLING.sub("", namespace).lower()


_ALSO_KNOWN = {"http://www.itunes.com/DTDs/Podcast-1.0.dtd", "http://www.itunes.com/DTDs/PodCast-1.0.dtd"}  # of old
_KNOWN = {_key(namespace): namespace for namespace in (MEDIA, ATOM, DC, CONTENT, ITUNES, HISTORY)}


def xml_problems(name: str, content: bytes) -> Iterator[LintProblem]:
    """Yield the problems of a file in XML."""
    document = parse_xml(content)
    if isinstance(document, LintProblem):
        yield document
        return
    yield from _namespace_problems(document)
    yield from _encoding_problems(document, content)
    yield from _root_problems(document.root, name)


def _root_problems(root: Element, file: str) -> Iterator[LintProblem]:
    """Yield the problems of a root element, and of what is in it by the rules of its format."""
    key = (root.namespace, root.name)
    if root.name == "rss":
        if short_name(f"{{{root.namespace}}}rss") != "rss":  # none of the namespaces that RSS was given
            message = f"the namespace of <rss> is {root.namespace}, and RSS is in none"
            yield root.problem("misspelt-namespace", message, "remove its xmlns")
        key = ("", "rss")
    if old := _OLD.get(key):
        message = f"this is {old}, of which the XML alone was checked"
        yield root.problem("old-version", message, "write RSS 2.0 or Atom 1.0")
    elif key in _FORMATS:
        format_name, problems_in = _FORMATS[key]
        yield from suffix_problems(file, format_name)
        yield from problems_in(root)
    else:
        message = f"<{root.label}> is not the root element of RSS, Atom or OPML"
        yield root.problem("unknown-format", message, 'write <rss version="2.0">, <feed> or <opml>')


def _namespace_problems(document: XmlDocument) -> Iterator[LintProblem]:
    for prefix, namespace, line, column in document.declared:
        span = Span(line, column, line, column)
        known = _KNOWN.get(_key(namespace), namespace)
        if known != namespace and namespace not in _ALSO_KNOWN:
            message = f"the namespace of {prefix or 'the feed'} is {namespace}"
            yield LintProblem("misspelt-namespace", message, f"write {known}", span)
        elif namespace and namespace not in document.used:
            name = f"xmlns:{prefix}" if prefix else "xmlns"
            message = f"nothing is in the namespace that {name} declares"
            yield LintProblem("unused-namespace", message, f"remove {name}", span)
        elif odd := odd_prefix(prefix, namespace):
            yield LintProblem("odd-prefix", *odd, span)


def _encoding_problems(document: XmlDocument, content: bytes) -> Iterator[LintProblem]:
    encoding = document.encoding or ("UTF-16" if is_wide(content) else "UTF-8")
    if encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
        yield LintProblem("other-encoding", f"the file is in {encoding}", "write UTF-8")
    if not document.has_declaration:
        remedy = 'begin with <?xml version="1.0" encoding="UTF-8"?>'
        yield LintProblem("missing-xml-declaration", "the file has no XML declaration", remedy)
