"""The fast way to keep an element verbatim gives the same text as the exact one."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from feeds.parsers.verbatim import extension_of

HEAD = '<r xmlns="urn:default" xmlns:m="urn:m" xmlns:o="urn:o">'
ELEMENTS = {
    "leaf": "<m:a>x &amp; y</m:a>",
    "attributes": '<m:a u="1" v="&lt;&quot;&#10;é">x</m:a>',
    "attributes only": '<m:a u="1" v=""/>',
    "an attribute of its namespace": '<m:a m:u="1" xml:lang="de">x</m:a>',
    "an attribute of another namespace": '<m:a u="1" o:u="1">x</m:a>',
    "a leaf with a declaration": '<n:a xmlns:n="urn:n" xmlns:o="urn:other" u="1">x</n:a>',
    "a leaf without a prefix": "<a u='1'>x &gt; y</a>",
    "children": "<m:a>1<m:b/>2<m:c x='y'/>3</m:a>",
    "attributes of its namespace": '<m:a m:u="1" xml:lang="de"><m:b/></m:a>',
    "another namespace inside": '<m:a><o:b o:u="1"/></m:a>',
    "another namespace in an attribute": '<m:a o:u="1"><m:b/></m:a>',
    "a default namespace inside": "<m:a>x<b>y</b></m:a>",
    "a declaration inside": '<m:a><m:b xmlns:m="urn:other"/></m:a>',
    "a declaration of its own": '<n:a xmlns:n="urn:n" u="1"><n:b/></n:a>',
    "text like a prefix": "<m:a u='1'>o:clock m:a &lt;b&gt;</m:a>",
    "no prefix": "<a u='1'><b/></a>",
}


def kept(xml: str, *, is_mended: bool) -> str:
    element: Any = etree.fromstring(f"{HEAD}{xml}</r>")[0]
    return extension_of(element, is_mended=is_mended)[0].xml


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_is_kept_alike_fast_and_exactly(name: str) -> None:
    assert kept(ELEMENTS[name], is_mended=False) == kept(ELEMENTS[name], is_mended=True)


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_stands_alone_and_means_the_same(name: str) -> None:
    there = etree.fromstring(f"{HEAD}{ELEMENTS[name]}</r>")[0]
    alone = etree.fromstring(kept(ELEMENTS[name], is_mended=False))
    assert etree.tostring(alone, method="c14n2", strip_text=False) == etree.tostring(
        etree.fromstring(etree.tostring(there, with_tail=False)), method="c14n2", strip_text=False
    )
