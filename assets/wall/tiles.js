// Dimensions: one tile each, its position or range and its leading figure.
import { el, text } from "./dom.js";
import { splits } from "./pages.js";
import { ball, tag } from "./svg.js";

const LONG = 4; // "81,6" has the design's size; "100,0" keeps the least size and leaves room for the ball

const figure = (tile) => el("div", "figure",
  el("p", tile.value.length > LONG ? "hero" : "hero score", tile.value),
  el("div", "sign", tile.position ? ball(tile.position) : null, text("p", "foot", tile.period)));

const full = (tile) => [figure(tile), el("p", "body word", tile.word), text("p", "body change", tile.lead)];

const missing = (tile) => [
  el("p", "body none", tile.none),
  el("p", "foot", tile.have),
  text("p", "body change", tile.lead),
];

const draw = (tile) => el("section", `box tile position${tile.value ? "" : " hatched"}`,
  el("h2", "body name", tile.name), tile.value ? full(tile) : missing(tile), tag(tile.two));

export const tiles = {
  plans: (scene) => splits(scene.tiles),
  draw: (scene, part) => part.map((tile) => draw(tile)),
};
