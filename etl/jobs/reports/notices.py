"""Notices: what concerns people is told once, bundled, when it begins, gets worse or is over.

An address is a secret: it is never logged, stored or repeated. A gateway that fails costs nothing but its message.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass

import apprise
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from etl.jobs.job_context import JobContext
from etl.jobs.reports.status_report import read_situation
from etl.measures.observation import Observation, Vintage
from etl.settings import NOTICES
from etl.stewardship.alerts import Alert, AlertKind, conflicts, failures, fallen, lateness, returns
from etl.stewardship.letters import day_words
from etl.warehouse.db_errors import explain
from etl.warehouse.read.open_notices import Notice, open_notices
from etl.warehouse.read.queries import contested, current_vintage, observations, series
from etl.warehouse.write.notice_log import keep_sent

log = logging.getLogger(__name__)
SHOWN = 8  # lines of one kind; the page has them all
REMINDED: tuple[AlertKind, ...] = ("failed", "late")  # what somebody has to end is said again after a day
DAY = dt.timedelta(days=1)
Figures = list[Observation]
TARGETS = 10_000  # more than any plan holds
HEADINGS: dict[AlertKind, str] = {
    "failed": "Kiriman gagal",
    "late": "Terlambat",
    "returned": "Baris dikembalikan",
    "conflict": "Beda data",
    "band": "Turun tingkat capaian",
}


@dataclass(frozen=True, slots=True)
class Round:
    """What there is to say now: alerts, and earlier notices that are over."""

    alerts: tuple[Alert, ...]
    over: tuple[Notice, ...]

    @property
    def is_empty(self) -> bool:
        return not self.alerts and not self.over


def send_round(context: JobContext) -> bool:
    """Say what is to be said, to the addresses in PANTAU_NOTICES; tell whether anything was sent. Never raises."""
    if not (addresses := addresses_of(context)):
        return False
    try:
        with context.engine.connect() as connection:
            due = due_round(connection, context)
        if due.is_empty or not _deliver(addresses, *letter(due, context)):
            return False
        keep_sent(context.engine, due.alerts, [each.key for each in due.over], context.now())
    except SQLAlchemyError as error:
        log.error("pemberitahuan: gudang data tidak dapat dipakai: %s", explain(error))
        return False
    except Exception:  # a notice is never worth a load
        log.exception("pemberitahuan gagal dibuat")
        return False
    return True


def addresses_of(context: JobContext) -> str:
    """Return where notices go, as it was set; empty where they are not sent."""
    return context.environ.get(NOTICES.name, "").strip()


def due_round(connection: Connection, context: JobContext) -> Round:
    """Compare what stands open with what was said already."""
    said, found = open_notices(connection), standing_alerts(connection, context)
    new = tuple(each for each in found if _is_news(each, said.get(each.key), context.now()))
    keys = {each.key for each in found}
    return Round(new, tuple(each for key, each in said.items() if key not in keys))


def _is_news(alert: Alert, said: Notice | None, now: dt.datetime) -> bool:
    if said is None or alert.weight > said.weight:
        return True
    return alert.kind in REMINDED and now - said.sent_at >= DAY


def standing_alerts(connection: Connection, context: JobContext) -> list[Alert]:
    """Return everything that stands open now."""
    seen, vintage, catalogue = read_situation(connection, context), current_vintage(connection), context.catalogue
    last = {name: state.last_attempt for name, state in seen.status.items()}
    found = [*failures(catalogue, last), *lateness(seen.desk), *returns(catalogue, seen.desk.returned)]
    if vintage is None:
        return found
    found += conflicts(catalogue, contested(connection, vintage))
    found += fallen(catalogue, *_judged(connection, context, vintage))
    return found


def _judged(connection: Connection, context: JobContext, vintage: Vintage) -> tuple[Figures, Figures]:
    """Return the home region's realisations of whatever has a target there, and its targets from files."""
    fed = observations(connection, vintage, region=context.home, kind="target", limit=TARGETS)
    named = {each.indicator for each in fed} | {each.id for each in context.catalogue.indicators if each.targets}
    figures = [each for name in sorted(named) for each in series(connection, vintage, name, [context.home])]
    return figures, fed


def letter(due: Round, context: JobContext) -> tuple[str, str]:
    """Write one message of all that is to be said: its title and its text."""
    parts = [_part(HEADINGS[kind], [each.text for each in due.alerts if each.kind == kind]) for kind in HEADINGS]
    parts.append(_part("Sudah pulih", [each.text for each in due.over]))
    title = f"Pantau {context.catalogue.region[context.home].name}, {day_words(context.today())}"
    return title, "\n\n".join(each for each in parts if each)


def _part(heading: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    rest = [f"… dan {len(lines) - SHOWN} lainnya, lihat halaman Data"] if len(lines) > SHOWN else []
    return "\n".join([f"{heading} ({len(lines)})", *(f"- {each}" for each in lines[:SHOWN]), *rest])


def _deliver(addresses: str, title: str, text: str) -> bool:
    """Send to every address; tell whether one took it. Apprise's own log is kept shut, for it repeats addresses."""
    logging.getLogger("apprise").disabled = True
    box = apprise.Apprise()
    try:
        known = box.add(addresses)
    except Exception:  # noqa: BLE001  its text may hold an address
        known = False
    if not known:
        log.error("pemberitahuan: sebagian alamat pada %s tidak dikenal apprise", NOTICES.name)
    taken = [_take(place, server, title, text) for place, server in enumerate(box, 1)]
    return any(taken)


def _take(place: int, server: apprise.NotifyBase, title: str, text: str) -> bool:
    taken = False
    try:
        taken = bool(server.notify(body=text, title=title))
    except Exception as error:  # noqa: BLE001  its text may hold the address
        log.error("pemberitahuan ke alamat %d gagal: %s", place, type(error).__name__)
        return False
    if not taken:
        log.error("pemberitahuan ke alamat %d (%s) tidak diterima; dicoba lagi pada putaran berikut", place,
                  server.service_name)  # fmt: skip
    return taken
