"""Find the files that may share an id or an address with others, without parsing all of them."""

import re
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import unquote, urlsplit

from feeds.sources.files import read_bytes
from feeds.sources.prefetch import prefetch
from feeds.url_identity import normal_url
from feeds.validation.check_file import CheckedFile, check_bytes
from feeds.validation.context import ValidationContext

_HEAD = 4096  # bytes; the title is expected in the first ones
_AROUND_WORDS = b"\"',[]{}"


def files_that_may_share(
    given: Collection[CheckedFile], others: Iterable[str], context: ValidationContext
) -> Iterator[CheckedFile]:
    """Yield those of the other files, by their paths, that may have an id or an address of the given ones."""
    words, names = _words_of(given), _names_of(given) if context.site else frozenset()
    for path in prefetch(others) if words else ():
        content = read_bytes(path)
        if isinstance(content, bytes) and (_may_share(content, words) or _may_lead_to(path, content, names)):
            yield check_bytes(path, content, context)


def _words_of(files: Iterable[CheckedFile]) -> frozenset[bytes]:
    """Return the ids and addresses of records, for `_may_share`."""
    words = {key.encode(errors="ignore").strip(_AROUND_WORDS) for file in files for _, key in file.dedupe_keys}
    return frozenset(words | set(map(_normal, words)))


def _may_share(content: bytes, dedupe_keys: frozenset[bytes]) -> bool:
    """Return whether a file may contain one of the dedupe keys of other records.

    Addresses with YAML escapes are missed here, but not when all files are validated together.
    """
    words = (word.strip(_AROUND_WORDS) for word in content.split())
    return not dedupe_keys.isdisjoint(form for word in words for form in (word, _normal(word)))


def _normal(word: bytes) -> bytes:
    """Return a word in comparable form: addresses are normalized."""
    is_address = word[:4].lower() == b"http"
    return normal_url(word.decode(errors="replace")).encode(errors="replace") if is_address else word


def _names_of(files: Iterable[CheckedFile]) -> frozenset[str]:
    """Return the last segments of the addresses of records, for `_may_lead_to`."""
    links = (urlsplit(file.record.link).path.rstrip("/") for file in files if file.record)
    return frozenset(_letters(unquote(re.sub(r"(?:/index)?\.html?$", "", link)).rpartition("/")[2]) for link in links)


def _may_lead_to(path: str, content: bytes, names: frozenset[str]) -> bool:
    """Return whether the address of a post may end with one of the names.

    Addresses of posts are made of names, slugs and titles, which are in the path or at the start of the file; a
    generator may transliterate those that are not ASCII, so any such post may match.
    """
    head = path + content[:_HEAD].decode(errors="ignore")
    return bool(names) and (not head.isascii() or any(name in _letters(head) for name in names))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())
