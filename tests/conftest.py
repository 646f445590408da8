"""Choose how hypothesis searches, reproducibly where CI is set and freely elsewhere, and wait for no disk."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.fsync = lambda _: None  # no test cuts the power, and each wait for the disk is one of thousands
os.sync = lambda: None
os.environ.pop("GITHUB_ACTIONS", None)  # where it is set, validate reports in another style
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("local", **_COMMON)
settings.register_profile("ci", derandomize=True, database=None, **_COMMON)
settings.load_profile("ci" if os.environ.get("CI") else "local")
