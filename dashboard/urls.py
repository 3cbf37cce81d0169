"""Addresses: the state of a view lives in the query string, so that every view is a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Literal
from urllib.parse import urlencode

Lang = Literal["id", "en"]
Theme = Literal["gelap", "terang"]

HOME = "/"
SOURCES = "/data"
METHODOLOGY = "/metodologi"
WALL_SETUP = "/wall/atur"


@dataclass(frozen=True, slots=True)
class State:
    """What the reader chose: region, period, as-of date or seal, theme and language; None is the default."""

    wilayah: str | None = None
    periode: str | None = None
    per: str | None = None
    tema: Theme | None = None
    lang: Lang = "id"


def parse(query: Mapping[str, object]) -> State:
    """Read the state from query parameters; unknown themes and languages fall back to the default."""
    text = {name: value.strip() for name, value in query.items() if isinstance(value, str) and value.strip()}
    tema = text.get("tema")
    return State(
        wilayah=text.get("wilayah"),
        periode=text.get("periode"),
        per=text.get("per"),
        tema="gelap" if tema == "gelap" else "terang" if tema == "terang" else None,
        lang="en" if text.get("lang") == "en" else "id",
    )


def href(path: str, state: State, anchor: str = "", **changes: str | None) -> str:
    """Build a link that keeps the state but for the changes; defaults are left out of the query."""
    chosen = asdict(replace(state, **changes))  # type: ignore[arg-type]
    query = urlencode({name: value for name, value in chosen.items() if value and (name, value) != ("lang", "id")})
    asked = f"?{query}" if query or not path else ""  # an empty address would keep the present query
    return path + asked + (f"#{anchor}" if anchor else "")


def beside_state(query: Mapping[str, object]) -> dict[str, object]:
    """Return the query parameters that are a page's own."""
    return {name: value for name, value in query.items() if name not in {each.name for each in fields(State)}}


def extended(address: str, query: Mapping[str, object]) -> str:
    """Add query parameters, a list as repeated ones, to an address without an anchor."""
    extra = urlencode(query, doseq=True)
    return f"{address}{'&' if '?' in address else '?'}{extra}" if extra else address


def indicator_path(indicator: str) -> str:
    """Path of an indicator's page."""
    return f"/indikator/{indicator}"


def observations_csv(indicator: str, region: str, as_of: str | None = None) -> str:
    """Address of the figures of one indicator and region as CSV."""
    query = {"indicator": indicator, "region": region, "format": "csv", "as_of": as_of}
    return "/api/v1/observations?" + urlencode({name: value for name, value in query.items() if value})
