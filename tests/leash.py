"""Processes that tests start end with the tests, however those end: by SIGINT and by kill -9 too."""

from __future__ import annotations

import sys

# The kernel kills the process when its parent dies; setpriv belongs to util-linux, so every Debian has it.
PYTHON = ("setpriv", "--pdeathsig", "KILL", sys.executable)
