"""What each address of the API answers: read, filter, write rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import cast, get_args

from dashboard.api.api_request import ApiRequest, Reply, not_shown, page
from dashboard.api.catalogue_rows import RegionRow, feed_row, indicator_row, instrument_row, office_row
from dashboard.api.load_rows import FindingRow, RunRow, VintageRow
from dashboard.api.observation_rows import contest_row, observation_row, why_row
from dashboard.api.problems import ProblemError, unknown_word
from dashboard.api.row_models import Row, row_of
from dashboard.api.score_rows import score_row
from dashboard.citation import read_in
from etl.catalogue.period import from_code
from etl.catalogue.reference import Channel
from etl.measures.observation import Contest, Reason, guarded

FILTERS = ("indicator", "region", "series", "kind", "since", "until", "source")


def _whole(rows: Sequence[Row]) -> Reply:
    return Reply(rows, len(rows))


def indicators(ask: ApiRequest) -> Reply:
    """Return every public indicator."""
    return _whole([indicator_row(each, ask.catalogue) for each in ask.indicators().values()])


def indicator(ask: ApiRequest, name: str) -> Reply:
    """Return one indicator; 404 for an unknown or internal one."""
    found = ask.indicators().get(name)
    if found is None:
        raise unknown_word("indikator", name, ask.indicators(), "/api/v1/indicators")
    return Reply(indicator_row(found, ask.catalogue))


def regions(ask: ApiRequest) -> Reply:
    """Return all regions and subjects, from the country down to the villages."""
    return _whole([row_of(RegionRow, each) for each in ask.catalogue.regions])


def observations(ask: ApiRequest) -> Reply:
    """Return one page of current figures of the vintage, internal indicators left out."""
    since, until = ask.text("since"), ask.text("until")
    if since and until and from_code(since).start > from_code(until).end:
        raise ProblemError(400, "since sesudah until", f"{since} > {until}", ("since paling lambat sama dengan until",),
                      "Tukar atau perbaiki keduanya.")  # fmt: skip
    limit, offset = ask.number("limit"), ask.number("offset")
    filters = {name: ask.text(name) for name in FILTERS if ask.text(name)}
    kind = ask.text("source_kind")
    read = read_in(ask.catalogue, cast(Channel, kind)) if kind else {}
    found = ask.reader.observations(ask.vintage, limit=limit + 1, offset=offset, **filters, **read)
    hidden = not_shown(ask, found[:limit])
    public = ask.indicators()
    rows = [
        observation_row(each, ask.catalogue, ask.vintage, each.id not in hidden)
        for each in found[:limit]
        if each.indicator in public
    ]
    return Reply(rows, more=len(found) > limit)


def scores(ask: ApiRequest) -> Reply:
    """Return dimension scores with their trees, one row per region, period and dimension."""
    region = ask.text("region")
    filters = {
        "regions": (region,) if region else None,
        "period": ask.text("period"),
        "dimension": ask.text("dimension"),
    }
    found = ask.reader.scores(ask.vintage, **{name: value for name, value in filters.items() if value})
    chosen, more = page(found, ask)
    return Reply([score_row(each, ask.catalogue) for each in chosen], len(found), more)


def _public_contests(ask: ApiRequest) -> list[Contest]:
    public, indicator, region = ask.indicators(), ask.text("indicator"), ask.text("region")
    return [
        each
        for each in ask.reader.contested(ask.vintage, region)
        if each.indicator in public and indicator in (None, each.indicator)
    ]


def conflicts(ask: ApiRequest) -> Reply:
    """Return contested keys: beda data only, or those of one reason, or all."""
    wanted = ask.text("reason")
    found = [each for each in _public_contests(ask) if wanted in ("all", each.reason)]
    chosen, more = page(found, ask)
    hidden = not_shown(ask, (one for each in chosen for one in (each.shown, *each.others)))
    rows = [contest_row(each, ask.catalogue, ask.vintage, hidden) for each in chosen]
    return Reply(rows, len(found), more)


def conflict_counts(ask: ApiRequest) -> Reply:
    """Return how many contested keys fall under each reason, also where none does."""
    counts = Counter(each.reason for each in _public_contests(ask))
    reasons: tuple[Reason, ...] = get_args(Reason)
    return _whole([{"reason": each, "why": why_row(each), "count": counts[each]} for each in reasons])


def instruments(ask: ApiRequest) -> Reply:
    """Return the SPBE and Pemdi instruments with their weights."""
    return _whole([instrument_row(each, ask.catalogue.scheme) for each in ask.catalogue.instruments])


def offices(ask: ApiRequest) -> Reply:
    """Return the Perangkat Daerah, of one region or of all."""
    region = ask.text("region")
    chosen = [each for each in ask.catalogue.offices if region in (None, each.region)]
    return _whole([office_row(each, ask.catalogue) for each in chosen])


def feeds(ask: ApiRequest) -> Reply:
    """Return every declared feed with its last attempt, last success and counts."""
    status = {each.feed: each for each in ask.reader.feed_status()}
    return _whole([feed_row(each, status.get(each.id)) for each in ask.catalogue.feeds])


def feed(ask: ApiRequest, name: str) -> Reply:
    """Return one feed; 404 for an unknown one."""
    if name not in ask.catalogue.feed:
        raise unknown_word("kiriman data", name, ask.catalogue.feed, "/api/v1/feeds")
    status = {each.feed: each for each in ask.reader.feed_status()}
    return Reply(feed_row(ask.catalogue.feed[name], status.get(name)))


def runs(ask: ApiRequest) -> Reply:
    """Return sealed loads, newest first."""
    limit = ask.number("limit")
    found = ask.reader.runs(limit + 1, ask.number("offset"))
    return Reply([row_of(RunRow, each) for each in found[:limit]], more=len(found) > limit)


def vintages(ask: ApiRequest) -> Reply:
    """Return the chain of vintages, newest first."""
    limit = ask.number("limit")
    found = ask.reader.vintages(limit + 1, ask.number("offset"))
    return Reply([row_of(VintageRow, each) for each in found[:limit]], more=len(found) > limit)


def findings(ask: ApiRequest) -> Reply:
    """Return refused rows and warnings, newest first."""
    limit = ask.number("limit")
    filters = {name: ask.text(name) for name in ("feed", "rule") if ask.text(name)}
    found = ask.reader.findings(limit=limit + 1, offset=ask.number("offset"), **filters)
    told = [guarded(each, ask.catalogue.public) for each in found[:limit]]
    return Reply([row_of(FindingRow, each) for each in told], more=len(found) > limit)
