"""Find the few stretches of an output that can hold a piece of a secret text, and decode them.

Nearly all of an output is skipped, because it holds bytes that no secret text is made of.
"""

from binascii import a2b_base64
from collections.abc import Iterator

from feeds.secrets.decode import BLANKS, DOUBLED, ESCAPED, MARKUP, folded, undisguised, unescaped, without_markup
from feeds.secrets.ngrams import GRAM, LETTERS_AND_DIGITS, PIECE, Traits

# No UTF-8 holds it, and so no text.
_BETWEEN = b"\xff"
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_ENDINGS = (b"+/", b"-_")
# What base64, and the escapes of XML, JSON and URLs, use in place of other bytes.
_ENCODED = LETTERS_AND_DIGITS + b"+/=%&#;\\"
_ENCODED_INSIDE = b"-_\r\n"
# What is not base64 has to keep its offset: other groups of four characters are decoded by it.
_STANDARD = bytes(
    byte if byte in _ALPHABET + _ENDINGS[0] else {ord("-"): ord("+"), ord("_"): ord("/")}.get(byte, ord("A"))
    for byte in range(256)
)
_NON_ASCII = bytes(range(128, 255))
_HEX = b"0123456789abcdefABCDEF"
_MOST_KNOWN, _LONGEST_KNOWN = 1 << 15, 256


class Prefilter:
    """A filter for the stretches of content in which pieces of texts with certain traits can be.

    What stands for such a piece, escaped or not, is one stretch of certain bytes. What stands for it in base64 is a
    stretch too, and has at every fourth offset a character out of few: it shows six bits of one byte of the text.
    """

    def __init__(self, traits: Traits) -> None:
        held = {*_ENCODED, *traits.others}
        self._is_marked = bool(held & {*BLANKS, *MARKUP, *DOUBLED})
        if held & {*BLANKS}:
            held |= {*BLANKS}
        if self._is_marked:  # there may be tags in it
            held |= {*MARKUP, *b"<>"}
        if held & {*_NON_ASCII}:
            held |= {*_NON_ASCII}  # another normal form is made of other bytes
        leads = {(_ALPHABET + ending)[byte >> 2] for byte in {*held, *_ENCODED_INSIDE} for ending in _ENDINGS}
        self._is_lead = bytes(byte in leads for byte in range(256))
        self._open = _Stretches(held, traits.shortest)
        self._base64 = _Stretches({*_ALPHABET, *b"".join(_ENDINGS)}, PIECE // 3 * 4)
        self._hex = _Stretches({*_HEX}, 2 * GRAM)

    def texts(self, content: bytes) -> Iterator[bytes]:
        """Yield what is to be searched for pieces of texts, without stretches that earlier content had too."""
        stretches = self._open.new_in(content)
        escaped = unescaped(_BETWEEN.join(stretch for stretch in stretches if ESCAPED.search(stretch)))
        encoded = [*self._from_base64(content), *self._from_base64(escaped), *self._from_hex(content)]
        shown = undisguised(escaped)
        texts = (_BETWEEN.join(stretches), escaped, _BETWEEN.join(encoded), *([shown] if shown != escaped else []))
        for text in texts:
            yield folded(text)
            if self._is_marked:
                yield without_markup(folded(text))

    def _from_hex(self, content: bytes) -> Iterator[bytes]:
        """Yield what is decoded of content if it may be hexadecimal, from its first and from its second digit on."""
        for stretch in self._hex.new_in(content):
            for digits in (stretch, stretch[1:]):
                yield bytes.fromhex(digits[: len(digits) // 2 * 2].decode())

    def _from_base64(self, content: bytes) -> Iterator[bytes]:
        """Yield what is decoded of content if it may be base64 of a piece; lines end anywhere in base64."""
        stretches = self._base64.new_in(content.translate(None, b"\r\n"))
        content = b"".join(bytes(4) + stretch for stretch in stretches)
        is_lead = content.translate(self._is_lead)
        for phase in range(4):
            for start, end in _runs(is_lead[phase::4], PIECE // 3):
                # A piece may begin with the second or third byte of a group.
                group = content[4 * (start - 1) + phase : 4 * end + phase]
                yield a2b_base64(group.ljust(-(-len(group) // 4) * 4).translate(_STANDARD))


class _Stretches:
    """Stretches that are made of certain bytes, each once, since many outputs have the same addresses."""

    def __init__(self, held: set[int], shortest: int) -> None:
        self._is_held = bytes(byte in held for byte in range(256))
        self._shortest = shortest
        self._known: set[bytes] = set()

    def new_in(self, content: bytes) -> set[bytes]:
        """Return the stretches of content that no content had before."""
        runs = _runs(content.translate(self._is_held), self._shortest)
        stretches = {content[start:end] for start, end in runs} - self._known
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        self._known.update(stretch for stretch in stretches if len(stretch) <= _LONGEST_KNOWN)
        return stretches


def _runs(flags: bytes, least: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of so many ones or more; `find` is far quicker at that than `re`."""
    ones, end = b"\1" * least, 0
    while (start := flags.find(ones, end)) >= 0:
        end = flags.find(b"\0", start)
        end = len(flags) if end < 0 else end
        yield start, end
