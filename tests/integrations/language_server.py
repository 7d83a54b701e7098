"""A small editor: it starts python-lsp-server, opens a file in it, types, and reads the diagnostics."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from pylsp_jsonrpc.endpoint import Endpoint
from pylsp_jsonrpc.streams import JsonRpcStreamReader, JsonRpcStreamWriter

Diagnostic = dict[str, Any]

TIMEOUT = 60.0
"""Seconds that an answer of the server is waited for."""

_OTHERS = ("pyflakes", "pycodestyle", "mccabe", "pylint", "pydocstyle", "autopep8", "yapf", "black")


class Editor:
    """One document that is being edited. Leaving the context ends the server."""

    def __init__(self, path: Path, root: Path, log: IO[bytes], flake8: str | None = None) -> None:
        """Start the server for the project in ``root``; its errors go to ``log``.

        ``flake8`` is the program it runs, by default that of this environment.
        """
        self._uri = path.as_uri()
        self._version = 0
        self._published: queue.Queue[list[Diagnostic]] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pylsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=root
        )
        self._reader = JsonRpcStreamReader(self._process.stdout)
        self._endpoint = Endpoint(_Ignoring(self._publish), JsonRpcStreamWriter(self._process.stdin).write)
        self._thread = threading.Thread(target=self._reader.listen, args=(self._endpoint.consume,), daemon=True)
        self._thread.start()
        self._ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": {}})
        self._endpoint.notify("initialized", {})
        plugins: dict[str, dict[str, object]] = {name: {"enabled": False} for name in _OTHERS}
        plugins["flake8"] = {"enabled": True, "executable": flake8 or str(Path(sys.executable).with_name("flake8"))}
        settings = {"settings": {"pylsp": {"plugins": plugins}}}
        self._endpoint.notify("workspace/didChangeConfiguration", settings)

    def __enter__(self) -> Editor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._ask("shutdown", None)
            self._endpoint.notify("exit")
            self._process.wait(TIMEOUT)
        finally:
            self._process.kill()
            self._process.wait()
            self._thread.join()
            self._endpoint.shutdown()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()

    def open(self, text: str) -> list[Diagnostic]:
        """Open the document with that text, which need not be what is on the disk, and return its diagnostics."""
        document = {"uri": self._uri, "languageId": "python", "version": self._version, "text": text}
        return self._after("textDocument/didOpen", {"textDocument": document})

    def change(self, text: str) -> list[Diagnostic]:
        """Type until the document has that text, and return its diagnostics."""
        self._version += 1
        document = {"uri": self._uri, "version": self._version}
        return self._after("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def _after(self, method: str, parameters: dict[str, Any]) -> list[Diagnostic]:
        while not self._published.empty():
            self._published.get()
        self._endpoint.notify(method, parameters)
        return self._published.get(timeout=TIMEOUT)

    def _ask(self, method: str, parameters: dict[str, Any] | None) -> Any:
        return self._endpoint.request(method, parameters).result(TIMEOUT)

    def _publish(self, parameters: dict[str, Any]) -> None:
        if parameters["uri"] == self._uri:
            self._published.put(parameters["diagnostics"])


class _Ignoring(dict[str, Any]):
    """What the server may ask or tell: the diagnostics are taken, and the rest is acknowledged."""

    def __init__(self, publish: Any) -> None:
        super().__init__({"textDocument/publishDiagnostics": publish})

    def __missing__(self, method: str) -> Any:
        return lambda parameters: None


def timed_change(editor: Editor, text: str) -> tuple[float, list[Diagnostic]]:
    """Return the seconds from a change to its diagnostics, and those."""
    begin = time.perf_counter()
    found = editor.change(text)
    return time.perf_counter() - begin, found
