"""Convert feeds of any format to one feed, and report losses."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from feeds.diagnostics.problem import Problem, WrongUsageError
from feeds.formats.additions import additions_of
from feeds.formats.format import Format
from feeds.formats.loss import Losses
from feeds.model.feed import Feed
from feeds.model.merge import merge, merge_losses, repeats_of
from feeds.model.select_items import select_items
from feeds.model.selection import Selection
from feeds.publish.conversion.conversion_rules import (
    ADDED,
    DROPPED,
    LOST,
    NOT_KEPT,
    NOTHING_SELECTED,
    conversion_problem,
)
from feeds.publish.conversion.inputs import LIST, FeedInput
from feeds.publish.conversion.loss_report import line_of, report_losses
from feeds.text import counted


class Conversion(NamedTuple):
    """A document, rendered as it is read, and all problems; the document is None if the problems do not allow it."""

    content: Iterable[bytes] | None
    problems: tuple[Problem, ...]


class Terms(NamedTuple):
    """The requirements of a conversion: `strict` allows no repairs, `lossless` no losses."""

    strict: bool = False
    lossless: bool = False
    title: str = ""


class ServedAt(NamedTuple):
    """Where the result is served: the URL of the folder, and that of the file, as far as they are known."""

    base_url: str = ""
    url: str = ""


def convert_feeds(
    inputs: Sequence[FeedInput],
    kind: Format,
    selection: Selection,
    now: datetime | None,
    *,
    terms: Terms,
    ours: Sequence[FeedInput],
    served_at: ServedAt,
) -> Conversion:
    """Return the selected items of all inputs as one feed in a format.

    The selection applies to `inputs`; `ours` are folders of records, of which it was made already. Unreadable inputs
    are left out. Raises WrongUsageError for a list of feeds, which has no items.
    """
    _refuse_lists(inputs)
    terms = terms._replace(title=terms.title or _list_title(inputs))
    chosen = [*(_selected(each, selection, now) for each in inputs), *ours]
    readable = readable_of(chosen)
    feeds = [each.parsed.feed for each in readable]
    document = _document(feeds, kind, terms.title, selection.limit, served_at)
    repeats = _repeats(readable)
    result = conversion_of(chosen, terms, partial(_losses, kind, feeds), document, repeats)
    if result.content is None:
        return result
    missing = _missing_of_head(readable, kind.required, terms.title, served_at)
    others = (*_additions(readable, kind.required), *missing, *_nothing_selected(inputs, readable))
    return result._replace(problems=(*result.problems, *others))


def _refuse_lists(inputs: Iterable[FeedInput]) -> None:
    for read in inputs:
        if read.parsed.format == "opml":
            what = f"a list of feeds; write {LIST}{read.name} for the feeds in it, or --to opml for the list"
            raise WrongUsageError(f"{read.name}: this is {what}")


def _list_title(inputs: Sequence[FeedInput]) -> str:
    """Return the title of the OPML list, if all inputs are feeds of one list.

    A feed that is made of their titles would have another one whenever one of them cannot be fetched.
    """
    titles = {each.list_title for each in inputs}
    return titles.pop() if len(titles) == 1 else ""


def _document(
    feeds: Sequence[Feed], kind: Format, title: str, limit: int | None, served_at: ServedAt
) -> Iterator[bytes]:
    feed = merge(feeds, title)
    link, url = feed.link or served_at.base_url, served_at.url or feed.url
    yield from kind.render(feed._replace(link=link, url=url, items=feed.items[:limit]))


def _losses(kind: Format, feeds: Sequence[Feed], feed: Feed) -> Losses:
    """Return what a feed loses in a format, and by being merged with others."""
    return merge_losses(feed, feeds, kind.losses) if len(feeds) > 1 else kind.losses


def _additions(inputs: Sequence[FeedInput], required: frozenset[str]) -> Iterator[Problem]:
    """Yield what is added to each feed, as its format requires it."""
    for read in inputs:
        for name, times, item in additions_of(read.parsed.feed, required) if read.parsed.format != "records" else ():
            yield conversion_problem(read.name, ADDED, f"added {name} x{times}", "", line_of(item, read.parsed.lines))


def _missing_of_head(
    inputs: Sequence[FeedInput], required: frozenset[str], title: str, served_at: ServedAt
) -> Iterator[Problem]:
    """Yield which required parts of the head the result lacks, because the inputs have none that it could take over."""
    is_one = len(inputs) == 1
    name, feed = inputs[0].name, inputs[0].parsed.feed
    if is_one and "feed title" in required and not (title or feed.title):
        message = "the feed has no title, which its format requires"
        yield conversion_problem(name, "no-title", message, "give it one with --title")
    has_link = bool(served_at.base_url or (is_one and (feed.link or feed.url)))
    if "feed link" in required and not has_link:
        what = "the feed" if is_one else "the feed made of several"
        message = f"{what} has no link to a page, which its format requires"
        yield conversion_problem(name, "no-link", message, "give it one with --base-url")


def _repeats(inputs: Sequence[FeedInput]) -> Iterator[Problem]:
    for read, repeats in zip(inputs, repeats_of([each.parsed.feed for each in inputs]), strict=True):
        if repeats.others:
            span = line_of(repeats.others[0], read.parsed.lines)
            yield conversion_problem(read.name, LOST, f"lost text of repeated item x{len(repeats.others)}", "", span)
        if repeats.items:
            message = f"{counted(len(repeats.items), 'item')} left out: the same id or address was there before"
            yield conversion_problem(read.name, "repeated-item", message)


def _nothing_selected(inputs: Sequence[FeedInput], chosen: Sequence[FeedInput]) -> Iterator[Problem]:
    """Yield each input that has items, if none of any is selected."""
    if any(each.parsed.feed.items for each in chosen):
        return
    for read in inputs:
        if number := len(read.parsed.feed.items):
            yield conversion_problem(read.name, NOTHING_SELECTED, f"of {counted(number, 'item')} none is selected")


def readable_of(inputs: Iterable[FeedInput]) -> list[FeedInput]:
    """Return the inputs that can be converted."""
    return [each for each in inputs if each.is_readable]


def conversion_of(
    inputs: Sequence[FeedInput],
    terms: Terms,
    losses: Callable[[Feed], Losses],
    document: Iterable[bytes],
    others: Iterable[Problem] = (),
) -> Conversion:
    """Return a document of the readable inputs, if the terms allow it, and all problems.

    `losses` returns what a feed of them loses; `others` are further problems, losses among them. Under `strict` terms
    all problems are errors once one of them is a repair, under `lossless` ones all losses are.
    """
    problems = [problem for each in inputs for problem in each.problems]
    readable = readable_of(inputs)
    if terms.strict and any(map(_is_repair, problems)):
        return Conversion(None, tuple(map(_refused, problems)))
    if not readable:
        return Conversion(None, tuple(problems))
    lost = [problem for each in readable for problem in report_losses(each, losses(each.parsed.feed))]
    for problem in others:
        (lost if problem.rule == LOST else problems).append(problem)
    if terms.lossless:
        lost = [_refused(problem) for problem in (*lost, *problems) if problem.rule in {LOST, *DROPPED}]
        problems = [problem for problem in problems if problem.rule not in DROPPED]
    is_refused = terms.lossless and bool(lost)
    return Conversion(None if is_refused else document, (*problems, *lost))


def _is_repair(problem: Problem) -> bool:
    return problem.severity != "info" and problem.rule != NOT_KEPT


def _refused(problem: Problem) -> Problem:
    return problem if problem.severity == "info" else problem._replace(severity="error")


def _selected(read: FeedInput, selection: Selection, now: datetime | None) -> FeedInput:
    """Return an input with its selected items, and their lines."""
    feed, lines = read.parsed.feed, read.parsed.lines
    items = select_items(feed.items, selection, now)
    if len(items) == len(feed.items):
        return read
    line_of = dict(zip(map(id, feed.items), lines, strict=False))
    lines = tuple(line_of.get(id(item), 1) for item in items)
    return read._replace(parsed=read.parsed._replace(feed=feed._replace(items=items), lines=lines))
