"""Who wrote something."""

from typing import NamedTuple


class Person(NamedTuple):
    """An author or contributor."""

    name: str = ""
    url: str = ""
    email: str = ""
    avatar: str = ""

    @property
    def label(self) -> str:
        """Return what stands for the person in a text: the name, else the e-mail address, else the URL."""
        return self.name or self.email or self.url
