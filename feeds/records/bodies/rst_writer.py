"""Write reStructuredText as HTML; needs Docutils."""

from docutils import nodes
from docutils.writers import html5_polyglot


class _Translator(html5_polyglot.HTMLTranslator):
    """A translator that writes literals as `code`, which Docutils shows as such by a style sheet only."""

    def visit_literal(self, node: nodes.literal) -> None:
        node["classes"].append("code")
        super().visit_literal(node)


class RstWriter(html5_polyglot.Writer):
    """A writer of HTML that needs no style sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.translator_class = _Translator
