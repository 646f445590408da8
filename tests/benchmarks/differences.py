"""Look for a file that the fast path of validation takes and the exact one does not: `differences.py FOLDER...`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from mutations import CONTEXTS, contents, is_same, mutated

from feeds.validation.check_file import check_plain


def main() -> None:
    """Print each difference, and how many files took the fast path."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders of records, from which damaged ones are made")
    parser.add_argument("--files", type=int, default=100_000, help="how many damaged files (default: 100000)")
    parser.add_argument("--seed", type=int, default=1, help="another number damages otherwise (default: 1)")
    wanted = parser.parse_args()
    random, originals = Random(wanted.seed), contents(*wanted.folders)  # noqa: S311 - nothing here is secret
    fast = differences = 0
    for _ in range(wanted.files):
        path, content = random.choice(originals)
        damaged = mutated(content.decode(errors="replace"), random).encode(errors="surrogatepass")
        context = random.choice(CONTEXTS)
        fast += check_plain(path, damaged, context) is not None
        if not is_same(path, damaged, context):
            differences += 1
            print(f"{path}: {damaged!r}")  # noqa: T201 - a script talks
    print(f"{wanted.files} files, {fast} on the fast path, {differences} differences")  # noqa: T201 - the same
    sys.exit(differences > 0)


if __name__ == "__main__":
    main()
