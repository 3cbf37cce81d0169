"""Chromium over its debugging pipe: one page, and nothing that keeps a record of what the page does.

Playwright follows every request of a page; the page's process keeps that record, which outweighs what the page holds.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

# The pipe's ends are descriptors 3 (commands) and 4 (answers) of the browser.
START = 'exec "$0" "$@" 3<&{commands} 4>&{answers}'


class Page:
    """One page, spoken to by its protocol; an answer that names an error raises RuntimeError."""

    def __init__(self, commands: int, answers: int) -> None:
        self._out, self._in = os.fdopen(commands, "wb", 0), os.fdopen(answers, "rb")
        self._number, self._held = 0, b""
        self._session = ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        """Send a command, return its result."""
        self._number += 1
        command: dict[str, object] = {"id": self._number, "method": method, "params": params}
        if self._session:
            command["sessionId"] = self._session
        self._out.write(json.dumps(command).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return dict(answer["result"])

    def value(self, script: str) -> Any:
        """Evaluate a script in the page."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            heard = os.read(self._in.fileno(), 1 << 16)
            if not heard:
                raise RuntimeError("Chromium ended")
            self._held += heard
        message, self._held = self._held.split(b"\0", 1)
        return dict(json.loads(message))


@contextmanager
def chromium(arguments: Sequence[str]) -> Iterator[tuple[Page, int]]:
    """Start a browser; give its page and its process number. Ends with the block."""
    (theirs, ours), (heard, said) = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory() as profile:
        command = [shutil.which("chromium") or "chromium", "--headless=new", "--remote-debugging-pipe", *arguments]
        start = START.format(commands=theirs, answers=said)
        process = subprocess.Popen(
            ["bash", "-c", start, *command, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(theirs, said),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        os.close(said)
        try:
            yield Page(ours, heard), process.pid
        finally:
            process.terminate()
            process.wait(20)
