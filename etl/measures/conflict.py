"""Several sources for one key: which one is shown, and whether the others contradict it (beda data)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import get_args

from etl.catalogue.models import Catalogue
from etl.catalogue.reference import Publication, Status
from etl.measures.materiality import is_crossing, is_minor
from etl.measures.observation import Contest, Observation, Reason
from etl.measures.valuation import step, value_band

SUBJECTS = {"pemprov": "64"}  # the provincial government and the region it governs
STATUSES: tuple[Status, ...] = ("revised", "final", "estimate", "preliminary", "very_preliminary", "progress")
OWN, COPY, OFFICIAL, PRESS = range(4)
LESSER = frozenset({"year_inferred", "rounded"})
Precedence = tuple[int, bool, int, int, int, str, str, str, str, str]


def base_region(region: str) -> str:
    """Return the region whose figures a subject's are contested with: `pemprov` folds into `64`."""
    return SUBJECTS.get(region, region)


def precedence(observation: Observation, catalogue: Catalogue) -> Precedence:
    """Return a sort key, lowest shown: sound, doubtful, claim; with a stated year and all its digits; own release,
    copy, OPD, press; then status, date, publication.

    A producer's revised figure is shown before its earlier one all the same: see `resolve`.
    """
    publication = catalogue.publication.get(observation.publication)
    published = publication.published if publication else None
    return (
        2 if "claim" in observation.marks else int("doubtful" in observation.marks),
        bool(observation.marks & LESSER),
        _channel(observation, catalogue),
        STATUSES.index(observation.status),
        -published.toordinal() if published else 0,
        observation.publication,
        observation.producer,
        observation.series,
        observation.region,
        observation.printed,
    )


def _channel(observation: Observation, catalogue: Catalogue) -> int:
    """Rank where a figure was printed: by the indicator's own producer, as its copy, by another office, by the press.

    A publication unknown to the catalogue is an office's own file.
    """
    publication = catalogue.publication.get(observation.publication)
    if publication is not None and observation.producer == catalogue.indicator[observation.indicator].producer:
        if _is_own_release(observation, publication, catalogue):
            return OWN
        if publication.channel == "copy":
            return COPY
    return PRESS if publication is not None and publication.channel == "press" else OFFICIAL


def _is_own_release(observation: Observation, publication: Publication, catalogue: Catalogue) -> bool:
    producer = catalogue.producer.get(observation.producer)
    return publication.publisher in (observation.producer, producer.name if producer else None)


def resolve(observations: Iterable[Observation], catalogue: Catalogue) -> tuple[Observation, list[Observation]]:
    """Return the observation to show for one key, and the others in order of precedence.

    Raises ValueError for an empty key.
    """
    ordered = _corrected(sorted(observations, key=lambda each: precedence(each, catalogue)))
    if not ordered:
        raise ValueError("tidak ada data untuk dipilih: kunci kosong")
    return ordered[0], ordered[1:]


def _corrected(ordered: list[Observation]) -> list[Observation]:
    """Put a producer's own revised figure before its earlier one, wherever each was printed."""
    for place, each in enumerate(ordered):
        if each.status == "revised" and "doubtful" not in each.marks and _same_matter(each, ordered[0]):
            return [each, *ordered[:place], *ordered[place + 1 :]]
    return ordered


def _same_matter(one: Observation, two: Observation) -> bool:
    return (one.producer, one.series, one.region) == (two.producer, two.series, two.region)


def reason(one: Observation, two: Observation, catalogue: Catalogue, fed: Sequence[Observation] = ()) -> Reason:
    """Say why two observations of one contested key stand side by side; symmetric. Only `conflict` is beda data.

    `minor` is a contradiction too small to mean anything, unless it crosses zero, a cut or a target (`fed` among them).
    """
    if _content(one) == _content(two):
        return "same" if one.printed_unit.casefold() == two.printed_unit.casefold() else "unit"
    if one.series != two.series:
        return "series"
    if one.region != two.region:
        return "subject"
    if _within_rounding(one, two):
        return "rounding"
    if _is_revision(one, two, catalogue):
        return "revision"
    indicator = catalogue.indicator[one.indicator]
    if one.value is not None and two.value is not None and is_minor(catalogue, indicator, one.value, two.value):
        return "conflict" if is_crossing(catalogue, one, two, fed) else "minor"
    return "conflict"


def _content(observation: Observation) -> Decimal | str | None:
    return observation.category.casefold() if observation.category is not None else observation.value


def _within_rounding(one: Observation, two: Observation) -> bool:
    if one.value is None or two.value is None:
        return False
    return abs(one.value - two.value) <= max(_slack(one), _slack(two))


def _slack(observation: Observation) -> Decimal:
    """Return what rounding may hide: half a step, or a whole one where the source is known to have cut digits off."""
    step = observation.step or Decimal(0)
    return step if "rounded" in observation.marks else step / 2


