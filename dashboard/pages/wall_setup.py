"""/wall/atur: compose the address of a wall and see it. The form is plain; its choices live in this page's address.

The page's own language and theme stay `lang` and `tema`; those of the wall are `bahasa_layar` and `tema_layar`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from dash import html
from dash.development.base_component import Component
from flask import request

from dashboard import page_shell, urls
from dashboard.components.attributes import Attributes
from dashboard.components.cards import card
from dashboard.components.fields import choice, copied, group, ranking, switch, unseen, whole_number
from dashboard.data import Scene
from dashboard.language import t
from dashboard.page_shell import Body
from dashboard.urls import Lang
from dashboard.wall.letter_sizes import legible, letters
from dashboard.wall.scene_registry import SCENES
from dashboard.wall.wall_address import GUEST, LIMITS, Wish, address, parse_wish

NONE = "tidak"  # what a list sends for none: an empty value would show as an empty field
OWN_NAMES = {"bahasa_layar": "lang", "tema_layar": "tema"}
NUMBERS = {"detik": "seconds", "inci": "inches", "jarak": "metres"}
LAST = str(len(SCENES) + 1)


def register() -> None:
    """Register the page."""
    page_shell.register_page(__name__, path=urls.WALL_SETUP, layout=layout, label=partial(t, "shell.wall"), order=40)


def layout(**query: str | list[str]) -> Component:
    """Show the form, the address it makes, and a preview."""
    host = request.host_url.rstrip("/")
    return page_shell.page(query, urls.WALL_SETUP, lambda scene: build(scene, query, host))


def build(scene: Scene, query: Mapping[str, str | list[str]], host: str) -> Body:
    """Build the page from what was filled in; `host` stands before the wall's path in the address to copy."""
    asked = read_form(query)
    wish = parse_wish(asked, scene.catalogue.wall, scene.region.code)
    lang = scene.lang
    children = [
        html.Div(
            [html.H1(t("wall_setup.title", lang)), html.P(t("wall_setup.lead", lang), className="pt-lead")],
            className="pt-top",
        ),
        *_notices(query, asked, wish, lang),
        html.Div([_form(scene, wish), _result(wish, host, lang)], className="pt-setup"),
    ]
    return Body(t("wall_setup.title", lang), children)


def read_form(query: Mapping[str, str | list[str]]) -> dict[str, str]:
    """Return what the form sent in the words of a wall's address; repeated check boxes become one ordered list."""
    plain = {name: text for name, text in query.items() if isinstance(text, str)}
    sent = query.get("adegan", "")
    scenes = ",".join(sent if isinstance(sent, list) else [sent]).split(",")
    asked = {name: text for name, text in plain.items() if name not in OWN_NAMES.values()}
    asked |= {own: plain[name] for name, own in OWN_NAMES.items() if name in plain}
    asked["adegan"] = ",".join(sorted(scenes, key=lambda each: _place(plain.get(f"adegan-{each}", ""))))
    if "redup_mulai" in plain:
        asked["redup"] = (
            f"{plain['redup_mulai']}-{plain.get('redup_selesai', '')}" if plain["redup_mulai"] != NONE else "0-0"
        )
    return asked


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else int(LAST)


def _notices(query: Mapping[str, object], asked: Mapping[str, str], wish: Wish, lang: Lang) -> list[Component]:
    used = {"detik": wish.seconds, "inci": wish.inches, "jarak": wish.metres}
    wrong = [
        t(f"wall_setup.{key}", lang)
        for name, key in NUMBERS.items()
        if asked.get(name, str(used[name])) != str(used[name])
    ]
    found = [t("wall_setup.replaced", lang, names=", ".join(wrong))] if wrong else []
    if "detik" in query and not set(asked["adegan"].split(",")) & set(SCENES):
        found.append(t("wall_setup.none_chosen", lang))
    if not legible(wish.inches, wish.metres):
        found.append(t("wall_setup.too_far", lang, inches=wish.inches, metres=wish.metres))
    return [html.P(text, className="pt-notice", role="status") for text in found]


