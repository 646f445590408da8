"""Check the elements and prefixes of known vocabularies: the names that each defines, and the prefix it is known by."""

from collections.abc import Collection, Mapping

from lxml.html import defs

from feeds.diagnostics.wording import did_you_mean
from feeds.lint.lint_rule import LintProblem
from feeds.lint.xml_document import Element
from feeds.parsers.namespaces import NAMESPACES, short_name
from feeds.xml_namespaces import CONTENT, DC, HISTORY, ITUNES, MATHML, MEDIA, SLASH, SVG, SY, THREAD, WFW, XHTML

ELEMENTS: Mapping[str, frozenset[str]] = {
    namespace: frozenset(names.split())
    for namespace, names in {
        CONTENT: "encoded items",
        DC: """contributor coverage creator date description format identifier language publisher relation rights source
            subject title type""",
        HISTORY: "archive complete",
        ITUNES: """applepodcastsverify author block category complete duration episode episodeType explicit image
            isClosedCaptioned keywords new-feed-url order owner season subtitle summary title type""",
        MEDIA: """adult backLinks category comments community content copyright credit description embed group hash
            keywords license location peerLink player price rating responses restriction rights scenes statistics status
            subTitle tags text thumbnail title""",
        SLASH: "comments department hit_parade section",
        SY: "updateBase updateFrequency updatePeriod",
        THREAD: "in-reply-to total",
        WFW: "comment commentRss",
        MATHML: """annotation annotation-xml maction math menclose merror mfenced mfrac mi mmultiscripts mn mo mover
            mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder
            munderover none semantics""",
        SVG: """a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix
            feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight
            feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology
            feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter font foreignObject g image
            line linearGradient marker mask metadata missing-glyph mpath path pattern polygon polyline radialGradient
            rect script set stop style svg switch symbol text textPath title tspan use view""",
    }.items()
} | {XHTML: frozenset(defs.tags) | {"bdi", "data", "dialog", "main", "nobr", "picture", "search", "slot", "template"}}
HTML_ATTRIBUTES = {
    *defs.safe_attrs,
    *("about", "allow", "allowfullscreen", "autocapitalize", "autofocus", "autoplay", "background", "bgcolor"),
    *("content", "contenteditable", "controls", "crossorigin", "datatype", "decoding", "default", "download"),
    *("draggable", "fetchpriority", "frameborder", "hidden", "high", "itemid", "itemprop", "itemref", "itemscope"),
    *("itemtype", "kind", "lang", "loading", "loop", "low", "marginheight", "marginwidth", "max", "min", "muted"),
    *("open", "optimum", "pattern", "placeholder", "playsinline", "popover", "poster", "prefix", "preload"),
    *("property", "referrerpolicy", "required", "resource", "reversed", "role", "sandbox", "scrolling", "sizes"),
    *("slot", "spellcheck", "srcdoc", "srclang", "srcset", "style", "translate", "typeof", "vocab", "wrap"),
}
"""The attributes of HTML, but for those of scripts, of data- and of aria-."""


def undefined_problem(element: Element, known: Collection[str]) -> LintProblem:
    """Return the problem of an element that is none of those known of its vocabulary."""
    remedy = did_you_mean(element.name, sorted(known)) or "remove it"
    message = f"there is no <{element.label}> in its vocabulary, so readers do not know it"
    return element.problem("undefined-element", message, remedy)


def odd_prefix(prefix: str, namespace: str) -> tuple[str, str] | None:
    """Return what is odd about the prefix of a namespace, and the remedy, if something is."""
    usual = short_name(f"{{{namespace}}}x").partition(":")[0]
    if usual in NAMESPACES and prefix not in {"", usual}:
        return f"the namespace {namespace} has the prefix {prefix}", f"write {usual}, which programs expect"
    if prefix in NAMESPACES and usual != prefix:
        return f"the prefix {prefix} is that of {NAMESPACES[prefix]}, and not of {namespace}", "write another one"
    return None
