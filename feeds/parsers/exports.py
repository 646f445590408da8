"""Leave out what exports of WordPress and Blogger have besides published posts.

These are drafts, private posts, settings, and comments with the addresses of those who wrote them.
"""

from collections.abc import Callable
from typing import Any

from feeds.model.item import Category
from feeds.parsers.builder import Builder
from feeds.parsers.handlers import Handler
from feeds.parsers.namespaces import local_name
from feeds.parsers.wordpress import rendered
from feeds.parsers.xml_markup import text_of
from feeds.urls import is_absolute

_SHOWN_STATES = {"publish", "inherit", ""}
_NO_POSTS = {"attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache"}
_KIND = "http://schemas.google.com/g/2005#kind"
_SHOWN_KINDS = {"post", "page"}


def hold_back(builder: Builder, reason: str) -> None:
    """Leave out an item, for a reason that ends a sentence."""
    builder.held_back = builder.held_back or reason


def _shown_if(is_shown: Callable[[str], bool], reason: str) -> Handler:
    """Return a handler that leaves out an item if an element says so, for a reason in which `{}` is its text."""

    def read(builder: Builder, element: Any) -> None:
        if not is_shown(text := text_of(element)):
            hold_back(builder, reason.format(text[:60]))

    return read


def _type(builder: Builder, element: Any) -> None:
    """Read wp:post_type, which follows the body that only WordPress renders."""
    kind = text_of(element)
    if builder.content and builder.content.type == "html":
        builder.content = builder.content._replace(value=rendered(builder.content.value))
    if kind in _NO_POSTS or kind.startswith("wp_"):
        hold_back(builder, f"it is of the type {kind[:60]}, and no post")


def _modified(builder: Builder, element: Any) -> None:
    """Read wp:post_modified_gmt, which is zeros for a draft."""
    if not text_of(element).startswith("0000"):
        builder.updated = builder.date(text_of(element), element)


def _login(builder: Builder, element: Any) -> None:
    """Read wp:author of a channel: the name of a login."""
    _private(builder, element)
    values = {local_name(child.tag): text_of(child) for child in element.iterchildren("*")}
    login, name = values.get("author_login"), values.get("author_display_name")
    if login and name:
        builder.fallback.setdefault("logins", {})[login] = name


def _excerpt(builder: Builder, element: Any) -> None:
    if text := text_of(element):
        builder.fallback.setdefault("summary", text)


def _private(builder: Builder, element: Any) -> None:
    """Leave out what is not for readers, such as addresses of those who commented."""
    name = local_name(element.tag)
    builder.notes.not_kept(f"wp:{name} is not kept, as it is not for readers", element.sourceline or 1)


def _control(builder: Builder, element: Any) -> None:
    """Read app:control (RFC 5023, section 13.1.1)."""
    builder.keep(element)
    if any(local_name(child.tag) == "draft" and text_of(child) == "yes" for child in element.iterchildren("*")):
        hold_back(builder, "it is a draft")


def read_kind(builder: Builder, category: Category) -> bool:
    """Return whether a category is the kind of an entry of Blogger, not a topic; leave out an entry that is no post."""
    if category.scheme != _KIND or "/blogger/" not in category.term:
        return False
    kind = category.term.rpartition("#")[2]
    if kind not in _SHOWN_KINDS and not (kind == "comment" and "comments" in builder.base):
        hold_back(builder, f"it is of the kind {kind[:60]}, and no post")
    return True


def _blogger_filename(builder: Builder, element: Any) -> None:
    """Read blogger:filename: the path of a page, which is an address only if a base is given."""
    path = text_of(element)
    address = builder.address(path, element) if path else ""
    if is_absolute(address):
        builder.fallback.setdefault("link", address)
    elif path:
        message = "blogger:filename is not kept, as the blog's address is not known; give it to <feed> as xml:base"
        builder.notes.not_kept(message, element.sourceline or 1)


EXPORTS: dict[str, Handler] = {
    "app:control": _control,
    "blogger:filename": _blogger_filename,
    "blogger:status": _shown_if(lambda state: state == "LIVE", "its status is {}"),  # as by Google Takeout
    "blogger:trashed": _shown_if(lambda date: not date, "it is in the trash"),
    "blogger:type": _shown_if(lambda kind: kind.lower() in _SHOWN_KINDS, "it is of the type {}, and no post"),
    "excerpt:encoded": _excerpt,
    "wp:author": _login,
    "wp:comment": _private,
    "wp:post_modified_gmt": _modified,
    "wp:post_password": _shown_if(lambda password: not password, "it has a password"),
    "wp:post_type": _type,
    "wp:postmeta": _private,
    "wp:status": _shown_if(lambda state: state.lower() in _SHOWN_STATES, "its status is {}"),
}
"""Elements of exports, in RSS and in Atom."""
