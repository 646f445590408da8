"""Replace the codes of emoji, as sites do that show these."""

from feeds.records.bodies.replacements import CODE, Placeholders


def with_emoji(body: str) -> str:
    """Return a body with emoji in place of codes such as `:tada:`, but in code."""
    if body.count(":") < len("::"):
        return body
    from emoji import emojize  # noqa: PLC0415 - few sites have codes, and it may be missing

    code = Placeholders()
    return code.restored(emojize(CODE.sub(code.put_match, body), language="alias"))
