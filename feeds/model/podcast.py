"""What a channel says to directories of podcasts."""

from typing import NamedTuple

# https://podcasters.apple.com/support/1691-apple-podcasts-categories, which other directories know, too.
CATEGORIES = (
    *("Arts", "Business", "Comedy", "Education", "Fiction", "Government", "Health & Fitness", "History"),
    *("Kids & Family", "Leisure", "Music", "News", "Religion & Spirituality", "Science", "Society & Culture"),
    *("Sports", "TV & Film", "Technology", "True Crime"),
)
NARROWER = " > "  # between a category and one in it


class Podcast(NamedTuple):
    """The cover, the category, which may be `Arts > Books`, who speaks, and the address that owns the podcast."""

    image: str
    category: str
    explicit: bool = False
    author: str = ""
    owner: str = ""
    type: str = ""