def _form(scene: Scene, wish: Wish) -> Component:
    lang, own = scene.lang, scene.state
    kept = {name: value for name, value in (("lang", own.lang), ("tema", own.tema)) if value and value != "id"}
    button = html.Button(t("wall_setup.apply", lang), type="submit", className="pt-button pt-button-main")
    return html.Form(
        [*unseen(kept), _content(scene, wish), _look(wish, lang), _screen(wish, lang), html.Div(button)],
        method="get",
        action=urls.WALL_SETUP,
        className="pt-card pt-form",
    )


def _content(scene: Scene, wish: Wish) -> Component:
    lang = scene.lang
    named = {word: each.label(lang) for word, each in SCENES.items()}
    order = [*wish.scenes, *(word for word in SCENES if word not in wish.scenes)]
    words = {key: t(f"wall_setup.{key}", lang) for key in ("shown", "place", "caption", "hint")}
    return group(
        t("wall_setup.content", lang),
        [
            choice(
                "wilayah", t("wall_setup.region", lang), {each.code: each.name for each in scene.regencies}, wish.region
            ),
            ranking("adegan", [(word, named[word]) for word in order], wish.scenes, words),
            whole_number("detik", t("wall_setup.seconds", lang), wish.seconds, LIMITS["detik"]),
            choice(
                "tetap",
                t("wall_setup.pinned", lang),
                {NONE: t("wall_setup.pinned_none", lang), **named},
                wish.pinned or NONE,
            ),
            switch("preset", t("wall_setup.guest", lang), GUEST, wish.guest, t("wall_setup.guest_hint", lang)),
        ],
    )


def _look(wish: Wish, lang: Lang) -> Component:
    hours = {str(hour): t("wall_setup.hour", lang, hour=f"{hour:02}") for hour in range(24)}
    first, last = map(str, wish.dim) if wish.dim else (NONE, "6")
    never = {NONE: t("wall_setup.dim_never", lang)}
    tongues = {each: t(f"wall_setup.lang_{each}", lang) for each in ("id", "en")}
    themes = {"gelap": t("wall_setup.dark", lang), "terang": t("wall_setup.light", lang)}
    return group(
        t("wall_setup.look", lang),
        [
            choice("tema_layar", t("wall_setup.theme", lang), themes, wish.theme),
            choice("bahasa_layar", t("wall_setup.language", lang), tongues, wish.lang),
            choice("redup_mulai", t("wall_setup.dim_from", lang), never | hours, first),
            choice("redup_selesai", t("wall_setup.dim_to", lang), hours, last),
        ],
    )


def _screen(wish: Wish, lang: Lang) -> Component:
    fields = [
        whole_number("inci", t("wall_setup.inches", lang), wish.inches, LIMITS["inci"]),
        whole_number("jarak", t("wall_setup.metres", lang), wish.metres, LIMITS["jarak"]),
    ]
    return group(t("wall_setup.screen", lang), fields)


def _result(wish: Wish, host: str, lang: Lang) -> Component:
    path = address(wish)
    copying: Attributes = {"data-salin": t("wall_setup.copied", lang), "data-teks": host + path, "aria-live": "polite"}
    buttons = [
        html.Button(t("wall_setup.copy", lang), type="button", className="pt-button", **copying),
        html.A(t("wall_setup.open", lang), href=path, target="_blank", className="pt-button pt-button-main"),
    ]
    frame = html.Iframe(src=path, title=t("wall_setup.preview", lang), tabIndex="-1")
    sizes = t("wall_setup.letters", lang, **letters(wish.inches, wish.metres))
    shown = [
        copied("alamat", t("wall_setup.for_browser", lang), host + path),
        html.Div(buttons, className="pt-actions"),
    ]
    picture = [html.Div(frame, className="pt-preview"), html.P(sizes, className="pt-sub")]
    return html.Div(
        [
            card(t("wall_setup.address", lang), shown),
            card(t("wall_setup.preview", lang), picture, sub=t("wall_setup.preview_sub", lang)),
        ],
        className="pt-stack-cards",
    )
