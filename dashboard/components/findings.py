"""Rows that were returned, with their place in the file and the sentence for those who sent it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.badges import badge
from dashboard.components.cards import card
from dashboard.components.feed_tables import FINDINGS
from dashboard.components.selection import Link, Option, Selection, chips, cut, pager
from dashboard.components.tables import Cell, table
from dashboard.language import t
from dashboard.urls import Lang
from etl.measures.observation import Finding


def findings_card(
    findings: Sequence[Finding], feeds: Mapping[str, str], chosen: Selection, link: Link, lang: Lang
) -> Component:
    """Return the returned rows that match the selection, with filters by feed (`feeds`: names by id) and rule."""
    title, sub = t("sources.findings", lang), t("sources.findings_sub", lang)
    if not findings:
        return card(title, [html.P(t("sources.no_findings", lang), className="pt-mute")], sub=sub, id=FINDINGS)
    found = [
        each for each in findings if chosen.kiriman in (None, each.feed) and chosen.aturan in (None, each.rule)
    ]  # fmt: skip
    shown, at, pages = cut(found, chosen.hal)
    names = ("place", "raw", "rule", "sentence")
    head = [t(f"sources.{name}", lang) for name in names]
    body = (
        table(
            title,
            head,
            [_row(each, lang) for each in shown],
            cards=True,
            more=t("desk.rows_more", lang, count=len(shown)),
        )
        if found
        else html.P(t("sources.no_findings_filtered", lang), className="pt-mute")
    )
    turn = pager(title, at, pages, lambda page: link(FINDINGS, hal=page), lang)
    return card(title, [*_filters(findings, feeds, chosen, link, lang), body, *turn], sub=sub, id=FINDINGS)


def _filters(
    findings: Sequence[Finding], feeds: Mapping[str, str], chosen: Selection, link: Link, lang: Lang
) -> list[Component]:
    """Return chips; each counts what it would show beside the other filter."""
    by_feed = Counter(each.feed for each in findings if chosen.aturan in (None, each.rule))
    by_rule = Counter(each.rule for each in findings if chosen.kiriman in (None, each.feed))
    rules = {each: _rule_words(each) for each in by_rule}

    def options(name: str, counts: Counter[str], picked: str | None, words: Mapping[str, str]) -> list[Option]:
        def option(word: str | None, shown: str, count: int) -> Option:
            return shown, count, link(FINDINGS, **{name: word, "hal": 1}), word == picked

        found = sorted(counts, key=lambda each: (-counts[each], each))
        every = option(None, t("sources.all", lang), counts.total())
        return [every, *(option(word, words.get(word, word), counts[word]) for word in found)]

    return [
        chips(t("sources.by_feed", lang), options("kiriman", by_feed, chosen.kiriman, feeds)),
        chips(t("sources.by_rule", lang), options("aturan", by_rule, chosen.aturan, rules)),
    ]


def _row(each: Finding, lang: Lang) -> list[Cell]:
    rule: list[Component | str] = [_rule_words(each.rule)]
    if each.severity == "warning":
        rule += [" ", badge(t("sources.warning", lang), "warn")]
    return [place_cell(each, lang), html.Code(each.raw or "–", className="pt-raw"), rule, each.sentence]


def _rule_words(rule: str) -> str:
    """Return a rule's name as words; the ids of rules are Indonesian, as the sentences of findings are."""
    return rule.replace("-", " ").capitalize()


def place_cell(each: Finding, lang: Lang) -> Cell:
    """Name file, sheet, row and column as far as they are known."""
    parts = {"sheet": each.sheet, "row": each.row, "column": each.column}
    words = [t(f"sources.place_{name}", lang, **{name: value}) for name, value in parts.items() if value is not None]
    return [html.Code(each.file), html.Small(" · ".join(words))]
