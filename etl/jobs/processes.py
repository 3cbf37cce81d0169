"""Processes of their own for what may hang, crash or swell: they end with the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

PROCESSES = multiprocessing.get_context("forkserver")


def look_apart(look: Callable[[Path], str | None], path: Path, seconds: float) -> str | None:
    """Return what `look` finds in a file, in another process; None where it dies or takes longer."""
    receiver, sender = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=_answer, args=(look, path, sender), daemon=True)
    process.start()
    sender.close()
    try:
        answer: str | None = receiver.recv() if receiver.poll(seconds) else None
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()
        process.close()
        receiver.close()
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
