"""The elements and attributes of HTML that are shown, and the handling of others."""

import re

import nh3


def names(text: str) -> frozenset[str]:
    """Return the names in a text."""
    return frozenset(text.split())


MATH = names("""
    math maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms
    mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
""")
MEDIA = frozenset({"audio", "picture", "source", "track", "video"})
# An image map is useless, as readers show only the image.
TAGS = (frozenset(nh3.ALLOWED_TAGS) | MATH | MEDIA | {"section", "tfoot"}) - {"area", "map"}
VOID = names("area base br col embed frame hr img input link meta param source track wbr")
# Their end tags are optional (HTML, 13.1.2.4), so a missing one is not an error.
OPTIONAL_END = names("colgroup dd dt li p rp rt tbody td tfoot th thead tr")
# Their content is not for reading, or is repeated in the body.
DROPPED_WITH_CONTENT = names("annotation annotation-xml datalist iframe script select style template textarea title")
# Without these tags only styling is lost.
TRANSPARENT = names("""
    address annotation annotation-xml base basefont big blink body datalist dialog fieldset font head hgroup html label
    legend link main marquee menu meta nobr noembed noframes noscript optgroup option output param search slot
""")
ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title", "hreflang", "id"},
    "abbr": {"title"},
    "audio": {"src", "controls"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "img": {"src", "srcset", "alt", "title", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"id"},
    "math": {"display", "alttext"},
    "menclose": {"notation"},
    "mfenced": {"open", "close", "separators"},
    "mfrac": {"linethickness"},
    "mi": {"mathvariant"},
    "mo": {"fence", "form", "lspace", "rspace", "stretchy", "separator", "largeop", "movablelimits"},
    "mover": {"accent"},
    "mspace": {"width"},
    "mstyle": {"displaystyle", "mathvariant"},
    "mtable": {"columnalign"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
    "ol": {"start"},
    "q": {"cite"},
    "source": {"src", "srcset", "type", "media", "sizes"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "poster", "controls", "width", "height"},
    "*": {"lang", "dir"},
}
# Besides http and https.
LINK_SCHEMES = names("ftp geo irc ircs magnet mailto sms tel xmpp")
_SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED = {ord(character): None for character in "\t\n\r"}  # by browsers, in addresses
_END_TAG = re.compile(r"</([a-z][^\s/>]*)", re.IGNORECASE)


def unknown_scheme(address: str) -> str:
    """Return the scheme of an address with its colon if it is not allowed, else ""."""
    match = _SCHEME.match(address.translate(_IGNORED))
    scheme = match[1].lower() if match else ""
    return "" if not scheme or scheme in LINK_SCHEMES | {"http", "https"} else f"{scheme}:"


def last_ends(source: str) -> dict[str, int]:
    """Return the offset of the last end tag by name."""
    return {match[1].lower(): match.start() for match in _END_TAG.finditer(source)}
