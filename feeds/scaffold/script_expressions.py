"""Find what values of a script may be, as far as that is plain to see, without executing it."""

from collections.abc import Iterator

from feeds.scaffold.script_reader import CLOSE, OPEN, keys_of, tokens_of


def expressions(text: str, key: str) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield the keys around each value of a key in objects, or around a method of that name, and its tokens."""
    tokens = tokens_of(text)
    for path, number in keys_of(tokens, method=key):
        value = [*_whole(tokens, number)] if path[-1] == key and tokens[number - 1] != "=" else []
        is_call = tokens[number - 1] != ":" and "{" not in (token for _, token in _outer(value))
        if value and not is_call:
            yield path[:-1], value


def alternatives(tokens: list[str]) -> Iterator[str]:
    """Yield the values that an expression may have, or a function return: one token each, "" where that is unclear."""
    result = _result(tokens)
    signs = [*_outer(result)]
    condition, other, either = _at("?", signs), _at(":", signs), max(_at("||", signs), _at("??", signs))
    if 0 < condition < other:
        yield from (*alternatives(result[condition + 1 : other]), *alternatives(result[other + 1 :]))
    elif either > 0 > condition:
        yield from (*alternatives(result[:either]), *alternatives(result[either + 1 :]))
    else:
        yield result[0] if len(result) == 1 else ""


def _result(tokens: list[str]) -> list[str]:
    """Return an expression without the parentheses around it; of a function that only returns one, that one."""
    signs = [*_outer(tokens)]
    if tokens[:1] == ["("] and _at(")", signs) == len(tokens) - 1:
        return _result(tokens[1:-1])
    body = _at("=>", signs) + 1 or _at("{", signs[1:])
    if body <= 0 or (tokens[body:][:1] == ["{"] and tokens[body - 1] not in {"=>", ")"}):
        return tokens
    if tokens[body : body + 2] == ["{", "return"] and tokens[-1] == "}":
        return _result(tokens[body + 2 : -2 if tokens[-2] == ";" else -1])
    return _result(tokens[body:])


def _at(sign: str, signs: list[tuple[int, str]]) -> int:
    return next((number for number, each in signs if each == sign), -1)


def _whole(tokens: list[str], start: int) -> Iterator[str]:
    """Yield the tokens of a value, to the comma or the bracket behind it."""
    depth = 0
    for token in (tokens[number] for number in range(start, len(tokens))):
        depth -= token in CLOSE
        if depth < 0 or (not depth and token in {",", ";"}):
            return
        yield token
        depth += token in OPEN


def _outer(tokens: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the tokens outside of brackets, which themselves are, with their numbers."""
    depth = 0
    for number, token in enumerate(tokens):
        depth -= token in CLOSE
        if not depth:
            yield number, token
        depth += token in OPEN
