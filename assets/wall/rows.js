// Development: a realisation beside the target of its own period.
import { el, text } from "./dom.js";
import { splits } from "./pages.js";
import { bullet, shortChange, tag } from "./svg.js";

const LONG = 9; // words ("Wajar Tanpa Pengecualian") are read as words, not as a figure
const FIGURE = /^(\D{0,3}?)([−-]?\d[\d.,]*%?)(.*)$/;

const unit = (words) => (words ? el("span", "body unit", words) : null);

// The number is what is read from afar; its unit stands beside it in the size of words: "Rp" 193,17 "juta".
const value = (said) => {
  const parts = FIGURE.exec(said);
  if (parts === null) { return el("p", said.length > LONG ? "body value" : "hero value", said); }
  const [, before, number, after] = parts;
  return el("p", "value", unit(before), el("span", "hero", number), unit(after));
};

const draw = (row, bars) => el("section", `box row band-${row.band}`,
  el("div", "lead",
    el("div", "named", el("h2", "body name", row.name), el("div", "when", text("p", "foot", row.period), tag(row.two))),
    value(row.value)),
  bars ? bullet(row.bar) : null,
  el("div", "aim", shortChange(row.change, row.change_none), text("p", "foot", row.target)));

// All rows of a page alike: the year a change is counted from stands beside it, or in all of them below it.
const plans = (scene) => splits(scene.rows).flatMap((parts) => [false, true].map((short) => parts.map((part) => ({ part, short }))));

export const rows = {
  plans,
  draw: (scene, { part, short }) => {
    const bars = part.some((row) => row.bar);
    return [el("div", `grid${bars ? "" : " barless"}${short ? " short" : ""}`, part.map((row) => draw(row, bars)))];
  },
};
