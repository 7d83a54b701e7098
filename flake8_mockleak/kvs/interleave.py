"""Systematic interleaving: another thread steps in at every line of a call.

Threads that race by chance show a fault now and then; this shows it every time. The call runs in a thread that is
traced line by line. Before each line the intruder gets its turn, in a thread of its own. Where the store holds a lock
the intruder has to wait for it: then the call goes on, and the intruder's turn ends when it gets the lock.
"""

from __future__ import annotations

import os
import queue
import sys
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flake8_mockleak.kvs.bench import Bench

_OWN = {
    os.path.join(os.path.dirname(__file__), name) for name in ("views.py", "script.py", "bench.py", "interleave.py")
}
_PATIENCE = 0.02
_MOST_TURNS = 400


def interleave(b: Bench, action: Callable[[], Any], intrude: Callable[[], Any], only: int | None = None) -> int:
    """Run ``action`` and, before each line that it executes, ``intrude`` in another thread.

    With ``only`` the intruder has one turn, before the line of that number, counted from 0. Returns the number of
    lines. What either raises is raised. AssertionError when the two block each other.
    """
    turns: queue.SimpleQueue[bool] = queue.SimpleQueue()
    done: queue.SimpleQueue[bool] = queue.SimpleQueue()
    errors: list[BaseException] = []
    state = {"lines": 0, "turns": 0, "waiting": False}

    def serve() -> None:
        while turns.get():
            try:
                intrude()
            except BaseException as error:
                errors.append(error)
            done.put(True)

    def step() -> None:
        state["lines"] += 1
        if only is not None and state["lines"] != only + 1:
            return
        if state["waiting"]:
            state["waiting"] = done.empty()
            if not state["waiting"]:
                done.get()
            return
        if state["turns"] >= _MOST_TURNS or errors:
            return
        state["turns"] += 1
        turns.put(True)
        try:
            done.get(timeout=_PATIENCE)
        except queue.Empty:
            state["waiting"] = True

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        # Not in the suite's own lines, and not in the interpreter's: pickle, threading, socket.
        if frame.f_code.co_filename in _OWN or _of_the_interpreter(frame):
            return None
        if event == "line":
            step()
        return trace

    def run() -> Any:
        previous = sys.gettrace()
        sys.settrace(trace)
        try:
            return action()
        finally:
            sys.settrace(previous)

    intruder = b.start(serve)
    actor = b.start(run)
    try:
        actor.result(20)
        if state["waiting"]:
            done.get(timeout=10)
    except queue.Empty:
        raise AssertionError("another thread that stepped in is still waiting after the call was over") from None
    finally:
        turns.put(False)
    intruder.result(10)
    if errors:
        raise errors[0]
    return state["lines"]


_STDLIB = os.path.dirname(os.__file__)
_SITE = os.path.join(_STDLIB, "site-packages")


def _of_the_interpreter(frame: FrameType) -> bool:
    name = frame.f_code.co_filename
    return name.startswith("<") or (name.startswith(_STDLIB) and not name.startswith(_SITE))
