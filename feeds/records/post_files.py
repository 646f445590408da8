"""Which files of a source are records: those that neither the configuration nor its preset leaves out."""

from __future__ import annotations

from feeds.config.settings import Config
from feeds.sources.exclusion import Exclusion


def excluded_by(config: Config) -> Exclusion:
    """Return what a configuration excludes of its source."""
    if not config.preset:
        return Exclusion(config.source, config.exclude)
    from feeds.records.presets import PRESETS  # noqa: PLC0415 - few configurations have a preset

    preset = PRESETS[config.preset]
    return Exclusion(config.source, (*preset.others, *config.exclude), preset.posts, preset.has_bundles)
