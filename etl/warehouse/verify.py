"""Everything the seals promise, recomputed from the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Engine, func, or_, select, text

from etl.catalogue.canonical import from_json
from etl.catalogue.models import METHOD, Catalogue
from etl.catalogue.period import from_code
from etl.warehouse import schema
from etl.warehouse.read.stored_records import broken_records, count_records, record_digests
from etl.warehouse.schema import IDENTITY, REALISATION, run, vintage
from etl.warehouse.seal import GENESIS, content_hash, seal, text_hash
from etl.warehouse.seal_forms import FORMS
from etl.warehouse.sealed_content import metadata, row_digests, stored_findings_hash
from etl.warehouse.write.recompute import Key, compute, current_trees, scored_regions

_CHAIN = ", ".join(IDENTITY)
_VERSIONS = f"""
SELECT vintage_no, count(*) FROM (
    SELECT vintage_no, superseded_in, version,
        row_number() OVER line AS expected_version, lead(vintage_no) OVER line AS next_vintage
    FROM observation WINDOW line AS (PARTITION BY {_CHAIN} ORDER BY vintage_no)
) AS lined
WHERE version <> expected_version OR superseded_in IS DISTINCT FROM next_vintage
GROUP BY vintage_no ORDER BY vintage_no
"""  # noqa: S608 - names of our own columns
_LATEST = f"""
SELECT count(*) FROM (
    SELECT region_id, series_id, max(period_id) AS period_id FROM observation
    WHERE kind = {REALISATION} AND superseded_in IS NULL AND (value IS NOT NULL OR category IS NOT NULL)
    GROUP BY region_id, series_id
) AS true_latest
FULL JOIN latest ON latest.region_id = true_latest.region_id AND latest.series_id = true_latest.series_id
WHERE latest.period_id IS DISTINCT FROM true_latest.period_id
"""  # noqa: S608 - names of our own columns
# Neither empty nor only marked as gone: such versions are made of what a load does not give.
_ACCEPTED = """
SELECT vintage_no, count(*) FROM observation JOIN annotation ON annotation.id = observation.annotation_id
WHERE (value IS NOT NULL OR category IS NOT NULL) AND ',' || annotation.marks || ',' NOT LIKE '%,gone,%'
GROUP BY vintage_no
"""
_CONTESTED = """
SELECT count(*) FROM (
    SELECT region.base, series.indicator_id, observation.period_id, observation.kind
    FROM observation
    JOIN region ON region.id = observation.region_id
    JOIN series ON series.id = observation.series_id
    WHERE observation.superseded_in IS NULL
    GROUP BY region.base, series.indicator_id, observation.period_id, observation.kind
    HAVING count(*) > 1
) AS truly
FULL JOIN contested ON contested.base = truly.base AND contested.indicator_id = truly.indicator_id
    AND contested.period_id = truly.period_id AND contested.kind = truly.kind
