"""A feed's lines in indicators.yaml: what is still to be filled in, and filling it in without touching the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPEN = re.compile(r"^\s+(\w+): .*?(ISI_\w+)(?:[^#]*)(?:#\s*(.*))?$")


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An entry that a feed leaves open: its key, and the words that say what belongs there."""

    key: str
    hint: str


def open_entries(text: str, feed: str) -> list[OpenEntry]:
    """List the entries of a feed that hold or mention `ISI_…`, in their order."""
    lines, (start, end) = text.split("\n"), _block(text, feed)
    found = [match for line in lines[start:end] if (match := OPEN.match(line))]
    return [OpenEntry(each[1], (each[3] or each[2]).strip()) for each in found]


def fill_in(text: str, feed: str, entries: dict[str, str]) -> str:
    """Return the document with entries of a feed set to YAML words; raises ValueError where one has no line.

    Every other line, comments too, stays as it is.
    """
    lines, (start, end) = text.split("\n"), _block(text, feed)
    for key, word in entries.items():
        places = [at for at in range(start, end) if re.match(rf"\s+{key}:(\s|$)", lines[at])]
        if len(places) != 1:
            raise ValueError(f"Kiriman {feed} tidak punya satu baris “{key}:” di indicators.yaml. Isi dengan tangan.")
        indent = re.match(r"\s*", lines[places[0]])
        lines[places[0]] = f"{indent[0] if indent else ''}{key}: {word}"
    return "\n".join(lines)


def _block(text: str, feed: str) -> tuple[int, int]:
    """Return the first line of a feed and the one behind its last; raises ValueError where it has none."""
    lines = text.split("\n")
    begins = [at for at, line in enumerate(lines) if re.match(r"feeds:\s*$", line)]
    first = next((at for at in range(begins[0] if begins else len(lines), len(lines))
                  if re.match(rf"\s*- id: {re.escape(feed)}\s*(#.*)?$", lines[at])), None)  # fmt: skip
    if first is None:
        raise ValueError(f"Kiriman {feed} tidak ditemukan di indicators.yaml sebagai baris “- id: {feed}”.")
    after = (at for at in range(first + 1, len(lines)) if re.match(r"\s*- id: |\S", lines[at]))
    return first, next(after, len(lines))
