"""When to try again, and how long to wait: transport faults, busy servers and a firewall's pages pass."""

from __future__ import annotations

import datetime as dt
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

from tenacity import RetryCallState, Retrying, retry_if_exception_type

from etl.connectors.web.wire import Clock, Resolve, resolve


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, in seconds, and how often one may try; `gap` lies between two requests."""

    connect: float = 10
    read: float = 30
    request: float = 120
    fetch: float = 600
    attempts: int = 4
    longest_wait: float = 60
    gap: float = 0

    def within(self, seconds: float) -> Limits:
        """End the fetch well before a run's own time-out, so that there is time to say why."""
        return replace(self, fetch=min(self.fetch, seconds * 0.8))


@dataclass(frozen=True, slots=True)
class Pace:
    """The clock that requests live by; tests pass one that does not wait."""

    sleep: Callable[[float], None] = time.sleep
    clock: Clock = time.monotonic
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    resolve: Resolve = resolve


class PassingError(Exception):
    """A fault that another try may cure; the message is an Indonesian sentence."""

    def __init__(self, sentence: str, wait: float | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


def retrying(limits: Limits, pace: Pace, ends: float) -> Retrying:
    """Make the loop of tries: it ends with the number of attempts, the time, or a wait longer than we accept.

    `ends` is the moment of the pace's clock by which the fetch must have ended.
    """

    def stop(state: RetryCallState) -> bool:
        tired = state.attempt_number >= limits.attempts
        asked = state.upcoming_sleep
        return tired or asked > limits.longest_wait or pace.clock() + asked >= ends

    again = retry_if_exception_type(PassingError)
    return Retrying(retry=again, stop=stop, wait=_wait, sleep=pace.sleep, reraise=True)


def _wait(state: RetryCallState) -> float:
    """Wait as long as the server asks, else 1, 2, 4, … seconds and up to half as much again."""
    fault = state.outcome.exception() if state.outcome else None
    if isinstance(fault, PassingError) and fault.wait is not None:
        return fault.wait
    return float(2 ** (state.attempt_number - 1) * random.uniform(1, 1.5))  # noqa: S311


def asked_wait(text: str | None, now: dt.datetime) -> float | None:
    """Read a Retry-After: seconds, or a date."""
    if text is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", text.strip()):
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or dt.UTC) - now).total_seconds())
