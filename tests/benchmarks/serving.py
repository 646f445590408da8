"""Ask `feeds serve` and nginx, one process of each on one core, for a feed that the client has, and print both.

Needs nginx, wrk and taskset, and two processors: `python tests/benchmarks/serving.py`.
"""

from __future__ import annotations

import argparse
import http
import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus import write_corpus
from tools import CHECKOUT

RECORDS = 500
PROGRAMS = ("nginx", "wrk", "taskset")
SERVER_CORE, CLIENT_CORE = "0", "1"
PATIENCE = 30  # seconds for a server to start
NGINX = """\
daemon off;
{user}
worker_processes 1;
pid nginx.pid;
error_log error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    keepalive_requests 1000000;
    open_file_cache max=1000 inactive=60s;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    include server.conf;
}}
"""
SCRIPT = 'wrk.headers["If-None-Match"] = os.getenv("TAG")\n'


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        sys.exit(f"the program {name} is missing")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def feeds(*words: str | Path, cwd: Path) -> None:
    subprocess.run([sys.executable, "-m", "feeds", *words], cwd=cwd, capture_output=True, check=True)


@contextmanager
def running(port: int, cwd: Path, *command: str) -> Iterator[int]:
    pinned = [program("taskset"), "-c", SERVER_CORE, *command]
    process = subprocess.Popen(pinned, cwd=cwd, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers(port) and time.monotonic() < deadline:
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def tag_of(port: int) -> str:
    """Return the tag of the feed, with which a request is answered with 304."""
    tag = ask(port, {}).headers["ETag"]
    if ask(port, {"If-None-Match": tag}).status != http.HTTPStatus.NOT_MODIFIED:
        sys.exit("a server sends what the client has")
    return str(tag)


def ask(port: int, fields: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/all.rss", headers={"Host": "localhost"} | fields)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def requests_a_second(port: int, folder: Path, seconds: int, connections: int) -> float:
    """Return how many answers of status 304 a server sends."""
    command = [program("taskset"), "-c", CLIENT_CORE, program("wrk"), "-t1", f"-c{connections}", f"-d{seconds}"]
    command += ["-H", "Host: localhost", "-s", "wrk.lua", f"http://127.0.0.1:{port}/all.rss"]
    tagged = os.environ | {"TAG": tag_of(port)}
    said = subprocess.run(command, cwd=folder, env=tagged, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    if not found or "Non-2xx" in said or "Socket errors" in said:
        sys.exit(f"the measurement failed:\n{said}")
    return float(found[1])


def write_nginx(folder: Path, port: int) -> None:
    """Set nginx up as `feeds init --server nginx` does, without a root that gives its rights away."""
    feeds("init", "--server", "nginx", cwd=folder)
    text = (folder / "server" / "nginx.conf").read_text(encoding="utf-8")
    (folder / "server.conf").write_text(text.replace("listen 80;", f"listen 127.0.0.1:{port};"), encoding="utf-8")
    user = "user root root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(NGINX.format(user=user), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement")
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=3, help="the two taking turns; medians are printed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, ports = Path(name), (free_port(), free_port())
        write_corpus(folder / "seeds", RECORDS)
        feeds("build", "--no-cache", cwd=folder)
        write_nginx(folder, ports[1])
        (folder / "wrk.lua").write_text(SCRIPT, encoding="utf-8")
        served = [sys.executable, "-m", "feeds", "serve", "public", "--no-watch", "--port", str(ports[0])]
        beside = [program("nginx"), "-p", name, "-e", "error.log", "-c", "nginx.conf"]
        os.environ.setdefault("PYTHONPATH", str(CHECKOUT))
        with running(ports[0], folder, *served), running(ports[1], folder, *beside):
            rounds = [
                [requests_a_second(port, folder, asked.seconds, asked.connections) for port in ports]
                for _ in range(asked.rounds)
            ]
    ours, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    told = f"answers 304 a second, {asked.connections} connections, the server on one core, its clients on another"
    figures = f"feeds serve {ours:,.0f}, nginx {theirs:,.0f}: 1 to {theirs / ours:.1f}"
    sys.stdout.write(f"{told}:\n{figures}\n")


if __name__ == "__main__":
    main()
