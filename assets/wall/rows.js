// Development: a realisation beside the target of its own period.
import { el, text } from "./dom.js";
import { splits } from "./pages.js";
import { bullet, shortChange, tag } from "./svg.js";

const LONG = 9; // words ("Wajar Tanpa Pengecualian") are read as words, not as a figure

const draw = (row) => el("section", `box row band-${row.band}`,
  el("div", "named", el("h2", "body name", row.name), el("div", "when", text("p", "foot", row.period), tag(row.two))),
  el("p", row.value.length > LONG ? "body value" : "hero value", row.value),
  bullet(row.bar),
  el("div", "aim", shortChange(row.change, row.change_none), text("p", "foot", row.target)));

export const rows = {
  plans: (scene) => splits(scene.rows),
  draw: (scene, part) => [el("div", part.some((row) => row.bar) ? "grid" : "grid barless", part.map(draw))],
};
