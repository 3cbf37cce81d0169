"""What the commands say of a run and of what it returned."""

from __future__ import annotations

import pytest

from etl.jobs.reports.run_report import refused_lines
from etl.measures.observation import Finding


@pytest.mark.parametrize(("rule", "waits"), [("di-luar-kebiasaan", True), ("bukan-angka", False)])
def test_a_figure_that_waits_for_a_confirmation_stands_with_the_command_that_releases_it(
    rule: str, waits: bool
) -> None:
    one = Finding(1, 12, None, "uji", rule, "refused", "a.csv", None, 7, "B", "99", "di luar yang biasa", "ipm")
    command = "    lepas: python -m etl confirm 12 --row 7 --by NAMA --reason ALASAN"
    assert (command in refused_lines([one])) == waits
