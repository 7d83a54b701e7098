"""D: programs made by hypothesis, against a model. What fails is shown as the shortest program that does."""

from __future__ import annotations

from flake8_mockleak.kvs.bench import Bench
from flake8_mockleak.kvs.clause import KEYED, clause


@clause("D01", timeout=120)
def any_program_of_data_calls(b: Bench) -> None:
    """Any program of the data calls, with time in between where there is a clock, gives what a dict would give."""
    from flake8_mockleak.kvs.machines import DataMachine, run_machine

    run_machine(lambda: DataMachine(b), examples=40 if not b.time.real else 15, steps=16)


@clause("D02", "mutex", layers=KEYED, timeout=120)
def any_program_of_mutex_calls(b: Bench) -> None:
    """Any program of mutex calls, with time in between where there is a clock, lets one object hold a mutex."""
    from flake8_mockleak.kvs.machines import MutexMachine, run_machine

    run_machine(lambda: MutexMachine(b), examples=30 if not b.time.real else 10, steps=14)
