"""Processes of their own for what may hang, crash or swell: they end with the one that started them."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

PROCESSES = multiprocessing.get_context("forkserver")
STARTING = threading.Lock()  # starting a process looks after those that ended, which another thread may be closing


@contextlib.contextmanager
def started(target: Callable[..., None], *arguments: Any) -> Iterator[tuple[BaseProcess, Connection]]:
    """Start a process that answers on the connection it is given last; give it and our end, and kill it at the end."""
    receiver, sender = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=target, args=(*arguments, sender), daemon=True)
    with STARTING:
        process.start()
    sender.close()
    try:
        yield process, receiver
    finally:
        process.kill()
        with STARTING:
            process.join()
            process.close()
        receiver.close()


def look_apart(look: Callable[[Path], str | None], path: Path, seconds: float) -> str | None:
    """Return what `look` finds in a file, in another process; None where it dies or takes longer."""
    with started(_answer, look, path) as (_, receiver):
        try:
            answer: str | None = receiver.recv() if receiver.poll(seconds) else None
        except EOFError:
            return None
    return answer


def _answer(look: Callable[[Path], str | None], path: Path, sender: Connection) -> None:
    end_with_parent()
    sender.send(look(path))


def end_with_parent() -> None:
    """Leave no orphan at work when the parent is killed."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
