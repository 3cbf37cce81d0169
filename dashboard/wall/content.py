"""What a wall is sent: plain values only, every text final in the language asked for. The client draws and dates it."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Tone = Literal["good", "bad", "warn", "same", "plain"]
FORMAT = 1


class WallChange(TypedDict):
    """How a figure moved: `way` draws the arrow, `tone` colours it."""

    way: Literal["up", "down", "same"]
    tone: Tone
    text: str
    since: str


class Sentence(TypedDict):
    """The worst thing in one sentence; `texts` say it from long to short, the first that fits is drawn."""

    lead: str
    tone: Tone
    texts: list[str]


class Tile(TypedDict):
    """A dimension: its position or range, or what is missing, and its lead. `position` is 1 to 5, 0 without a word."""

    name: str
    value: str
    position: int
    word: str
    lead: str
    two: str
    none: str
    have: str
    period: str


class Dot(TypedDict):
    """One point of a line; `x` and `y` are shares from the left and from the top."""

    x: float
    y: float
    label: str
    value: str


class Cut(TypedDict):
    """Where a predicate begins, as a share from the top."""

    y: float
    label: str


class Index(TypedDict):
    """An index of digital government with its line, broken where instruments cannot be compared."""

    name: str
    value: str
    band: int
    word: str
    period: str
    change: WallChange | None
    change_none: str
    two: str
    none: str
    note: str
    lines: list[list[Dot]]
    cuts: list[Cut]


class Bar(TypedDict):
    """A realisation beside its target, as shares of one scale that begins at zero."""

    value: float
    target: float


class Row(TypedDict):
    """A development indicator. `bar` only where a target of the same period and series exists."""

    name: str
    period: str
    value: str
    band: int
    bar: Bar | None
    change: WallChange | None
    change_none: str
    target: str
    two: str


class Cell(TypedDict):
    """A regency's position with its range in shares of 0 to 100; `place` is empty where no order can be told."""

    value: str
    none: str
    position: int
    place: str
    low: float | None
    at: float | None
    high: float | None
    two: str


class Column(TypedDict):
    """A regency; `home` is the one whose wall this is."""

    name: str
    home: bool


class Comparison(TypedDict):
    """One dimension across the regencies; `note` says why there is no rank."""

    name: str
    cells: list[Cell]
    note: str


class Count(TypedDict):
    """A large number with what it counts."""

    value: str
    name: str
    tone: Tone


class ListItem(TypedDict):
    """One line of a list."""

    lead: str
    text: str
    tone: Tone


class Group(TypedDict):
    """A list under its heading; `empty` is said where it has no items, `more` where not all are listed."""

    heading: str
    items: list[ListItem]
    more: str
    empty: str


class Area(TypedDict):
    """A kecamatan at its schematic place (`column`, `row`) and its centre, or with its official outline (`path`)."""

    name: str
    value: str
    none: str
    level: int
    column: int
    row: int
    x: float
    y: float
    path: str


class WallScene(TypedDict):
    """One scene. `received` is an ISO time in UTC; `late` is not empty where something is older than promised."""

    id: str
    kind: Literal["tiles", "indices", "rows", "table", "lists", "map"]
    title: str
    sub: str
    worse: int
    note: str
    received: str
    late: str
    sentence: Sentence | None
    spoken: str
    tiles: NotRequired[list[Tile]]
    indices: NotRequired[list[Index]]
    rows: NotRequired[list[Row]]
    columns: NotRequired[list[Column]]
    comparisons: NotRequired[list[Comparison]]
    counts: NotRequired[list[Count]]
    groups: NotRequired[list[Group]]
    areas: NotRequired[list[Area]]
    size: NotRequired[tuple[int, int]]
    unit: NotRequired[str]
    worst: NotRequired[list[ListItem]]
    legend: NotRequired[list[str]]


class Snapshot(TypedDict):
    """All scenes of one region in one language at one vintage; `chain` tells one warehouse from another."""

    format: int
    version: str
    chain: str
    vintage: int
    seal: str
    recorded: str
    day: str
    region: str
    lang: str
    title: str
    simulation: str
    scenes: list[WallScene]