def _is_revision(one: Observation, two: Observation, catalogue: Catalogue) -> bool:
    """Tell whether one producer corrected itself: by status, or by a later release of its own.

    The dates of press reports say nothing about the producer's releases, so they do not count.
    """
    if one.producer != two.producer:
        return False
    if one.status != two.status:
        # A preliminary copy shown over a later print is no revision that has been taken in: it is beda data.
        shown, (other,) = resolve((one, two), catalogue)
        return STATUSES.index(shown.status) < STATUSES.index(other.status)
    dates = [_released(each, catalogue) for each in (one, two)]
    return None not in dates and dates[0] != dates[1]


def _released(observation: Observation, catalogue: Catalogue) -> dt.date | None:
    """Return when the producer itself released the figure; None where it did not, or gave no date."""
    publication = catalogue.publication.get(observation.publication)
    if publication is None:
        return None
    own = publication.channel == "copy" or _is_own_release(observation, publication, catalogue)
    return publication.published if own else None


def contests(
    observations: Iterable[Observation], catalogue: Catalogue, fed: Sequence[Observation] = ()
) -> list[Contest]:
    """Classify every key (indicator, region, period, kind) that more than one current observation speaks about.

    A key gives one contest for each of its series that is in conflict, listing only that series and region; a key
    without conflict gives one contest with the strongest reason. `fed` are target observations: they decide bands.
    Figures of what the catalogue no longer has, an indicator or a region, contest nothing: they are history.
    """
    keys: dict[tuple[str, str, str, str], list[Observation]] = {}
    for each in observations:
        if each.indicator not in catalogue.indicator or each.region not in catalogue.region:
            continue
        keys.setdefault((each.indicator, base_region(each.region), each.period.code, each.kind), []).append(each)
    return [contest for key in sorted(keys) for contest in _classify(keys[key], catalogue, fed)]


def _classify(group: list[Observation], catalogue: Catalogue, fed: Sequence[Observation]) -> list[Contest]:
    """Return the conflicts of one key, or else its strongest other contest; targets of two plans do not contest."""
    identities: dict[tuple[str, str, str], list[Observation]] = {}
    for each in group:
        identities.setdefault((each.plan or "", each.series, each.region), []).append(each)
    found = [_contest(each, catalogue, fed) for _, each in sorted(identities.items()) if len(each) > 1]
    if conflicts := [each for each in found if each.reason == "conflict"]:
        return [_headline_first(each, group, catalogue) for each in conflicts]
    if len({plan for plan, _, _ in identities}) == 1 and len(identities) > 1:
        found.append(_contest(group, catalogue, fed))
    strongest = sorted(found, key=lambda each: -_strength(each.reason))[:1]
    return [_headline_first(each, group, catalogue) for each in strongest]


def _headline_first(contest: Contest, group: Sequence[Observation], catalogue: Catalogue) -> Contest:
    """Show what lists and pages show for the key: the default series, whatever other series is contested."""
    series = catalogue.indicator[contest.indicator].default_series
    wanted = (contest.shown.plan, series, contest.region)
    own = [each for each in group if (each.plan, each.series, each.region) == wanted]
    if contest.shown.series == series or not own:
        return contest
    return replace(
        contest, shown=resolve(own, catalogue)[0], others=(contest.shown, *contest.others), bands_differ=False
    )


def sides(contest: Contest, catalogue: Catalogue) -> list[Observation]:
    """Return the figures of beda data that contradict each other, the one of highest precedence first."""
    first = contest.disputed
    return [first, *(each for each in contest.others if reason(first, each, catalogue) == "conflict")]


def _contest(members: list[Observation], catalogue: Catalogue, fed: Sequence[Observation]) -> Contest:
    """Compare all members with the shown one, which is of the headline series and of the region itself."""
    series = catalogue.indicator[members[0].indicator].default_series
    shown, *others = _corrected(
        sorted(
            members,
            key=lambda each: (
                each.region != base_region(each.region),
                each.series != series,
                each.series,
                precedence(each, catalogue),
            ),
        )
    )
    reasons = [reason(shown, each, catalogue, fed) for each in others]
    strongest = max(reasons, key=_strength)
    return Contest(
        indicator=shown.indicator,
        region=shown.region,
        period=shown.period.code,
        kind=shown.kind,
        reason=strongest,
        shown=shown,
        others=tuple(others),
        bands_differ=strongest == "conflict" and bands_differ(shown, others, catalogue, fed),
    )


def _strength(which: Reason) -> int:
    return get_args(Reason).index(which)


def bands_differ(
    shown: Observation, others: Iterable[Observation], catalogue: Catalogue, fed: Sequence[Observation]
) -> bool:
    """Tell whether a sound observation that conflicts with the shown one falls into another band, or step of place."""
    own = value_band(catalogue, shown, fed), step(catalogue, shown)
    return any(
        "doubtful" not in each.marks
        and reason(shown, each, catalogue, fed) == "conflict"
        and (value_band(catalogue, each, fed), step(catalogue, each)) != own
        for each in others
    )


def reasons(contested: Iterable[Contest]) -> Counter[Reason]:
    """Count contests by reason."""
    return Counter(each.reason for each in contested)
