"""The players of known hosts lead to pages that exist."""

from __future__ import annotations

import pytest

from feeds.dates import parse_instant
from feeds.markup.video import embedded_video
from feeds.model.record import Record
from feeds.records.content import content_html

NOON = parse_instant("2024-05-01T12:00:00Z")
PLAYLIST = "https://www.youtube.com/embed/videoseries?list=PL0abc"
WATCH, POSTER = "https://www.youtube.com/watch?v=a-b_c1234Z0", "https://i.ytimg.com/vi/a-b_c1234Z0/hqdefault.jpg"


@pytest.mark.parametrize(
    "player",
    [
        "https://www.youtube.com/embed/a-b_c1234Z0",
        "https://www.youtube-nocookie.com/embed/a-b_c1234Z0?rel=0",
        "https://www.youtube.com/embed/a-b_c1234Z0?list=PL0abc",
        "https://youtube.com/shorts/a-b_c1234Z0",
        "https://m.youtube.com/watch?v=a-b_c1234Z0",
        "https://youtu.be/a-b_c1234Z0?t=3",
    ],
)
def test_a_video_has_its_page_and_poster(player: str) -> None:
    assert embedded_video(player) == (WATCH, POSTER)


@pytest.mark.parametrize(
    ("player", "page"),
    [
        (PLAYLIST, "https://www.youtube.com/playlist?list=PL0abc"),
        (
            "https://www.youtube-nocookie.com/embed/videoseries?list=PL0abc",
            "https://www.youtube.com/playlist?list=PL0abc",
        ),
        ("https://www.youtube.com/embed?listType=playlist&list=PL0abc", "https://www.youtube.com/playlist?list=PL0abc"),
        ("https://www.youtube.com/embed/live_stream?channel=UC0abc", "https://www.youtube.com/channel/UC0abc/live"),
        ("https://player.vimeo.com/video/17", "https://vimeo.com/17"),
        ("https://player.vimeo.com/video/17?h=ab12cd34", "https://vimeo.com/17/ab12cd34"),
        ("https://vimeo.com/showcase/17/embed", "https://vimeo.com/showcase/17"),
        ("https://vimeo.com/event/17/embed/ab12cd34", "https://vimeo.com/event/17"),
    ],
)
def test_what_gives_no_poster_away_has_a_page_alone(player: str, page: str) -> None:
    assert embedded_video(player) == (page, "")


@pytest.mark.parametrize(
    "player",
    [
        "https://www.youtube.com/embed/videoseries",
        "https://www.youtube.com/embed?listType=user_uploads&list=anna",
        "https://www.youtube.com/@harbour",
        "https://youtube.com.example.org/embed/a-b_c1234Z0",
        "https://vimeo.com/anna",
    ],
)
def test_what_is_no_video_is_none(player: str) -> None:
    assert embedded_video(player) is None


def test_a_playlist_without_any_image_is_a_link_to_it() -> None:
    item = Record("urn:a", "A", "https://example.org/a", NOON, NOON, player=PLAYLIST)
    assert '<a href="https://www.youtube.com/playlist?list=PL0abc">Watch the video</a>' in content_html(item)
