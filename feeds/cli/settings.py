"""Merge the configuration file and the options of the command line, which take precedence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeds.config.config_file import FORMER_LEDGER, LEDGER, is_former_ledger, load_config
from feeds.config.settings import PREVIEW_URL, Config
from feeds.diagnostics.problem import WrongUsageError
from feeds.locations import EMPTY_PATH, Location, location_of, misread
from feeds.parallel.executor import over_processes
from feeds.sources.entry import SUFFIXES
from feeds.url_oddity import oddities
from feeds.validation.executor import Executor

if TYPE_CHECKING:
    from feeds.store.open_store import Reading

_FEEDS_WORTH_PROCESSES = 4  # of fifty items, each takes a twentieth of a second


def config_with(config_file: Path | None, *, use_cache: bool = True, **overrides: Any) -> Config:
    """Return the configuration, overridden by the options that were given."""
    given = {name: value for name, value in overrides.items() if value not in (None, [], ())}
    given |= {name: named_location(given[name]) for name in ("source", "output") if name in given}
    source = given.pop("source", None)
    config = load_config(config_file)._replace(**given)
    if source:
        from feeds.store.source_part import with_source  # noqa: PLC0415 - few runs name one

        _refuse_feed(source)
        config = with_source(config, source)
    return config if use_cache else config._replace(cache=None)


def _refuse_feed(source: Location) -> None:
    """Raise WrongUsageError for a file that no folder of records would have, and that is none by its content."""
    if not isinstance(source, Path) or source.name.lower().endswith(SUFFIXES) or not source.is_file():
        return
    from feeds.publish.conversion.inputs import holds_records  # noqa: PLC0415 - few runs name a file

    if not holds_records(str(source)):
        raise WrongUsageError(f"{source}: this is no record; name one, or a folder; feeds convert reads feeds")


def named_location(text: str) -> Location:
    """Return the location that an argument names. Raises WrongUsageError for an empty or a misread one.

    An empty argument is mostly an unset variable of a script, and would mean the current folder.
    """
    if not text:
        raise WrongUsageError(EMPTY_PATH)
    if expected := misread(text):
        raise WrongUsageError(f"{text}: expected {expected}")
    return location_of(text)


def executor_for(jobs: int | None, executor: str | None) -> Executor:
    """Return the executor: a cluster, or a number of processes, by default that of processors."""
    if executor:
        from feeds.parallel.dask_cluster import over_cluster  # noqa: PLC0415 - few runs have a cluster

        return over_cluster(executor)
    return over_processes(jobs or _processors())


def reading_with(jobs: int | None, executor: str | None = None) -> Reading:
    """Return how records are read and feeds rendered, with progress on a terminal."""
    from feeds.cli.progress import with_progress  # noqa: PLC0415 - validation of given files shows none
    from feeds.store.open_store import Reading  # noqa: PLC0415 - validation needs no store

    rendering = over_processes(jobs or _processors(), _FEEDS_WORTH_PROCESSES, batch=1)
    return Reading(executor_for(jobs, executor), with_progress, rendering)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def config_warnings(config: Config, preview: str = "") -> list[str]:
    """Return warnings about a configuration: URLs that subscribers cannot reach, a ledger with its former name.

    `preview` is the address of a preview, which has no subscribers.
    """
    named = {name: getattr(config, name) for name in ("base_url", "home_page", "icon", "hub")}
    public = {name: url for name, url in named.items() if url != preview}
    warnings = [f"{name} {odd.message}; {odd.remedy}" for name, url in public.items() for odd in oddities(url)]
    if not config.base_url:
        where = "set it where the output is served, or --base-url"
        warnings.insert(0, f"base_url is not set, so the feeds name {PREVIEW_URL}; {where}")
    if config.has_posts and not config.home_page:
        warnings.append(f"home_page is not set, so links begin with {config.posts_at}; set the URL of the site")
    if config.ledger and config.ledger.name == FORMER_LEDGER:
        warnings.append(f"{config.ledger}: the ledger of ids is called {LEDGER} now; rename the file")
    elif config.ledger and is_former_ledger(config.ledger.with_name(FORMER_LEDGER)):
        former = config.ledger.with_name(FORMER_LEDGER)
        warnings.append(f"{former}: not read, because {config.ledger} is; remove the one that is out of date")
    return warnings
