"""Read thousands of made spreadsheets and count what was read right, what went back, and what came in wrong: none may.

python -m benchmarks.generated_sheets              10,000 of them
python -m benchmarks.generated_sheets --sheets 500 --first 20000   others, fewer

Exits with 1 where a wrong value was accepted, or fewer than 90 % of the figures of sound sheets were read.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.made_sheets import MadeSheet, make
from etl.catalogue.load import load_catalogue
from etl.catalogue.models import Catalogue
from etl.connectors.formats.kinds import read_bytes
from etl.jobs.connector_registry import CONNECTORS
from etl.pipeline.layout.table_header import LayoutError
from etl.pipeline.refine import refine

ROOT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a made sheet: its wrong values in words, and how many of its figures were read right."""

    made: MadeSheet
    wrong: tuple[str, ...]
    right: int
    reasons: tuple[str, ...]


def read(seed: int, catalogue: Catalogue) -> Outcome:
    """Read the sheet of a seed by its feed and compare it with the truth."""
    made, feed, content = make(seed)
    try:
        refined = refine(read_bytes(content), feed, catalogue, TODAY)
    except LayoutError as error:
        return Outcome(made, (), 0, (str(error),))
    accepted = refined.accepted.astype(object)
    taken = {  # a survey's year stands in its month
        (str(row["indicator"]), str(row["region"]), str(row["period"])[:4]): Decimal(str(row["value"]))
        for row in accepted.to_dict("records")
    }
    wrong = tuple(f"{key}: {value}" for key, value in taken.items() if made.truth.get(key) != value)
    sentences = tuple(dict.fromkeys(str(each) for each in refined.findings["sentence"]))
    return Outcome(made, wrong, len(taken) - len(wrong), sentences)


def main() -> int:
    """Read, count and print; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    catalogue = load_catalogue(ROOT, CONNECTORS)
    figures, right, sheets, wrong = Counter[str](), Counter[str](), Counter[str](), list[str]()
    for seed in range(options.first, options.first + options.sheets):
        outcome = read(seed, catalogue)
        trap = outcome.made.trap
        sheets[trap] += 1
        figures[trap] += len(outcome.made.values)
        right[trap] += outcome.right
        if outcome.wrong:
            wrong.append(f"{seed} {outcome.made.name}: {outcome.wrong[0]}")
        elif trap == "none" and outcome.right < len(outcome.made.truth):
            print(f"{seed} {outcome.made.name}: {outcome.right} of {len(outcome.made.truth)}; {outcome.reasons[:1]}")
    for trap in sorted(sheets):
        print(f"{trap:15} {sheets[trap]:6} sheets, {figures[trap]:7} figures, {right[trap]:7} of them read right")
    print("\n".join(wrong), f"{len(wrong)} sheets of which a wrong value was accepted", sep="\n")
    return 1 if wrong or right["none"] < 0.9 * figures["none"] else 0


if __name__ == "__main__":
    sys.exit(main())
