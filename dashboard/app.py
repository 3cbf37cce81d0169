"""The composition root of the web: settings and an engine in, a Dash app out."""

from __future__ import annotations

import datetime as dt
import html as markup
import importlib
import logging
import pkgutil
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl

import dash
import flask_bootstrap
from dash import Dash, html
from dash.exceptions import DependencyException, InvalidResourceError
from flask import Flask, Response, request, send_from_directory
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule

from dashboard import headers, health, page_shell, pages, urls
from dashboard.api.api_blueprint import create_blueprint
from dashboard.data import Reader
from dashboard.language import t
from dashboard.page_shell import Bound
from dashboard.settings import WebSettings
from dashboard.wall.snapshot import Snapshots
from dashboard.wall.wall_blueprint import create_wall
from dashboard.wall.wall_files import read_files

BOOTSTRAP = "/pustaka/bootstrap-5.3.min.css"
LOG = logging.getLogger(__name__)


class PageError(Exception):
    """A module of dashboard/pages that cannot be registered; the message names it and what is wrong."""


class Pantau(Dash):
    """Dash with our document: language and theme of the address, no landmark of its own, our favicon."""

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        state = urls.parse(request.args)
        theme = {"gelap": ' data-tema="gelap" data-bs-theme="dark"', "terang": ' data-tema="terang"'}.get(
            state.tema or "", ""
        )
        icon = markup.escape(self.get_asset_url("favicon.svg"))
        return (
            f'<!DOCTYPE html>\n<html lang="{state.lang}"{theme}>\n<head>{parts["metas"]}\n'
            f'<meta name="color-scheme" content="light dark">\n<title>{t("shell.product", state.lang)}</title>\n'
            f'<link rel="icon" type="image/svg+xml" href="{icon}">\n{parts["css"]}</head>\n<body>\n'
            f'<div id="react-entry-point"><p class="pt-loading">{t("shell.loading", state.lang)}</p></div>\n'
            f"<noscript><p>{t('shell.no_script', state.lang)}</p></noscript>\n"
            f"{parts['config']}\n{parts['scripts']}\n{parts['renderer']}\n</body>\n</html>\n"
        )


def create_app(settings: WebSettings, engine: Engine) -> Pantau:
    """Build the app. The engine is only read from; see `dashboard.data.open_read_only`."""
    server = Flask("dashboard")
    reader = Reader(engine)
    page_shell.bind(server, Bound(reader, settings.home, settings.inbox))
    app = Pantau(
        "dashboard",
        server=cast(Any, server),
        use_pages=True,
        pages_folder="",
        assets_folder=str(settings.assets),
        assets_path_ignore=["wall"],  # the wall's own document loads them
        external_stylesheets=[BOOTSTRAP],
        suppress_callback_exceptions=True,
        include_pages_meta=False,
        title="Pantau",
        update_title="",
        on_error=_apologise,
        use_async=False,
        enable_mcp=False,
    )
    app.layout = html.Div(dash.page_container)
    server.extensions["pantau_warmth"] = health.register(server, reader)
    _serve_bootstrap(server)
    _answer_missing_script_with_404(server)
    server.register_blueprint(create_blueprint(reader, settings.inbox))
    files = read_files(settings.assets / "wall")
    server.register_blueprint(create_wall(reader, Snapshots(reader, files.version, _now), files, settings.home))
    _register_pages()
    _answer_unknown_with_404(server)
    headers.protect(server, app.csp_hashes)
    return app


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _register_pages() -> None:
    dash.page_registry.clear()
    for module in pkgutil.iter_modules(pages.__path__):
        try:
            importlib.import_module(f"{pages.__name__}.{module.name}").register()
        except Exception as error:
            raise PageError(f"dashboard/pages/{module.name}.py: {type(error).__name__}: {error}") from error


def _answer_missing_script_with_404(server: Flask) -> None:
    """Dash fails with 500 for a script it does not have, such as the source maps it names but does not ship."""

    @server.errorhandler(FileNotFoundError)
    @server.errorhandler(InvalidResourceError)
    @server.errorhandler(DependencyException)
    def _missing(_error: Exception) -> tuple[str, int]:
        return "tidak ada", 404


def _serve_bootstrap(server: Flask) -> None:
    folder = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css"

    @server.get(BOOTSTRAP)
    def bootstrap() -> Response:
        return send_from_directory(folder, "bootstrap.min.css", max_age=31536000)


def _answer_unknown_with_404(server: Flask) -> None:
    """Dash answers 200 to every path: give those that no page knows, or that it knows not to exist, a 404.

    Where the warehouse cannot be asked, the answer is 503.
    """
    known = [page for page in dash.page_registry.values() if not page["module"].endswith("not_found_404")]
    rules = [Rule(page["path_template"] or page["path"], endpoint=page["module"]) for page in known]
    routes = Map(rules, strict_slashes=False).bind("")
    exists = {page["module"]: page.get("exists") for page in known}

    def status(path: str) -> int:
        try:
            module, variables = routes.match(path)
            asks = exists[module]
            return 200 if asks is None or asks(**variables) else 404
        except NotFound:
            return 404
        except SQLAlchemyError:
            return 503  # whether the page exists is not known; its content says why

    @server.after_request
    def _set_status(response: Response) -> Response:
        if request.endpoint in {"/", "/<path:path>"} and response.status_code == 200:
            response.status_code = status(request.path)
        return response


def _apologise(error: Exception) -> Any:
    """Show a page that says what failed and what to do; the log has the whole story."""
    LOG.error("page failed", exc_info=error)
    query = _asked()
    state = urls.parse(query)
    what = "unreachable" if isinstance(error, SQLAlchemyError) else "failed"
    heading = t(f"shell.{what}", state.lang)
    content = html.Section([html.H1(heading), html.P(t(f"shell.{what}_help", state.lang))], className="pt-empty")
    return page_shell.show(state, "", page_shell.Body(heading, [content]), query=query), {"title": heading}


def _asked() -> dict[str, str]:
    """Return the query of the page that a callback of Dash's router was to build."""
    body = request.get_json(silent=True) or {}
    search = next((each.get("value") for each in body.get("inputs", []) if each.get("property") == "search"), None)
    return dict(parse_qsl(str(search or "").lstrip("?")))
