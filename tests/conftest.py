"""Choose how hypothesis searches, reproducibly where CI is set and freely elsewhere, and wait for no disk."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.fsync = lambda fd: None  # noqa: ARG005 - no test cuts the power, and each wait for the disk is one of thousands
os.sync = lambda: None
os.environ.pop("GITHUB_ACTIONS", None)  # where it is set, validate reports in another style
_LOCAL = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
settings.register_profile("local", _LOCAL)
settings.register_profile("ci", _LOCAL, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")
