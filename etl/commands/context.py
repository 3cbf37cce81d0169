"""What every command works with: settings, its words, a clock, and how it ends.

Commands import what they run when they run: the help of all of them must not cost what each of them needs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from etl.catalogue.feeds import Feed
    from etl.catalogue.models import Catalogue
    from etl.jobs.job_context import Clock, JobContext

DONE, REFUSED, MISUSED, FAILED = range(4)


class UsageError(Exception):
    """Wrong use or configuration; the message is an Indonesian sentence with the next step."""


@dataclass(frozen=True, slots=True)
class CommandContext:
    """What every command may need: settings, the environment, the words after it, and a clock in UTC."""

    settings: Settings
    environ: Mapping[str, str] = field(repr=False)
    arguments: argparse.Namespace
    clock: Clock

    def catalogue(self) -> Catalogue:
        from etl.catalogue.load import load_catalogue
        from etl.jobs.connector_registry import CONNECTORS

        return load_catalogue(self.settings.root, CONNECTORS)

    def warehouse(self) -> Engine:
        """Open a migrated warehouse."""
        from etl.warehouse.engine import open_engine
        from etl.warehouse.revision import problems

        engine = open_engine(self.settings.database_url)
        if found := problems(engine):
            raise UsageError(" ".join(found))
        return engine

    def job(self, catalogue: Catalogue) -> JobContext:
        """Put together what a job works with, by a migrated warehouse."""
        from etl.jobs.job_context import JobContext

        settings = self.settings
        return JobContext(self.warehouse(), catalogue, settings.root, self.clock, settings.home, self.environ)


def _no_words(parser: argparse.ArgumentParser) -> None:
    """Declare nothing: most commands take no words."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its help is the first line of `run`, `declare` adds its words to the parser."""

    run: Callable[[CommandContext], int]
    declare: Callable[[argparse.ArgumentParser], None] = _no_words


def feed_named(catalogue: Catalogue, name: str) -> Feed:
    """Find a feed by its id; raises UsageError with the nearest one."""
    from etl.catalogue.reading.problem import nearest_word

    if name not in catalogue.feed:
        near = nearest_word(name, list(catalogue.feed))
        hint = f"Maksud Anda “{near}”?" if near else f"Yang ada: {', '.join(catalogue.feed)}."
        raise UsageError(f"Kiriman “{name}” tidak ada. {hint}")
    return catalogue.feed[name]
