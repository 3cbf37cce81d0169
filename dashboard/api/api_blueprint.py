"""The Flask blueprint under /api/v1: checks the query, answers 304 where nothing changed, writes JSON or CSV."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from dashboard.api.api_request import ApiRequest, Reply, check_words, resolve_vintage
from dashboard.api.encoding import to_json
from dashboard.api.openapi import document, fingerprint
from dashboard.api.parameters import Query, read_query
from dashboard.api.problems import ProblemError
from dashboard.api.push import push_view
from dashboard.api.routes import PREFIX, ROUTES, Route
from dashboard.api.row_models import Row
from dashboard.api.tabular import observations_csv
from dashboard.data import Reader
from dashboard.settings import INBOX
from etl.measures.observation import Vintage

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def create_blueprint(reader: Reader, inbox: Path = INBOX) -> Blueprint:
    """Return the API over a reader; it only reads, and puts what is pushed into the inbox."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    blueprint.add_url_rule("/feeds/<name>", "push", push_view(reader, inbox), methods=["POST"])
    for route in ROUTES:
        blueprint.add_url_rule(route.path, route.name, _view(route, reader), methods=["GET"])
    blueprint.add_url_rule("/openapi.json", "openapi", _openapi, methods=["GET"])
    blueprint.add_url_rule("/", "unknown_root", _unknown, methods=METHODS)
    blueprint.add_url_rule("/<path:rest>", "unknown", _unknown, methods=METHODS)
    blueprint.register_error_handler(ProblemError, _refusal)
    blueprint.register_error_handler(SQLAlchemyError, _unreadable)
    return blueprint


def _view(route: Route, reader: Reader) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        query = read_query(request.args, route.query)
        vintage = resolve_vintage(reader, cast("dt.date | str | None", query.get("as_of")))
        tag = _tag(vintage.seal, request.path, *sorted(f"{name}={value}" for name, value in query.items()))
        if route.sealed and request.if_none_match.contains_weak(tag):
            return _sealed(Response(status=304), vintage, tag)
        ask = ApiRequest(reader, vintage, reader.catalogue(vintage), query)
        check_words(ask)
        return _answer(route, route.handler(ask, **path), ask, tag)

    return view


def _answer(route: Route, reply: Reply, ask: ApiRequest, tag: str) -> Response:
    if ask.query.get("format") == "csv":
        response = _csv(cast("Sequence[Row]", reply.body), route, ask)
    else:
        response = Response(to_json(reply.body), mimetype="application/json")
    if not route.sealed:
        tag = _tag(response.get_data(as_text=True))
        if request.if_none_match.contains_weak(tag):
            response = Response(status=304)
    if ask.catalogue.simulation:
        response.headers["X-Pantau-Simulation"] = "true"
    if reply.total is not None:
        response.headers["X-Total-Count"] = str(reply.total)
    if reply.more:
        response.headers["Link"] = f'<{_next_page(ask.query)}>; rel="next"'
    return _sealed(response, ask.vintage, tag)


def _csv(rows: Sequence[Row], route: Route, ask: ApiRequest) -> Response:
    simulated = ask.catalogue.simulation
    response = Response(observations_csv(rows, simulated), mimetype="text/csv")
    name = f"{'SIMULASI-' if simulated else ''}pantau-{route.name}-{ask.vintage.seal[:8]}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _next_page(query: Mapping[str, object]) -> str:
    offset = cast(int, query["offset"]) + cast(int, query["limit"])
    return f"{request.path}?{urlencode(request.args.to_dict() | {'offset': str(offset)})}"


def _tag(*parts: str) -> str:
    return hashlib.sha256("\n".join((fingerprint(), *parts)).encode()).hexdigest()[:32]


def _sealed(response: Response, vintage: Vintage, tag: str) -> Response:
    response.set_etag(tag)
    response.headers["X-Pantau-Seal"] = vintage.seal
    response.headers["Cache-Control"] = "no-cache"
    return response


def _openapi() -> Response:
    read_query(request.args, Query)
    response = Response(json.dumps(document(), ensure_ascii=False), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _unknown(rest: str = "") -> Response:
    known = (*(f"{PREFIX}{each.path}" for each in ROUTES), f"{PREFIX}/openapi.json")
    if request.method not in ("GET", "HEAD"):
        raise ProblemError(405, "alamat ini hanya dapat dibaca", request.method, ("GET",),
                           f"Data masuk lewat POST {PREFIX}/feeds/KIRIMAN atau data/inbox.")  # fmt: skip
    raise ProblemError(404, "alamat API tidak dikenal", rest or None, known, f"Lihat {PREFIX}/openapi.json.")


def _refusal(problem: ProblemError) -> Response:
    response = Response(to_json(problem.body()), problem.status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(problem.headers)
    if problem.status == 405:
        response.headers["Allow"] = "GET"
    return response


def _unreadable(error: SQLAlchemyError) -> Response:
    current_app.logger.error("warehouse unreadable", exc_info=error)
    return _refusal(
        ProblemError(
            503,
            "gudang data tidak dapat dibaca",
            None,
            (),
            "Periksa /readyz; gudang yang belum dibentuk: python -m etl migrate",
        )
    )
