"""Who wrote something."""

from typing import NamedTuple


class Person(NamedTuple):
    """An author or contributor."""

    name: str = ""
    url: str = ""
    email: str = ""
    avatar: str = ""
