"""Find the changed fields of items, by comparing published and staged documents."""

from collections.abc import Iterable, Iterator, Sequence

from feeds.parsers import parse
from feeds.publish.comparison.feed_diff import feed_difference
from feeds.publish.comparison.manifest_diff import Difference
from feeds.publish.output.output_file import OutputFile
from feeds.publish.output.transaction import Transaction

_FORMATS = (".atom", ".json", ".rss")  # from the most complete format


def with_fields(
    differences: Iterable[Difference], files: Sequence[OutputFile], transaction: Transaction
) -> Iterator[Difference]:
    """Yield differences with the changed fields of their items, if a staged document has them."""
    for difference in differences:
        changed = {file.name for file in files if file.feed == difference.feed and file.has_changed}
        name = next((name for suffix in _FORMATS for name in changed if name.endswith(suffix)), None)
        if not name or not (difference.changed or difference.renamed):
            yield difference
            continue
        old, new = parse(transaction.target.read(name)).feed, parse(transaction.staged_path(name).read_bytes()).feed
        found = feed_difference(old, new)
        fields = {each.new.id: each.fields for each in (*found.changed, *found.renamed)}
        yield difference._replace(fields=fields)
