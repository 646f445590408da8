"""Extract the files of a revision from git."""

import os
import re
import shlex
import subprocess
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from feeds.diagnostics.problem import CouldNotRunError

_OWNED_BY_ANOTHER = re.compile(r"safe\.directory (.+)")
_SUBMODULE = re.compile(r"160000 commit ([0-9a-f]+)\t(.+)")
_ELSE = "or leave out --base to compare with what is published"


def check_out(revision: str, into: Path, folder: Path = Path()) -> None:
    """Write the files of a folder at a git revision, with its submodules, into another folder.

    Raises CouldNotRunError with advice if git does not have them.
    """
    commit = _commit(revision, folder)
    archive = _git(folder, "archive", "--format=tar", commit, ".")
    if archive.returncode:
        raise CouldNotRunError(f"{_shown(folder)} is not in {revision}; name a revision that has it, {_ELSE}")
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
        files.extractall(into, filter="data")
    for submodule, path in _submodules(commit, folder):
        if (folder / path / ".git").exists():  # others have no files here
            check_out(submodule, into / path, folder / path)


def _commit(revision: str, folder: Path) -> str:
    """Return the hash of a revision."""
    asked = _git(folder, "rev-parse", "--quiet", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    if asked.returncode:
        raise CouldNotRunError(_why_unknown(revision, folder))
    return asked.stdout.decode().strip()


def _why_unknown(revision: str, folder: Path) -> str:
    """Return why git cannot find a revision, and how to get it."""
    inside = _git(folder, "rev-parse", "--is-shallow-repository")
    said = inside.stderr.decode(errors="replace")
    owned = _OWNED_BY_ANOTHER.search(said)
    if owned:
        trust = f"git config --global --add safe.directory {owned[1].strip()}"
        return f"another user owns this git repository, so git does not read it; if you trust it, run {trust}"
    if inside.returncode and "not a git repository" in said:
        return f"{_shown(folder)} is not in a git repository, which --base needs; run it in a clone, {_ELSE}"
    if inside.returncode:
        return f"git cannot read this repository: {said.strip().removeprefix('fatal: ') or 'it does not say why'}"
    if folder != Path():
        fetch = f"git submodule update --init && git -C {shlex.quote(folder.as_posix())} fetch --unshallow origin"
        return f"the submodule {folder.as_posix()} does not have the commit {revision[:12]}; fetch it with {fetch}"
    is_shallow = inside.stdout.strip() == b"true"
    what = "this clone is shallow, and does not have it" if is_shallow else "this repository does not have it"
    return f"unknown revision {revision}: {what}; {_how_to_get(revision, folder, is_shallow=is_shallow)}"


def _how_to_get(revision: str, folder: Path, *, is_shallow: bool) -> str:
    remotes = _git(folder, "remote").stdout.decode(errors="replace").split()
    remote, _, branch = revision.partition("/")
    if branch and remote in remotes:
        depth = " --depth=1" if is_shallow else ""
        fetch = f"git fetch{depth} {remote} +refs/heads/{branch}:refs/remotes/{revision}"
        return f"fetch it with {shlex.join(fetch.split())}"
    if is_shallow:
        return "fetch the whole history with git fetch --unshallow (in a GitHub workflow: fetch-depth: 0)"
    return "git branch --all and git tag list those that there are"


def _submodules(commit: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the commit and the path of each submodule of a folder."""
    listed = _git(folder, "ls-tree", "-r", "-z", commit, ".").stdout.decode(errors="surrogateescape")
    for line in listed.split("\0"):
        match = _SUBMODULE.fullmatch(line)
        if match:
            yield match[1], match[2]


def _shown(folder: Path) -> str:
    return "this folder" if folder == Path() else folder.as_posix()


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), *arguments]
    english = os.environ | {"LC_ALL": "C"}
    try:
        return subprocess.run(command, capture_output=True, check=False, env=english)  # noqa: S603 - git, and no options of others
    except OSError:
        raise CouldNotRunError("git is not installed; feeds ids --base needs it") from None
