"""Refuse to publish what would do harm in an unattended run."""

from collections.abc import Iterable, Iterator

from feeds.config.settings import Config
from feeds.diagnostics.problem import Problem, WrongUsageError
from feeds.locations import lies_in, resolved
from feeds.publish.output.manifest import Manifest
from feeds.publish.secret_guard import unpublished_in
from feeds.publish.stage import Stage
from feeds.publish.staged_build import StagedBuild
from feeds.text import counted

_WORTH_GUARDING = 10  # items; smaller feeds often change by half


def refusals_of(
    stage: Stage, staged: StagedBuild, problems: Iterable[Problem], hidden: frozenset[str], *, is_forced: bool
) -> Iterator[str]:
    """Yield the reasons why staged files must not be published; for secrets see `leaks_of`.

    `problems` are those of records, `hidden` the ids of records that are not to be published.
    """
    yield from unpublished_in(stage, staged, hidden)
    errors = sum(problem.is_error for problem in staged.problems)
    if errors:
        yield f"the new feeds have {counted(errors, 'error')}"
    if not is_forced:
        drops = _drops_of(staged.former, staged.manifest, stage.config.max_drop)
        yield from drops or _all_refused(staged.manifest, problems, stage.config)


def _drops_of(former: Manifest, manifest: Manifest, most_drop: int) -> list[str]:
    """Return a sentence about each feed that would lose all its items, or more of them than `most_drop` percent.

    The feed of a small topic may be removed, but no remaining feed may be emptied.
    """
    found, is_gone = list[str](), False
    for name, feed in former.feeds.items():
        remaining = manifest.feeds[name].total if name in manifest.feeds else 0
        is_emptied = name in manifest.feeds and feed.total > 0 == remaining
        if is_emptied or (feed.total >= _WORTH_GUARDING and (feed.total - remaining) * 100 > feed.total * most_drop):
            found.append(f"{name} would drop from {counted(feed.total, 'item')} to {remaining}")
            is_gone |= name.startswith("topics/") and name not in manifest.feeds
    if found:
        found[-1] += "; if that is meant, run this again with --force"
    if is_gone:
        found[-1] += '; to keep the feed of a renamed topic, set topics.aliases = { "New" = "Old" }'
    return found


def _all_refused(manifest: Manifest, problems: Iterable[Problem], config: Config) -> Iterator[str]:
    """Yield a refusal if every feed would be empty while records have errors."""
    refused = {problem.path for problem in problems if problem.is_error}
    if refused and not any(feed.total for feed in manifest.feeds.values()):
        noun = counted(len(refused), "record has errors", "records have errors")
        posts = "" if config.has_posts else "; for posts of Hugo, Jekyll and the like, run feeds init or use --preset"
        yield f"no feed would have an item, and {noun}; correct them, or run this again with --force{posts}"


def refuse_open_output(config: Config) -> None:
    """Raise WrongUsageError if serving the output would expose records, the configuration or the ledger."""
    output = resolved(config.output)
    beside = config.ledger.parent if config.ledger else None  # the configuration is there too
    held = (
        (config.source, "the records"),
        (beside, "the configuration"),
        (config.ledger, "the ledger of ids"),
        (config.cache, "the cache"),
    )
    for location, what in held:
        if location and lies_in(resolved(location), output):
            found = f"the output holds {what} ({location}), which would be served"
            raise WrongUsageError(f'{config.output}: {found}; choose a folder of its own, as in output = "public"')
