"""Translate simple tags of template languages to Markdown.

A link to another post by file name becomes a link to the source file, which `feeds.markup.source_links` resolves.
"""

import re
from urllib.parse import quote

from feeds.markup.container_kinds import code_block
from feeds.records.bodies.replacements import BEFORE_ADDRESS, SITE, Replacement, pattern

_OTHER_FILE = re.compile(r"\.(?!md$|markdown$|html?$)[a-z]\w{1,4}$", re.IGNORECASE)


def _fence(match: re.Match[str]) -> str:
    return code_block(match["code"].strip("\n"), match["lang"] or "")


def _wiki_link(match: re.Match[str]) -> str:
    target, _, label = match["target"].partition("|")
    name = target.partition("#")[0].strip()
    return f"[{label or name}](@/{quote(name)})" if name else label or target


def _post_link(match: re.Match[str]) -> str:
    return f"[{match['label'] or match['path']}](@/{quote(match['path'])})"


def _source(match: re.Match[str]) -> str:
    """Return the address of a source file anywhere in the site, or of any other file below the site."""
    path = quote(match["path"].strip().lstrip("/"))
    return f"{match['before']}{'/' if _OTHER_FILE.search(path) else '@/'}{path}"


def _source_beside(match: re.Match[str]) -> str:
    path = match["path"]
    root = "" if path.startswith("#") else "@" if path.startswith("/") else "@./"
    return f"{match['before']}{root}{quote(path, safe='/#')}"


def _rooted(match: re.Match[str]) -> str:
    """Return a path below the site, or one below its host, as filters say."""
    is_below_host = re.sub(r"[\s|]+|prepend:", "", match["filters"]) == "site.url"
    return match["path"] if is_below_host else SITE + match["path"]


def _in_address(tag: str) -> re.Pattern[str]:
    """Return the pattern of a tag in the position of a link's address in Markdown or HTML."""
    return pattern(rf"(?P<before>{BEFORE_ADDRESS}|\shref=[\"']?){tag}")


_HIGHLIGHT = r"\{%-?\s*highlight\s+(?P<lang>[\w+#-]*)[^%]*%\}(?P<code>.*?)\{%-?\s*endhighlight\s*-?%\}"
_SITE = r"\{\{-?\s*site\.(?P<base>base)?url\s*-?\}\}"
_FILTERS = r"(?:absolute_url|relative_url|url|prepend:\s*site\.(?:base)?url)"
_ROOTED = rf"\{{\{{-?\s*(?P<quote>['\"])(?P<path>/[^'\"]*)(?P=quote)\s*(?P<filters>(?:\|\s*{_FILTERS}\s*)+)-?\}}\}}"
_CODE_BLOCK: Replacement = (
    pattern(
        r"\{%\s*(?:codeblock|code)\b(?:[^%]*?\blang:(?P<lang>[\w+#-]+))?[^%]*%\}(?P<code>.*?)\{%\s*end(?:codeblock|code)\s*%\}"
    ),
    _fence,
)
LIQUID: tuple[Replacement, ...] = (
    (pattern(_HIGHLIGHT), _fence),
    _CODE_BLOCK,
    (pattern(rf"{_SITE}(?=/|\{{\{{|(?P<tag>\{{%))"), lambda match: SITE if match["base"] and not match["tag"] else ""),
    (pattern(_ROOTED), _rooted),
    (_in_address(r"\{%-?\s*(?:post_url|link)\s+(?P<path>[^%{}]+?)\s*-?%\}"), _source),
    (
        _in_address(r"\{\{-?\s*['\"](?P<path>[^{}'\"]*\.(?:md|markdown))['\"]\s*\|\s*(?:inputPathToUrl|url)\s*-?\}\}"),
        _source,
    ),
)
COMMENT: Replacement = (pattern(r"\{#.*?#\}"), "")
NUNJUCKS: tuple[Replacement, ...] = (
    COMMENT,
    _CODE_BLOCK,
    (
        pattern(
            r"\{%\s*post_link\s+(?P<path>[^\s%]+)(?:\s+(?P<quote>[\"\']?)(?P<label>[^%]+?)(?P=quote)(?:\s+(?:true|false))?)?\s*%\}"
        ),
        _post_link,
    ),
    (_in_address(r"\{%\s*post_path\s+(?P<path>[^%{}]+?)\s*%\}"), _source),
)
_END = r"[>%]\}\}"
GO: tuple[Replacement, ...] = (
    (pattern(r":\(fa[\w -]* fa-[\w -]+\):[ ]?"), ""),  # icons of Font Awesome
    (
        pattern(
            rf"\{{\{{[<%]\s*highlight\s+[\"']?(?P<lang>[\w+#-]*)[^>%]*{_END}(?P<code>.*?)\{{\{{[<%]\s*/highlight\s*{_END}"
        ),
        _fence,
    ),
    (
        _in_address(
            rf"\{{\{{[<%]\s*(?:rel)?ref\s+(?:path=)?(?P<quote>[\"']?)(?P<path>[^\s{{}}\"'>%]+)(?P=quote)[^{{}}]*?{_END}"
        ),
        _source_beside,
    ),
)
OBSIDIAN: tuple[Replacement, ...] = ((pattern(r"(?<!!)\[\[(?P<target>[^\[\]\n]+)\]\]"), _wiki_link),)
