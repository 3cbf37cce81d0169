"""Which target concerns a realisation, and what the others are called (rule 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from etl.catalogue.models import Catalogue
from etl.catalogue.period import from_code
from etl.measures.effective_targets import EffectiveTarget, due_target, targets_for
from etl.measures.observation import Observation
from tests.making import catalogue, indicator, observation, plan, target


def declared(value: str, period: str, region: str = "64.01", plan: str = "rpjmd", **changes: Any) -> dict[str, Any]:
    return {"region": region, "period": period, "value": Decimal(value), "plan": plan, "source": "uji", **changes}


def house(*targets: dict[str, Any], **changes: Any) -> Catalogue:
    plans = (
        plan(),
        plan("rkpd", kind="RKPD"),
        plan("rpjmn", kind="RPJMN", region="ID"),
        plan("rpjmd-64", region="64"),
        plan("lama", in_force=False),
        plan("lisan", kind="pernyataan"),
    )
    return catalogue(indicator(targets=targets, **changes), plans=plans)


def listed(
    at: str | None, *targets: dict[str, Any], fed: Sequence[Observation] = (), **changes: Any
) -> list[EffectiveTarget]:
    whole = house(*targets, **changes)
    period = from_code(at) if at else None
    return targets_for(whole, whole.indicator["ipm"], changes.get("region", "64.01"), fed, period)


def told(targets: list[EffectiveTarget]) -> list[tuple[str, str, str]]:
    return [(each.period.code, str(each.value), each.state) for each in targets]


def test_a_target_is_due_only_in_its_own_period() -> None:
    found = listed("2025", declared("70", "2024"), declared("75", "2025"), declared("78", "2030"))
    assert told(found) == [("2024", "70", "expired"), ("2025", "75", "due"), ("2030", "78", "future")]


def test_without_a_realisation_nothing_is_due() -> None:
    assert told(listed(None, declared("75", "2025"))) == [("2025", "75", "future")]


def test_a_statement_and_a_replaced_plan_never_count() -> None:
    found = listed("2025", declared("75", "2025", plan="lisan"), declared("70", "2025", plan="lama"))
    assert sorted(told(found)) == [("2025", "70", "expired"), ("2025", "75", "statement")]
    whole = house(declared("75", "2025", plan="lisan"), declared("70", "2025", plan="lama"))
    assert due_target(whole, whole.indicator["ipm"], observation("70", "2025"), []) is None


def test_the_own_target_goes_before_the_province_and_the_province_before_the_nation() -> None:
    nation = declared("60", "2025", "ID", "rpjmn", applies_below=True)
    province = declared("65", "2025", "64", "rpjmd-64", applies_below=True)
    own = declared("70", "2025", plan="rkpd")
    assert told(listed("2025", nation, province, own)) == [
        ("2025", "70", "due"),
        ("2025", "65", "overridden"),
        ("2025", "60", "overridden"),
    ]
    borrowed = listed("2025", nation, province)
    assert [(each.owner, each.lent, each.state) for each in borrowed] == [
        ("64", True, "due"),
        ("ID", True, "overridden"),
    ]


def test_a_parents_target_is_lent_only_where_it_says_so() -> None:
    assert listed("2025", declared("65", "2025", "64", "rpjmd-64")) == []
    assert listed("2025", declared("65", "2025", "64.08", applies_below=True)) == []


def test_the_provincial_government_borrows_nothing_from_its_province() -> None:
    whole = house(declared("65", "2025", "64", "rpjmd-64", applies_below=True))
    assert targets_for(whole, whole.indicator["ipm"], "pemprov", [], from_code("2025")) == []


def test_the_rpjmd_goes_before_the_rkpd_and_the_fed_before_the_shipped() -> None:
    found = listed("2025", declared("75", "2025", plan="rkpd"), declared("74", "2025"), fed=[target("73", "2025")])
    assert told(found) == [("2025", "73", "due"), ("2025", "74", "overridden"), ("2025", "75", "overridden")]


def test_two_series_never_share_a_target() -> None:
    series = [{"id": "lama", "name": {"id": "l", "en": "l"}}, {"id": "lf", "name": {"id": "lf", "en": "lf"}}]
    whole = house(declared("75", "2025"), series=series, score={"series": "lf"})
    ipm = whole.indicator["ipm"]
    assert due_target(whole, ipm, observation("70", "2025", series="lama"), []) is None
    due = due_target(whole, ipm, observation("70", "2025", series="lf"), [])
    assert due is not None
    assert due.value == 75


def test_an_annual_target_meets_the_august_figure_of_its_year() -> None:
    assert told(listed("2030-08", declared("3.00", "2030"), month=8)) == [("2030", "3.00", "due")]
    assert told(listed("2030-08", declared("3.00", "2030"))) == [("2030", "3.00", "future")]


def test_a_plans_path_is_derived_only_where_declared() -> None:
    printed = (declared("18.8", "2025"), declared("14.2", "2029"))
    assert [each.derived for each in listed("2027", *printed)] == [False, False]
    path = listed("2027", *printed, target_path=True)
    assert [(each.period.code, str(each.value), each.derived, each.state) for each in path] == [
        ("2025", "18.8", False, "expired"),
        ("2026", "17.65", True, "expired"),
        ("2027", "16.50", True, "due"),
        ("2028", "15.35", True, "future"),
        ("2029", "14.2", False, "future"),
    ]


def test_a_path_runs_through_the_fed_value_of_its_year_and_never_between_two_plans() -> None:
    fed = [target("20", "2025")]
    path = listed("2026", declared("18", "2025"), declared("10", "2027"), fed=fed, target_path=True)
    assert [(str(each.value), each.state) for each in path if each.derived] == [("15.00", "due")]
    other = listed("2026", declared("18", "2025"), declared("10", "2027", plan="rkpd"), target_path=True)
    assert [each for each in other if each.derived] == []


def test_a_printed_target_goes_before_a_derived_one() -> None:
    found = listed(
        "2026", declared("10", "2025"), declared("30", "2027"), declared("15", "2026", plan="rkpd"), target_path=True
    )
    assert ("2026", "15", "due") in told(found)
    assert ("2026", "20.00", "overridden") in told(found)


def test_a_fed_target_without_plan_or_doubtful_is_a_statement() -> None:
    fed = [
        target("70", "2025", plan=""),
        target("71", "2025", marks=frozenset({"doubtful"})),
        target("72", "2025", region="64.08"),
        observation("73", "2025"),
        target("74", "2025", plan="rpjmd", publication="rpjmd.xlsx"),
    ]
    found = listed("2025", fed=fed)
    assert sorted(told(found)) == [("2025", "70", "statement"), ("2025", "71", "statement"), ("2025", "74", "due")]
    assert {each.source for each in found} == {"https://contoh.example/rilis-2024", "rpjmd.xlsx"}


def test_what_the_catalogue_and_a_file_both_say_is_listed_once() -> None:
    said = declared("3.5", "2025", plan="lisan")
    found = listed("2025", said, fed=[target("3.50", "2025", plan="lisan"), target("4", "2025", plan="lisan")])
    assert told(found) == [("2025", "3.50", "statement"), ("2025", "4", "statement")]


def test_a_category_target_is_fed_as_its_word() -> None:
    fed = [replace(target("0", "2025"), value=None, category=each) for each in ("WTP", None)]
    assert told(listed("2025", fed=fed)) == [("2025", "WTP", "due")]
