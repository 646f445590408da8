"""Write reStructuredText as HTML; needs Docutils."""

from docutils import nodes
from docutils.writers import html5_polyglot


class _Translator(html5_polyglot.HTMLTranslator):
    """A translator whose HTML needs no style sheet, and has no messages of Docutils."""

    def __init__(self, document: nodes.document) -> None:
        super().__init__(document)
        self.lost: list[tuple[int, str]] = []

    def visit_literal(self, node: nodes.literal) -> None:
        node["classes"].append("code")
        super().visit_literal(node)

    def visit_system_message(self, node: nodes.system_message) -> None:
        # One that quotes a directive stands in its place; what others are about is shown as text.
        quoted = next(node.findall(nodes.literal_block), None)
        if quoted is not None:
            self.lost.append((node["line"], quoted.astext().partition("\n")[0]))
        raise nodes.SkipNode

    def visit_problematic(self, node: nodes.problematic) -> None:
        pass

    def depart_problematic(self, node: nodes.problematic) -> None:
        pass

    def visit_section(self, node: nodes.section) -> None:
        if "system-messages" in node["classes"]:
            raise nodes.SkipNode
        super().visit_section(node)


class RstWriter(html5_polyglot.Writer):
    """A writer of HTML that notes what it leaves out."""

    def __init__(self) -> None:
        super().__init__()
        self.translator_class = _Translator

    @property
    def lost(self) -> list[tuple[int, str]]:
        """Return the line, from 1, and the first line of each directive that is not rendered."""
        return self.visitor.lost if isinstance(self.visitor, _Translator) else []
