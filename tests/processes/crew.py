"""Real processes that do something at the same moment."""

import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.synchronize import Barrier
from typing import Any, Final, TypeVar

Result = TypeVar("Result")

PATIENCE_S: Final = 60.0
"""So long may the slowest machine take; a crew that takes longer has come to a standstill."""

_processes = multiprocessing.get_context("forkserver")
# What every member needs, imported once: each is a fork of a process that has done nothing else.
_processes.set_forkserver_preload(["pytest", "tests.meetings", "moderator.clock"])


def crew(work: Callable[..., Result], tasks: Sequence[tuple[Any, ...]]) -> list[Result]:
    """What `work` returns for each task, done by a process each, all begun at the same moment.

    Raises RuntimeError with the traceback of a process that failed.
    """
    start = _processes.Barrier(len(tasks))
    pipes = [_processes.Pipe(duplex=False) for _ in tasks]
    members = [
        _processes.Process(target=_do, args=(start, answer, work, task), daemon=True)
        for (_, answer), task in zip(pipes, tasks, strict=True)
    ]
    for member in members:
        member.start()
    try:
        return [_answer_of(question) for question, _ in pipes]
    finally:
        for member in members:
            member.join()


@contextmanager
def beside(work: Callable[..., None], *task: Any) -> Iterator[Callable[[], None]]:
    """Another process that does `work(*task, here, go_on)`; call what is yielded to let it go on.

    `work` sets `here` when it has come to where it is wanted, and then waits for `go_on`.
    """
    here, go_on = _processes.Event(), _processes.Event()
    process = _processes.Process(target=work, args=(*task, here, go_on), daemon=True)
    process.start()
    if not here.wait(PATIENCE_S):
        raise RuntimeError("the process beside never came to where it was wanted")

    def let_go() -> None:
        go_on.set()
        process.join()

    try:
        yield let_go
    finally:
        let_go()


def _do(
    start: Barrier, answer: Connection, work: Callable[..., Any], task: tuple[Any, ...]
) -> None:
    try:
        start.wait(PATIENCE_S)
        answer.send((work(*task), None))
    except BaseException:
        answer.send((None, traceback.format_exc()))
        raise


def _answer_of(question: Connection) -> Any:
    if not wait([question], PATIENCE_S):
        raise RuntimeError("a process of the crew came to a standstill")
    result, failure = question.recv()
    if failure:
        raise RuntimeError(failure)
    return result
