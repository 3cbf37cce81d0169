"""Records of figures as the warehouse returns them and the pure functions take them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from etl.catalogue.observation_fields import SHOWN
from etl.catalogue.observation_fields import Observation as Observation
from etl.catalogue.observation_fields import Place as Place
from etl.catalogue.reference import Kind

Basis = Literal["target", "reference", "categories"]
Absence = Literal["no_data", "expired", "no_basis", "no_target"]


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """Where a leaf's figure would lie by another choice."""

    __pydantic_config__ = SHOWN

    kind: str
    """logarithm, spacing-low, spacing-high, error-low, error-high, rival."""
    score: Fraction
    """0 sampai 100."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One indicator in a score tree: its share of the dimension, and its score or why it has none."""

    __pydantic_config__ = SHOWN

    indicator: str
    subdimension: str
    weight: Fraction
    """Bagiannya dari seluruh dimensi; semua daun berjumlah 1."""
    score: Fraction | None
    """0 sampai 100."""
    raw: Fraction | None
    """Skor sebelum dijepit pada 0 sampai 100."""
    basis: Basis | None
    absence: Absence | None
    series: str | None
    period: str | None
    """Periode angkanya sendiri."""
    observation: int | None
    """`id` angkanya di observations."""
    target: str | None
    """Nilai target periode itu, sebagai teks."""
    disputed: bool
    """Apakah angka lain yang berlaku berbeda berarti (beda data); pada metode 1: jatuh pada pita yang berbeda."""
    late: bool = False
    """Apakah rilis berikutnya seharusnya sudah terbit pada akhir periode skor; angkanya tetap dihitung."""
    others: tuple[OtherPlace, ...] = ()
    """Letaknya menurut pilihan lain, untuk ketangguhan."""


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """The product's own construct, 0 to 100: since method 2 a position between reference points.

    `score` is None where the figures are too few. Method 1 (to version 0.2.0) counted achievements too, and sorted
    scores into bands of achievement; what it stored stays as it is.
    """

    __pydantic_config__ = SHOWN

    dimension: str
    region: str
    period: str
    score: Fraction | None
    """0 sampai 100; null bila belum cukup data."""
    low: Fraction
    """Skor bila yang tidak ada dihitung 0."""
    high: Fraction
    """Skor bila yang tidak ada dihitung 100."""
    coverage: Fraction
    """Bobot yang ada angkanya, 0 sampai 1."""
    present: int
    total: int
    band: int | None
    """Hanya metode 1: pita capaian, 1 (sangat rendah) sampai 5 (sangat tinggi)."""
    leaves: tuple[Leaf, ...]
    method: int = 1
    """Cara hitung; skor dua metode tidak sebanding."""
    position: int | None = None
    """Metode 2: 1 (jauh dari acuan terbaik) sampai 5 (dekat); null di bawah dua pertiga bobot."""
    robust_low: Fraction | None = None
    """P5 skor atas semua pilihan hitung lain yang masuk akal."""
    robust_high: Fraction | None = None
    """P95 skor atas semua pilihan hitung lain yang masuk akal."""
    variants: int = 0
    """Banyaknya pilihan hitung yang dicoba."""


@dataclass(frozen=True, slots=True)
class Change:
    """Difference to an earlier period over the indicators present in both with one series and basis."""

    since: str
    difference: Fraction
    compared: int
    total: int


Reason = Literal["same", "series", "subject", "unit", "rounding", "minor", "revision", "conflict"]


@dataclass(frozen=True, slots=True)
class Contest:
    """A key that more than one row or source speaks about: the shown observation, the others, and the reason.

    Only `conflict` is beda data. `bands_differ` where shown and another fall into different bands.
    """

    indicator: str
    region: str
    period: str
    kind: Kind
    reason: Reason
    shown: Observation
    others: tuple[Observation, ...]
    bands_differ: bool

    @property
    def disputed(self) -> Observation:
        """The figure that others contradict: the shown one, or the first of a series that is not shown."""
        aside = self.reason == "conflict" and self.others[0].series != self.shown.series
        return self.others[0] if aside else self.shown


@dataclass(frozen=True, slots=True)
class Vintage:
    """One state of knowledge. `number` grows by one with each commit; `seal` chains them."""

    __pydantic_config__ = SHOWN

    number: int
    """Bertambah satu setiap kali ada yang dicatat."""
    kind: Literal["data", "catalogue", "review"]
    recorded_at: dt.datetime
    seal: str
    """Versi data, yang merantai versi sebelumnya."""
    content: str
    """Sidik isi, sama pada gudang data mana pun."""
    catalogue: str
    """Sidik katalog yang berlaku."""
    feed: str | None
    run: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """One sealed load. rows_read = accepted + unchanged + refused."""

    id: int
    feed: str
    vintage: int
    started_at: dt.datetime
    recorded_at: dt.datetime
    rows_read: int
    accepted: int
    unchanged: int
    refused: int
    content: str
    files: tuple[str, ...]


AttemptOutcome = Literal["loaded", "unchanged", "empty", "failed", "waiting", "returned", "interrupted"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of a feed, sealed or not. `outcome` None while it runs."""

    id: int
    feed: str
    started_at: dt.datetime
    heartbeat_at: dt.datetime
    finished_at: dt.datetime | None
    outcome: AttemptOutcome | None
    message: str | None
    run: int | None
    rows_read: int
    refused: int
    accepted: int = 0
    unchanged: int = 0
    holder: str | None = None
    file: str | None = None
    sha256: str | None = None
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A refused row (or a warning about a file), kept with its place, raw text and a sentence in Indonesian."""

    id: int
    attempt: int
    run: int | None
    feed: str
    rule: str
    severity: Literal["refused", "warning"]
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    raw: str
    sentence: str
    indicator: str | None = None  # what it speaks about, where that was read before it fell


def guarded(finding: Finding, public: Container[str]) -> Finding:
    """Hide what a file says of an indicator that is not public; the place and the rule stay."""
    if finding.indicator is None or finding.indicator in public:
        return finding
    place = "Berkas" if finding.row is None else f"Baris {finding.row}"
    return replace(finding, raw="", sentence=f"{place}: isinya tidak untuk umum.")
