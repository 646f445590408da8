"""What stands under a secret key is known, and stays behind when a record is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import outputs_of, record_bytes

import feeds
from feeds.config.config_file import load_config
from feeds.config.readers import SHOWN_BY_EVERY_ITEM
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError
from feeds.frontmatter.document import Document, parse_document
from feeds.frontmatter.yaml_loader import load_yaml
from feeds.model.record import Record
from feeds.records.parse_record import make_record
from feeds.records.redact import public_part, secret_part, secret_values, without_secrets

FULL: dict[str, Any] = {
    "title": "A title",
    "excerpt": "An excerpt",
    "publishedDateTime": "2020-01-01T00:00:00Z",
    "webUrl": "https://a.example/",
    "type": "video",
    "quality": 77,
    "heat": 88,
    "length": "PT3M",
    "topics": ["Topical"],
    "provider": {"name": "Provider Ltd", "domain": "provider.example", "images": [{"url": "https://i.example/p.png"}]},
    "images": [{"url": "https://i.example/i.png", "title": "Imagery", "attribution": "Ann"}],
    "related": [{"title": "Another", "webUrl": "https://b.example/", "provider": {"name": "Publisher"}}],
    "featuredContent": '<iframe src="https://www.youtube.com/embed/abcdefgh"></iframe>',
}
KEYS = st.sampled_from(["secured", "note", "a", "b"])
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(KEYS, children, max_size=3),
    max_leaves=12,
)


def record_of(data: dict[str, Any], *secret: str) -> Record:
    document = parse_document("a.md", record_bytes(data))
    assert isinstance(document, Document)
    return make_record(document, Config(secret=secret))


def keys_in(data: Any) -> set[str]:
    if isinstance(data, dict):
        return set(data).union(*map(keys_in, data.values()))
    return set().union(*map(keys_in, data)) if isinstance(data, list) else set()


def test_every_leaf_under_a_secret_key_is_secret_at_any_depth() -> None:
    data = {
        "title": "open",
        "secured": ["one", {"k": "two", "secured": 3}],
        "related": [{"title": "open", "secured": {"a": [4.5, True, None]}}],
        "note": "five",
    }
    assert list(secret_values(data, {"secured", "note"})) == ["one", "two", "3", "4.5", "five"]
    assert list(secret_values(data, ())) == []


@given(DATA, st.sets(KEYS))
def test_what_is_without_secrets_has_no_secret_key_and_no_secret_value(data: Any, keys: set[str]) -> None:
    before = repr(data)
    rest = without_secrets(data, keys)
    assert not keys_in(rest) & keys
    assert list(secret_values(rest, keys)) == []
    assert repr(data) == before
    if not keys_in(data) & keys:
        assert rest == data


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("provider", {"provider": None}),
        ("heat", {"heat": None}),
        ("quality", {"quality": None}),
        ("type", {"type": ""}),
        ("length", {"length": "", "duration": None}),
        ("topics", {"topics": ()}),
        ("images", {"images": ()}),
        ("url", {"images": ()}),
        ("related", {"related": ()}),
        ("excerpt", {"excerpt": ""}),
        ("featuredContent", {"player": ""}),
        ("name", {"provider": None}),
    ],
)
def test_a_secret_key_leaves_the_record_as_if_it_were_missing(key: str, changed: dict[str, Any]) -> None:
    whole, kept = record_of(FULL), record_of(FULL, key)
    if key in {"images", "url"}:  # the provider has images of its own
        assert whole.provider
        changed = changed | {"provider": whole.provider._replace(avatar="")}
    if key in {"provider", "name"}:
        changed = changed | {"related": (whole.related[0]._replace(author=None),)}
    assert kept == whole._replace(**changed)
    assert kept != whole


def test_an_output_shows_nothing_of_a_secret_key() -> None:
    shown, kept = (
        b"".join(outputs_of({"a.md": record_bytes(FULL)}, secret=keys).values()) for keys in ((), ("provider", "heat"))
    )
    for value in (b"Provider Ltd", b"provider.example", b"Publisher", b"88"):
        assert value in shown
        assert value not in kept


@pytest.mark.parametrize(("key", "value"), [("published", False), ("removed", True)])
def test_a_secret_key_does_not_publish_what_it_holds_back(key: str, value: bool) -> None:  # noqa: FBT001 - a datum
    assert not record_of(FULL | {key: value}, key).is_published


def test_secured_is_secret_unless_the_configuration_says_otherwise(tmp_path: Path) -> None:
    assert Config().secret == ("secured",)
    (tmp_path / "feeds.toml").write_text('secret = ["secured", "x-note"]', encoding="utf-8")
    assert load_config(folder=tmp_path).secret == ("secured", "x-note")


@pytest.mark.parametrize("key", SHOWN_BY_EVERY_ITEM)
def test_what_every_item_shows_cannot_be_secret(key: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(f'secret = ["{key}"]', encoding="utf-8")
    with pytest.raises(CouldNotRunError, match=f'"secret" contains "{key}", which every item needs'):
        load_config(folder=tmp_path)


@pytest.mark.parametrize(
    "front_matter",
    [
        "title: a\nsecured: top secret value\n",
        "title: a\nprovider: {name: b, secured: nested secret value}\n",
        "title: a\nsecured: top\nprovider: {name: b, secured: nested}\n",
        'title: a\nprovider: {name: b, "sec\\u0075red": written with an escape}\n',
        "title: a\nsecured: &s {secured: [deep, deeper]}\nx-again: *s\n",
        "title: secured is a word here\n",
        'title: "say \\"no\\""\nsecured: top secret value\n',
        'title: "say \\"no\\""\nprovider: {name: b, secured: nested secret value}\n',
        'title: a\nprovider: {name: b, "sec\\x75red": written with an escape}\n',
        'title: a\nprovider:\n  ? "sec\\\n    ured"\n  : folded with an escape\n',
    ],
)
def test_a_quick_look_gives_what_a_thorough_one_gives(front_matter: str) -> None:
    data = load_yaml(front_matter).data
    assert public_part(data, front_matter, ("secured",)) == without_secrets(data, ("secured",))
    assert sorted(secret_part(data, front_matter, ("secured",))) == sorted(secret_values(data, ("secured",)))


def test_what_a_secret_key_holds_is_not_judged_as_text(tmp_path: Path) -> None:
    data = {"title": "Bridge", "webUrl": "https://a.example/1", "publishedDateTime": "2020-01-01T00:00:00Z"}
    (tmp_path / "a.md").write_bytes(record_bytes(data | {"provider": {"name": " A harbour\u202e "}}))
    assert feeds.validate(tmp_path, config=Config(secret=("provider",))) == []
    assert feeds.validate(tmp_path) != []
