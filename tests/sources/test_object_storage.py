"""Records and output at addresses: the same bytes as on disk, few requests, and nothing overwritten unnoticed."""

from __future__ import annotations

import dataclasses
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import NOW, SEEDS, config_for, record_bytes, run_feeds, tree

import feeds
from feeds.config.settings import Config
from feeds.diagnostics.problem import CouldNotRunError, Problem
from feeds.diagnostics.sarif_report import uri
from feeds.installation import install_command
from feeds.locations import Address, Location, location_of
from feeds.parallel.dask_task import run_task, task_for
from feeds.parallel.processes import work_with_processes
from feeds.publish.output.target import Target, target_at
from feeds.sources.entry import MAX_BYTES, path_of
from feeds.sources.files import find_files, read_bytes
from feeds.validation.check_file import check_file
from feeds.validation.context import context_for

COUNT = 12
TREE = {
    "b.md": "record",
    "a.HTML": "record",
    "deep/er/c.txt": "record",
    "deep.er/d.markdown": "record",
    "odd [1]*?.md": "record",
    "picture.png": "no record",
    ".hidden.md": "hidden",
    ".git/e.md": "hidden",
    "folder.md/f.md": "in a folder with a record's name",
    "folder.md/deeper/g.md": "in a folder with a record's name",
    "public/h.md": "output",
    "publicity/i.md": "record",
}


class Cloud:
    """Serve S3 on this machine."""

    def __init__(self, environment: dict[str, str]) -> None:
        import boto3  # noqa: PLC0415 - it may be missing

        self.client = boto3.client("s3", endpoint_url=environment["AWS_ENDPOINT_URL"])
        self._made = 0

    def bucket(self) -> str:
        self._made += 1
        self.client.create_bucket(Bucket=f"bucket-{self._made}")
        return f"bucket-{self._made}"

    def put(self, bucket: str, key: str, content: bytes) -> None:
        self.client.put_object(Bucket=bucket, Key=key, Body=content)

    def tree(self, bucket: str, prefix: str) -> dict[str, bytes]:
        listed = self.client.list_objects_v2(Bucket=bucket, Prefix=prefix)["Contents"]
        return {
            told["Key"].removeprefix(prefix): self.client.get_object(Bucket=bucket, Key=told["Key"])["Body"].read()
            for told in listed
        }


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    for package in ("moto", "flask", "s3fs"):
        pytest.importorskip(package, reason=f"{package} is missing: pip install 'feeds[test]'")
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 - it may be missing

    variables = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y", "AWS_DEFAULT_REGION": "us-east-1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        variables["AWS_ENDPOINT_URL"] = f"http://{host}:{port}"
        patch.setenv("AWS_ENDPOINT_URL", variables["AWS_ENDPOINT_URL"])
        yield variables
        server.stop()


@pytest.fixture(scope="module")
def cloud(environment: dict[str, str]) -> Cloud:
    return Cloud(environment)


@pytest.fixture
def bucket(cloud: Cloud) -> str:
    return cloud.bucket()


@pytest.fixture
def config(cloud: Cloud, bucket: str, tmp_path: Path) -> Config:
    for number in range(COUNT):
        cloud.put(bucket, f"records/{number:02}.md", record(number))
    source, output = Address(f"s3://{bucket}/records"), Address(f"s3://{bucket}/public")
    return config_for(tmp_path, tmp_path)._replace(source=source, output=output, cache=tmp_path / "cache")


