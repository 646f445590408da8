"""What is read without a parser is what a parser reads."""

from __future__ import annotations

import pytest

from feeds.model.xml_extension import element_of, leaf_of

_NAMESPACE = 'xmlns:m="urn:m"'
LEAVES = [
    f"<m:a {_NAMESPACE}></m:a>",
    f"<m:a {_NAMESPACE}> x > y\n</m:a>",
    f'<m:a {_NAMESPACE} url="https://a.example/?b=1&amp;c=2" w="">x</m:a>',
    f'<m:a {_NAMESPACE} b="&quot;&lt;i&gt;&quot;" é="\'>">&amp;lt; &lt;p&gt;</m:a>',
]
OTHERS = [
    f"<m:a {_NAMESPACE}><m:b/></m:a>",
    f"<m:a {_NAMESPACE}>&#9;</m:a>",
    f'<m:a {_NAMESPACE} b="&#10;">x</m:a>',
    f'<m:a {_NAMESPACE} b="x\ny">x</m:a>',
    f'<m:a {_NAMESPACE} xmlns="urn:o" b="1">x</m:a>',
    f'<m:a {_NAMESPACE} xmlns:n="urn:n" n:b="1">x</m:a>',
    '<a b="1">x</a>',
]


@pytest.mark.parametrize("xml", LEAVES)
def test_a_leaf_is_read_as_by_a_parser(xml: str) -> None:
    element = element_of(xml)

    assert leaf_of(xml) == (dict(element.attrib), element.text or "")


@pytest.mark.parametrize("xml", OTHERS)
def test_other_elements_are_left_to_a_parser(xml: str) -> None:
    assert leaf_of(xml) is None
