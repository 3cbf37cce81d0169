"""Catalogues and score trees that an earlier version stored are read for ever, and their bytes stay as they were."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from etl.catalogue import stored_forms
from etl.catalogue.canonical import to_json
from etl.catalogue.models import Catalogue
from etl.warehouse import schema, verify
from etl.warehouse.read import queries
from etl.warehouse.seal import text_hash
from etl.warehouse.write import commits, recompute
from tests import making
from tests.integration.warehouse.loads import CATALOGUE, IPM, House, load, row
from tests.integration.warehouse.test_verify import tamper

Document = dict[str, Any]


def earlier_catalogue(catalogue: Catalogue) -> str:
    """Write a catalogue as an earlier version would have: another name, and a field that is gone."""
    document = json.loads(to_json(catalogue))
    return json.dumps({"kepala": document.pop("headlines"), "gaya": "lama"} | document, sort_keys=True)


def newer_catalogue(document: Document) -> Document:
    kept = {name: value for name, value in document.items() if name not in ("kepala", "gaya")}
    return kept | {"headlines": document["kepala"]}


def earlier_tree(tree: str) -> str:
    document = json.loads(tree)
    return json.dumps({"nilai": document.pop("score"), "lama": 1} | document)


def newer_tree(document: Document) -> Document:
    kept = {name: value for name, value in document.items() if name not in ("nilai", "lama")}
    return {"score": document["nilai"]} | kept


@pytest.fixture
def earlier_house(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """Give a warehouse whose newest catalogue and all of whose trees an earlier version wrote."""
    other = CATALOGUE.model_copy(update={"headlines": ("ipm",)})
    written = recompute._written
    with monkeypatch.context() as patch:
        patch.setattr(commits, "to_json", earlier_catalogue)
        patch.setattr(commits, "catalogue_hash", lambda each: text_hash(earlier_catalogue(each)))
        patch.setattr(recompute, "_written", lambda scored: earlier_tree(written(scored)))
        house.record(other)
        house.commit(load(row("70"), row("12", indicator="poverty-rate")))
    return house


def stored(house: House) -> list[Any]:
    with house.engine.connect() as connection:
        documents = connection.execute(select(schema.catalogue).order_by(schema.catalogue.c.hash)).all()
        trees = connection.execute(select(schema.score.c.id, schema.score.c.tree).order_by(schema.score.c.id)).all()
    return [tuple(each) for each in (*documents, *trees)]


def test_without_a_step_a_renamed_field_is_not_read(earlier_house: House) -> None:
    with earlier_house.engine.connect() as connection:
        vintage = queries.resolve(connection, None)
        with pytest.raises(ValidationError):
            queries.catalogue_at(connection, vintage)
        with pytest.raises(KeyError):
            queries.scores(connection, vintage)


def test_what_an_earlier_form_wrote_is_read_through_its_step(
    earlier_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, before = earlier_house, stored(earlier_house)
    monkeypatch.setattr(stored_forms, "CATALOGUE_STEPS", (newer_catalogue,))
    monkeypatch.setattr(stored_forms, "TREE_STEPS", (*stored_forms.TREE_STEPS, newer_tree))
    assert verify.verify(house.engine) == []
    with house.engine.connect() as connection:
        vintage = queries.resolve(connection, None)
        assert queries.catalogue_at(connection, vintage) == house.catalogue
        [score] = queries.scores(connection, vintage, regions=["64.01"], period="2024", dimension="smart-economy")
        assert score.low > 0
    assert stored(house) == before
    house.record(CATALOGUE.model_copy(update={"headlines": ("ipm", "poverty-rate")}))
    house.commit(load(row("71"), row("12", indicator="poverty-rate")))
    assert verify.verify(house.engine) == []
    assert [each for each in stored(house) if each in before] == before
    with house.engine.connect() as connection:
        forms = select(schema.catalogue.c.form, func.count()).group_by(schema.catalogue.c.form)
        assert sorted(connection.execute(forms)) == [(1, 2), (2, 1)]
        fresh = connection.execute(select(schema.score.c.tree, schema.score.c.vintage_no)).all()
    assert {json.loads(tree).get("form", 1) for tree, number in fresh if number <= vintage.number} == {2}
    assert {json.loads(tree).get("form", 1) for tree, number in fresh if number > vintage.number} == {3}
    assert {number for _, number in fresh} == {vintage.number, vintage.number + 2}  # the form alone made no new score


def test_scores_of_an_earlier_method_stay_as_they_were(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.commit(load(row("70")))
    tamper(house.engine, "UPDATE score SET tree = replace(tree, '\"total\":', '\"total\": ')")
    assert any("hitungan ulang" in each.sentence for each in verify.verify(house.engine))
    monkeypatch.setattr(verify, "METHOD", house.catalogue.method + 1)
    [*faults] = verify.verify(house.engine)
    assert [each.vintage for each in faults] == [2]
    assert "versi data tidak cocok" in faults[0].sentence


def test_a_new_method_is_recorded_beside_the_old_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.commit(load(row("70")))
    newer = house.catalogue.method + 1
    monkeypatch.setattr(verify, "METHOD", newer)
    assert verify.verify(house.engine) == []
    house.record(making.catalogue(IPM).model_copy(update={"method": newer}))
    assert verify.verify(house.engine) == []
    with house.engine.connect() as connection:
        methods = [queries.catalogue_at(connection, each).method for each in queries.vintages(connection, 10)]
    assert methods == [newer, newer - 1, newer - 1]