@pytest.fixture
def asked(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is asked of the storage from now on."""
    from aiobotocore.client import AioBaseClient  # noqa: PLC0415 - it may be missing

    assert environment
    requests: list[str] = []
    original = AioBaseClient._make_api_call  # noqa: SLF001 - every request passes here

    async def call(self: Any, operation: str, parameters: dict[str, Any]) -> Any:
        requests.append(f"{operation} {parameters.get('Key', '')}".strip())
        return await original(self, operation, parameters)

    monkeypatch.setattr(AioBaseClient, "_make_api_call", call)
    return requests


def record(number: int, title: str = "") -> bytes:
    data = {
        "title": title or f"Bridge {number}",
        "webUrl": f"https://a.example/{number}",
        "publishedDateTime": f"2020-01-{number % 28 + 1:02}T00:00:00Z",
        "topics": [["Bridges", "Ferries"][number % 2]],
    }
    return record_bytes(data | ({"publised": True} if number % 5 == 4 else {}))


def write_tree(folder: Path) -> None:
    for name in TREE:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(record(1))


def published(cloud: Cloud, bucket: str) -> dict[str, bytes]:
    """Return what is published in a bucket, the manifest aside."""
    return {name: content for name, content in cloud.tree(bucket, "public/").items() if name != "manifest.json"}


def test_the_same_records_give_the_same_bytes_wherever_they_and_the_output_lie(
    config: Config, cloud: Cloud, bucket: str, tmp_path: Path
) -> None:
    (tmp_path / "records").mkdir()
    for name, content in cloud.tree(bucket, "records/").items():
        (tmp_path / "records" / name).write_bytes(content)
    here = feeds.build(config_for(tmp_path / "records", tmp_path / "out"), NOW)
    there = feeds.build(config, NOW)
    assert published(cloud, bucket) == tree(tmp_path / "out") != {}
    assert [(file.path.name, file.items, file.has_changed) for file in there.files] == [
        (file.path.name, file.items, file.has_changed) for file in here.files
    ]
    assert [(problem.rule, problem.span, problem.path.rpartition("/")[2]) for problem in there.problems] == [
        (problem.rule, problem.span, problem.path.rpartition("/")[2]) for problem in here.problems
    ]
    assert {problem.path for problem in there.problems} == {f"s3://{bucket}/records/{name}.md" for name in ("04", "09")}


def test_the_command_line_takes_addresses(
    cloud: Cloud, bucket: str, environment: dict[str, str], tmp_path: Path
) -> None:
    for path in SEEDS.iterdir():
        cloud.put(bucket, f"records/{path.name}", path.read_bytes())
    base = ("--base-url", "https://feeds.example.org/")
    run_feeds("build", SEEDS, "--output", tmp_path / "here", *base, "--no-cache", cwd=tmp_path)
    words = ("build", f"s3://{bucket}/records/", "--output", f"s3://{bucket}/public/", *base)
    first, second = (run_feeds(*words, cwd=tmp_path, **environment) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0)
    assert re.search(rb"^all +\d+ items, rss ", first.stdout, re.MULTILINE)
    assert b"0 files changed, " in second.stdout
    assert published(cloud, bucket) == tree(tmp_path / "here") != {}


def test_a_change_in_storage_is_seen_by_a_run_that_could_be_answered_at_once(
    cloud: Cloud, bucket: str, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "feeds.toml").write_text(f'source = "s3://{bucket}/records"\noutput = "out"\n', encoding="utf-8")
    for title in ("Old", "New"):
        cloud.put(bucket, "records/1.md", record(1, title))
        assert run_feeds("build", cwd=tmp_path, **environment).returncode == 0
        assert title.encode() in (tmp_path / "out" / "all.rss").read_bytes()


def test_several_processes_read_from_storage(config: Config) -> None:
    context, entries = context_for(config), list(find_files([config.source]))
    assert list(work_with_processes(entries, check_file, context, 2, 100)) == [
        check_file(entry, context) for entry in entries
    ]


def test_the_rules_for_files_are_those_for_folders(cloud: Cloud, bucket: str, tmp_path: Path) -> None:
    write_tree(tmp_path)
    for path in tmp_path.rglob("*.*"):
        if path.is_file():
            cloud.put(bucket, f"records/{path.relative_to(tmp_path)}", path.read_bytes())

    def found(source: Location, output: Location) -> list[tuple[str, bytes | str | Problem]]:
        entries = list(find_files([source], output))
        held = [entry.message if isinstance(entry, Problem) else read_bytes(entry) for entry in entries]
        names = [path_of(entry).removeprefix(str(source)) for entry in entries]
        return list(zip(names, held, strict=True))

    here = found(tmp_path, tmp_path / "public")
    assert [name for name, _ in here] == sorted(
        [f"/{name}" for name, kind in TREE.items() if kind == "record"] + ["/folder.md"]
    )
    for url in (f"s3://{bucket}/records", f"file://{tmp_path}"):
        assert found(Address(url), Address(f"{url}/public")) == here


def test_a_single_record_can_be_named(config: Config) -> None:
    (problem,) = feeds.validate(f"{config.source}/04.md", config=config, among=config.source)
    assert (problem.path, problem.rule) == (f"{config.source}/04.md", "unknown-key")


def test_a_record_is_compared_with_the_others_in_storage(config: Config, cloud: Cloud, bucket: str) -> None:
    cloud.put(bucket, "records/twin.md", record(1))
    (problem,) = feeds.validate(f"{config.source}/twin.md", config=config, among=config.source)
    assert problem.rule.startswith("duplicate-")
    assert problem.span.line > 1


def test_a_warm_run_fetches_only_what_has_changed(config: Config, cloud: Cloud, bucket: str, asked: list[str]) -> None:
    feeds.build(config, NOW)
    assert sum(request.startswith("GetObject records/") for request in asked) == COUNT
    asked.clear()
    feeds.build(config, NOW)
    assert sorted(asked) == ["GetObject public/manifest.json", "ListObjectsV2", "ListObjectsV2"]  # of source and output
    cloud.put(bucket, "records/07.md", record(7, "Another bridge"))
    asked.clear()
    feeds.build(config, NOW)
    assert [request for request in asked if request.startswith("GetObject records/")] == ["GetObject records/07.md"]


def test_twins_are_found_at_their_place_on_a_warm_run(config: Config, cloud: Cloud, bucket: str) -> None:
    cloud.put(bucket, "records/twin.md", record(1))
    first, second = feeds.build(config, NOW), feeds.build(config, NOW)
    assert second.origin.read == 0
    assert first.problems == second.problems
    assert all(problem.span.line > 1 for problem in second.problems if problem.rule.startswith("duplicate-"))


def test_only_changed_files_are_put(config: Config, cloud: Cloud, bucket: str, asked: list[str]) -> None:
    feeds.build(config, NOW)
    asked.clear()
    again = feeds.build(config._replace(cache=None), NOW)
    assert not any(file.has_changed for file in again.files)
    assert [request for request in asked if "Object public/" in request] == ["GetObject public/manifest.json"]
    cloud.put(bucket, "records/07.md", record(7, "Another bridge"))
    asked.clear()
    done = feeds.build(config, NOW)
    changed = [f"PutObject public/{str(file.path).partition('/public/')[2]}" for file in done.files if file.has_changed]
    assert [request for request in asked if request.startswith("PutObject")] == [
        *changed,
        "PutObject public/manifest.json",
    ]
    assert {name.rpartition("/")[2] for name in changed} == {
        f"{name}.{suffix}" for name in ("all", "ferries") for suffix in ("rss", "atom", "json", "csv", "html")
    }


def test_archive_documents_are_put_once(config: Config, cloud: Cloud, bucket: str, asked: list[str]) -> None:
    small = config._replace(limit=2, archives=True)
    feeds.build(small, NOW)
    archives = {name: content for name, content in published(cloud, bucket).items() if name.startswith("archive/all-")}
    assert len(archives) > 6
    asked.clear()
    assert not any(file.has_changed for file in feeds.build(small._replace(cache=None), NOW).files)
    assert [request for request in asked if "Object public/" in request] == ["GetObject public/manifest.json"]


def test_a_dry_run_puts_nothing(config: Config, asked: list[str]) -> None:
    assert all(file.has_changed for file in feeds.build(config, NOW, dry_run=True).files)
    assert not any(request.startswith("PutObject") for request in asked)


def test_a_file_whose_tag_is_no_digest_is_compared_by_its_bytes(
    config: Config, cloud: Cloud, bucket: str, asked: list[str]
) -> None:
    feeds.build(config, NOW)
    content = cloud.tree(bucket, "public/")["all.rss"]
    place = {"Bucket": bucket, "Key": "public/all.rss"}
    upload = {**place, "UploadId": cloud.client.create_multipart_upload(**place)["UploadId"]}
    part = {"PartNumber": 1, "ETag": cloud.client.upload_part(**upload, PartNumber=1, Body=content)["ETag"]}
    cloud.client.complete_multipart_upload(**upload, MultipartUpload={"Parts": [part]})
    assert "-" in cloud.client.head_object(**place)["ETag"]
    asked.clear()
    assert not any(file.has_changed for file in feeds.build(config, NOW).files)
    assert not any(request.startswith("PutObject") for request in asked)


def test_files_are_served_with_their_media_type_and_for_how_long(config: Config, cloud: Cloud, bucket: str) -> None:
    feeds.build(config._replace(cache_control="public, max-age=60"), NOW)
    told = {name: cloud.client.head_object(Bucket=bucket, Key=f"public/all.{name}") for name in ("rss", "csv")}
    assert told["rss"]["ContentType"] == "application/rss+xml; charset=utf-8"
    assert told["csv"]["ContentType"] == "text/csv; charset=utf-8"
    assert told["rss"]["CacheControl"] == "public, max-age=60"


@pytest.fixture(params=["s3", "memory"])
def target(request: pytest.FixtureRequest, config: Config, bucket: str) -> Target:
    return outlet_of(config, config.output if request.param == "s3" else Address(f"memory://{bucket}"))


def outlet_of(config: Config, place: Location) -> Target:
    return target_at(config._replace(output=place))


def put(target: Target, name: str, content: bytes, folder: Path) -> None:
    (folder / "staged").write_bytes(content)
    target.put(name, folder / "staged", "text/plain")


def test_what_someone_else_has_put_meanwhile_is_not_overwritten(target: Target, config: Config, tmp_path: Path) -> None:
    put(target, "known.rss", b"ours", tmp_path)
    put(target, "known.rss", b"ours again", tmp_path)
    place = location_of(target.location("known.rss")).parent
    other = outlet_of(config, place)
    assert other.equals("known.rss", tmp_path / "staged")
    assert other.read("known.rss") == b"ours again"
    for name in ("known.rss", "new.rss"):
        put(other, name, b"theirs", tmp_path)
        with pytest.raises(CouldNotRunError, match=rf"/{name}: someone else has changed it"):
            put(target, name, b"mine", tmp_path)
        assert outlet_of(config, place).read(name) == b"theirs"


def test_what_someone_else_has_removed_meanwhile_is_not_put_back(
    config: Config, cloud: Cloud, bucket: str, tmp_path: Path
) -> None:
    target = target_at(config)
    put(target, "all.rss", b"ours", tmp_path)
    cloud.client.delete_object(Bucket=bucket, Key="public/all.rss")
    with pytest.raises(CouldNotRunError, match=r"/all\.rss: someone else has changed it"):
        put(target, "all.rss", b"ours again", tmp_path)


def test_what_is_no_longer_due_is_removed_and_nothing_else(config: Config, cloud: Cloud, bucket: str) -> None:
    feeds.build(config, NOW)
    cloud.put(bucket, "public/index.html", b"mine")
    cloud.put(bucket, "public/topics/mine.rss", b"mine")
    done = feeds.build(config._replace(formats=("rss",)), NOW)
    assert {str(path).rpartition(".")[2] for path in done.removed} == {"atom", "json", "csv", "html", "css"}
    left = cloud.tree(bucket, "public/")
    assert {name.rpartition(".")[2] for name in left} == {"rss", "html", "json", "opml"}
    assert (left["index.html"], left["topics/mine.rss"]) == (b"mine", b"mine")
    assert [name for name in left if name.endswith(".json")] == ["manifest.json"]


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_any_storage_of_fsspec_will_do(kind: str, tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec", reason="fsspec is missing: pip install 'feeds[s3]'")
    root = f"{kind}://{tmp_path}".replace("memory:///", "memory://")
    for number in range(COUNT):
        with fsspec.open(f"{root}/records/{number:02}.md", "wb", auto_mkdir=True) as file:
            file.write(record(number))
    source, output = location_of(f"{root}/records"), location_of(f"{root}/public")
    config = config_for(tmp_path, tmp_path, cache=tmp_path / "cache")._replace(source=source, output=output)
    first, second = feeds.build(config, NOW), feeds.build(config, NOW)
    assert (first.origin.read, len(first.problems)) == (COUNT, 2)
    assert all(file.has_changed for file in first.files)
    assert not any(file.has_changed for file in second.files)
    with fsspec.open(f"{root}/public/all.json", "rb") as file:
        assert b"Bridge 7" in file.read()


def test_convert_writes_to_an_address(cloud: Cloud, bucket: str, environment: dict[str, str], tmp_path: Path) -> None:
    words = ("convert", SEEDS, "--to", "csv", "-o", f"s3://{bucket}/one/all.csv")
    assert run_feeds(*words, cwd=tmp_path, **environment).returncode == 0
    assert cloud.tree(bucket, "one/")["all.csv"].startswith(b"id,")


def test_a_file_that_vanishes_is_a_problem(config: Config, cloud: Cloud, bucket: str) -> None:
    entries = list(find_files([config.source]))
    cloud.client.delete_object(Bucket=bucket, Key="records/00.md")
    problem, content = read_bytes(path_of(entries[0])), read_bytes(path_of(entries[1]))
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.message) == ("unreadable", "the file has vanished")
    assert content == record(1)


def test_a_file_that_is_too_large_is_not_fetched(config: Config, cloud: Cloud, bucket: str, asked: list[str]) -> None:
    cloud.put(bucket, "records/large.md", bytes(MAX_BYTES + 1))
    rules = [problem.rule for problem in feeds.validate(f"{config.source}", config=config)]
    assert sorted(rules) == ["too-large", "unknown-key", "unknown-key"]
    assert "GetObject records/large.md" not in asked


def test_storage_that_fails_halfway_does_not_look_like_records_that_are_gone(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    import s3fs  # noqa: PLC0415 - it may be missing

    async def fail(*_: Any, **__: Any) -> bytes:
        raise ConnectionResetError("the line went dead")

    monkeypatch.setattr(s3fs.S3FileSystem, "_cat_file", fail)
    with pytest.raises(CouldNotRunError, match="the storage cannot be used: the line went dead"):
        feeds.build(config, NOW)


def test_records_in_storage_travel_to_other_machines(config: Config) -> None:
    context = context_for(config)
    entries = list(find_files([config.source]))
    dask_task, there = pickle.loads(pickle.dumps((task_for(context), entries)))  # noqa: S301 - our own
    dask_task = dataclasses.replace(dask_task, folder="/elsewhere")
    assert run_task(dask_task, there, check_file) == [check_file(entry, context) for entry in entries]


NOWHERE = {
    "no-folder": ("s3://{bucket}/nothing", {}, "there are no files there"),
    "no-bucket": ("s3://no-such-bucket/records", {}, "there is no such bucket or folder"),
    "no-server": ("s3://{bucket}/records", {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}, "Could not connect"),
    "no-credentials": (
        "s3://{bucket}/records",
        {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_EC2_METADATA_DISABLED": "true"},
        "Unable to locate credentials",
    ),
    "no-such-storage": ("nonsense://bucket/records", {}, "there is no such kind of storage"),
}


@pytest.mark.parametrize(("address", "variables", "message"), NOWHERE.values(), ids=NOWHERE)
def test_what_cannot_be_reached_ends_with_one_line(
    bucket: str, environment: dict[str, str], tmp_path: Path, address: str, variables: dict[str, str], message: str
) -> None:
    done = run_feeds("topics", address.format(bucket=bucket), cwd=tmp_path, **(environment | variables))
    assert (done.returncode, done.stdout) == (3, b"")
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith(f"feeds: {address.format(bucket=bucket)}: ")
    assert message in line


@pytest.mark.parametrize("package", ["fsspec", "s3fs"])
def test_a_missing_package_is_named(tmp_path: Path, package: str) -> None:
    script = f"import sys; sys.modules['{package}'] = None; from feeds.cli.main import main; main()"
    command = [sys.executable, "-c", script, "topics", "s3://bucket/records"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert install_command("s3") in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_address_is_a_uri_in_sarif() -> None:
    assert uri("s3://bucket/a b/c:d.md") == "s3://bucket/a%20b/c:d.md"


def test_files_at_an_address_are_not_mended(tmp_path: Path) -> None:
    done = run_feeds("validate", "--fix", "s3://bucket/records", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (
        3,
        b"feeds: s3://bucket/records: only files on this machine can be fixed\n",
    )


def test_a_run_on_this_machine_loads_nothing_for_storage_elsewhere(tmp_path: Path) -> None:
    script = "import sys; from feeds.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", script, "build", str(SEEDS), "--no-cache"]
    loaded = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stderr.decode().split()
    assert "feeds.publish.build" in loaded
    for_elsewhere = {"feeds.sources.object_storage", "feeds.publish.output.object_storage"}
    assert not {"fsspec", "s3fs", "asyncio", *for_elsewhere} & {*loaded}