WHERE truly.base IS NULL OR contested.base IS NULL
"""

DECIDED = {None: "waiting", "accept": "loaded", "return": "returned"}  # verdict -> how the attempt must have ended


@dataclass(frozen=True, slots=True)
class BrokenSeal:
    """A promise that does not hold. `vintage`, `run` and `feed` where it can be told."""

    vintage: int | None
    run: int | None
    feed: str | None
    sentence: str


def verify(engine: Engine) -> list[BrokenSeal]:
    """Recompute rows, versions, findings, catalogues, scores and the chain; return what does not hold."""
    with engine.connect() as connection:
        return list(_Check(connection).faults())


class _Check:
    """One pass over one snapshot."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.loads = {row.vintage_no: row for row in connection.execute(select(run))}
        self.catalogues = {row.hash: row for row in connection.execute(select(schema.catalogue))}

    def fault(self, number: int | None, trouble: str) -> BrokenSeal:
        """Name the load a vintage came from, in front of what is wrong with it."""
        load = self.loads.get(number)
        if load is None:
            return BrokenSeal(number, None, None, f"Keadaan data {number}: {trouble}" if number else trouble)
        where = f"Pemuatan data {load.id} dari kiriman {load.feed} (keadaan data {number})"
        return BrokenSeal(number, load.id, load.feed, f"{where}: {trouble}")

    def faults(self) -> Iterator[BrokenSeal]:
        """Give all faults, those of the chain first."""
        yield from self._chain()
        for number, count in self.connection.execute(text(_VERSIONS)):
            yield self.fault(number, f"urutan versi {count} angka tidak lagi utuh.")
        for number in broken_records(self.connection):
            yield self.fault(number, "urutan versi catatan tidak lagi utuh.")
        for query, name in ((_LATEST, "angka terbaru"), (_CONTESTED, "beda data")):
            if count := self.connection.scalar(text(query)):
                yield self.fault(None, f"Daftar {name} tidak cocok dengan angkanya pada {count} baris.")
        yield from self._periods()
        yield from self._lost_loads()
        yield from self._decisions()
        yield from self._scores()

    def _periods(self) -> Iterator[BrokenSeal]:
        """The dates of a period decide what is newest, and follow from its code."""
        for row in self.connection.execute(select(schema.period)):
            true = from_code(row.code)
            if (row.start, row.end) != (true.start, true.end):
                yield self.fault(None, f"Tanggal periode {row.code} tidak cocok dengan kodenya.")

    def _lost_loads(self) -> Iterator[BrokenSeal]:
        """A chain whose newest vintages are cut off is whole in itself; the attempts remember that there were more."""
        runs = {each.id for each in self.loads.values()}
        for row in self.connection.execute(select(schema.attempt).where(schema.attempt.c.run_id.is_not(None))):
            if row.run_id not in runs:
                sentence = f"Pemuatan data {row.run_id} dari kiriman {row.feed} hilang, padahal tercatat pernah dimuat."
                yield BrokenSeal(None, row.run_id, row.feed, sentence)

    def _decisions(self) -> Iterator[BrokenSeal]:
        """Every attempt that was held back must end as its decision says; the decisions themselves are in the seals."""
        attempt, review, decision = schema.attempt, schema.review, schema.decision
        query = (
            select(attempt.c.id, attempt.c.feed, attempt.c.outcome, review.c.attempt_id, decision.c.verdict)
            .outerjoin(review, review.c.attempt_id == attempt.c.id)
            .outerjoin(decision, decision.c.attempt_id == attempt.c.id)
            .where(or_(review.c.attempt_id.is_not(None), attempt.c.outcome.in_(("waiting", "returned"))))
        )
        for number, feed, outcome, held, verdict in self.connection.execute(query):
            if held is None:
                yield BrokenSeal(
                    None, number, feed, f"Pemuatan data {number} dari kiriman {feed}: catatan penahanannya hilang."
                )
            elif outcome != DECIDED[verdict]:
                sentence = f"Pemuatan data {number} dari kiriman {feed}: keputusan walidata hilang atau diubah."
                yield BrokenSeal(None, number, feed, sentence)

    def _chain(self) -> Iterator[BrokenSeal]:
        """Compare every vintage with its seal, and the seals with each other."""
        contents: dict[int, str] = {}
        counts: dict[int, int] = {row[0]: row[1] for row in self.connection.execute(text(_ACCEPTED))}
        counts |= count_records(self.connection)
        seals = {row.vintage_no: row for row in self.connection.execute(select(schema.seal))}
        forms = {number: row.form for number, row in seals.items() if row.form in FORMS}
        rows, records = row_digests(self.connection, forms=forms), record_digests(self.connection, forms=forms)
        for number, digests in chain(rows, records):
            # Rows of a vintage that no longer stand together cannot be whole: the second hash replaces the first.
            contents[number] = content_hash(digests)
        known = {row.no: row for row in self.connection.execute(select(vintage).order_by(vintage.c.no))}
        for number in sorted(contents.keys() - known.keys()):
            yield self.fault(number, "ada angka dari keadaan data yang tidak tercatat.")
        previous = GENESIS
        for number in range(1, max([*known, *seals], default=0) + 1):
            if number not in known or number not in seals:
                yield self.fault(number, "catatan atau versi datanya hilang.")
                continue
            yield from self._vintage(
                known[number], seals[number], previous, contents.get(number), counts.get(number, 0)
            )
            previous = seals[number].seal

    def _vintage(self, row: Any, sealed: Any, previous: str, content: str | None, count: int) -> Iterator[BrokenSeal]:
        if sealed.form not in FORMS:
            yield self.fault(row.no, f"versi datanya menyebut bentuk {sealed.form}, yang tidak ada; nomornya diubah.")
            return
        load = self.loads.get(row.no)
        expected = row.catalogue_hash if row.kind == "catalogue" else content or content_hash([])
        if sealed.content != expected:
            yield self.fault(
                row.no, "isinya tidak cocok dengan versi data; ada angka yang diubah, dihapus atau ditambahkan."
            )
        if load is not None and load.accepted != count:
            yield self.fault(row.no, f"tercatat {load.accepted} angka diterima, tetapi tersimpan {count}.")
        form = FORMS[sealed.form]
        if load is not None and stored_findings_hash(self.connection, load.id, form) != load.findings_hash:
            yield self.fault(row.no, "catatan baris yang dikembalikan tidak cocok dengan versi data.")
        if not self._is_whole(row.catalogue_hash):
            yield self.fault(row.no, "katalog yang tersimpan tidak cocok dengan sidiknya.")
        if sealed.seal != seal(previous, sealed.content, metadata(self.connection, row.no, sealed.form)):
            yield self.fault(
                row.no, "versi data tidak cocok; waktu, berkas, jumlah baris, skor atau versi data sebelumnya diubah."
            )

    def _is_whole(self, key: str) -> bool:
        stored = self.catalogues.get(key)
        return stored is not None and text_hash(stored.document) == key

    def _scores(self) -> Iterator[BrokenSeal]:
        """Compare the valid stored scores with those computed anew; those of an earlier method stay as they are."""
        newest = select(vintage.c.catalogue_hash).order_by(vintage.c.no.desc()).limit(1)
        key = self.connection.scalar(newest) or ""
        if not self._is_whole(key):
            return  # an empty warehouse, or a fault already told
        try:
            catalogue = from_json(self.catalogues[key].document, self.catalogues[key].form)
            if catalogue.method != METHOD:
                return
            trees = self._recomputed(catalogue)
        except (ArithmeticError, LookupError, ValueError):
            yield self.fault(
                None, "Skor tidak dapat dihitung ulang dari angka yang tersimpan; betulkan dulu yang di atas."
            )
            return
        stored = current_trees(self.connection)
        since = self._score_vintages()
        for place in sorted(trees.keys() | stored.keys()):
            if trees.get(place) != stored.get(place):
                region, period, dimension = place
                yield self.fault(
                    since.get(place), f"skor {dimension} {region} {period} tidak cocok dengan hitungan ulang."
                )

    def _recomputed(self, catalogue: Catalogue) -> dict[Key, str]:
        trees: dict[Key, str] = {}
        for region in sorted(scored_regions(catalogue)):
            trees |= compute(self.connection, catalogue, region)
        return trees

    def _score_vintages(self) -> dict[Key, int]:
        score = schema.score
        query = select(score.c.region, score.c.period, score.c.dimension, func.max(score.c.vintage_no))
        query = query.group_by(score.c.region, score.c.period, score.c.dimension)
        return {(row[0], row[1], row[2]): row[3] for row in self.connection.execute(query)}
