"""Guess the encoding of bytes that are not UTF-8, as spreadsheets and old programs write them."""

from collections import Counter

from feeds.lazy_pattern import lazy_pattern

_EXAMINED = 64 * 1024
_BEYOND_ASCII = lazy_pattern(rb"[\x80-\xff]+")
_MARKS = "‘’‚“”„«»‹›–—…•·°ºª§©®™€£¿¡\xa0"
# Encodings that have Latin letters, the commonest first, and the letters beyond ASCII of the languages written in them.
_WESTERN = "äöüß àâæçèéêëîïôùûüœ áéíñóúü àáâãçéêíóôõúü äåéö æåéø àèéìíòóù àçèéíïñòóúü áæéíðóöúýþ"
_CENTRAL = "óąćęłńśźż áéíóúýčďěňřšťůž áäéíóôúýčďĺľňŕšťž áéíóöúüőű âîăşţ ćčđšž"
_ALPHABETS = (
    ("cp1252", _WESTERN),
    ("cp1250", _CENTRAL),
    ("iso8859-2", _CENTRAL),
    ("cp1254", "âçîöûüğışİ"),
    ("cp1257", "ąčęėįšųūž āčēģīķļņšūž"),
)
_OTHERS = ["gb18030", "cp932", "euc_jp", "cp949", "big5", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256", "cp874"]


def guess_encoding(data: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8, or "" if none is likely."""
    data = data[:_EXAMINED]
    runs = _BEYOND_ASCII.findall(data)
    letters = Counter(b"".join(runs))
    if 2 * len(runs) >= letters.total():  # among letters of ASCII
        return max(_ALPHABETS, key=lambda each: _share(letters, *each))[0]
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few documents need it

    best = from_bytes(data, cp_isolation=_OTHERS).best()
    return best.encoding if best else ""


def _share(letters: Counter[int], encoding: str, alphabets: str) -> int:
    """Return how many of the bytes are letters of one language, or marks, in an encoding."""
    chars = {bytes([byte]).decode(encoding, "replace"): times for byte, times in letters.items()}
    return max(
        sum(times for char, times in chars.items() if char in _MARKS or char in alphabet or char.lower() in alphabet)
        for alphabet in alphabets.split()
    )
