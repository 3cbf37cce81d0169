// Dimensions: one tile each.
import { el, text } from "./dom.js";
import { splits } from "./pages.js";
import { ball, change, shortChange, tag } from "./svg.js";

const LONG = 4; // "81,6" has the design's size; "100,0" keeps the least size and leaves room for the ball

const figure = (tile) => el("div", "figure",
  el("p", tile.value.length > LONG ? "hero" : "hero score", tile.value),
  el("div", "sign", ball(tile.band), text("p", "foot", tile.period)));

const full = (tile, short) => [
  figure(tile),
  el("p", "body word", tile.word),
  (short ? shortChange : change)(tile.change, tile.change_none),
];

const missing = (tile) => [
  el("p", "body none", tile.none),
  el("p", "body change", tile.have),
];

const draw = (tile, short) => el("section", `box tile band-${tile.band}${tile.value ? "" : " hatched"}`,
  el("h2", "body name", tile.name), tile.value ? full(tile, short) : missing(tile), tag(tile.two));

// "unchanged from 2023" may be too long for a line: before tiles go to another page, its year becomes a footnote.
const plans = (scene) => splits(scene.tiles).flatMap((parts) => [false, true].map((short) => parts.map((part) => ({ part, short }))));

export const tiles = {
  plans,
  draw: (scene, { part, short }) => part.map((tile) => draw(tile, short)),
};
