"""Where the processes write what they do: the standard error stream, one line each."""

from __future__ import annotations

import logging
import sys

QUIET = ("apscheduler", "alembic", "httpx", "httpcore")  # their news are not ours; addresses may hold keys


def log_to_stderr() -> None:
    """Let this process log from INFO on."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
