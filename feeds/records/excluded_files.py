"""Combine the exclusions of the configuration and its preset."""

from feeds.config.settings import Config
from feeds.sources.exclusion import Exclusion


def excluded_by(config: Config) -> Exclusion:
    """Return the files of its source that a configuration excludes."""
    if not config.preset:
        return Exclusion(config.source, config.exclude)
    from feeds.records.posts.presets import PRESETS  # noqa: PLC0415 - few configurations have a preset

    preset = PRESETS[config.preset]
    return Exclusion(config.source, (*preset.others, *config.exclude), preset.posts, preset.has_bundles)
