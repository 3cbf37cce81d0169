// Regencies side by side: position, range, and a place only where the ranges allow one.
import { el, place, text } from "./dom.js";
import { splits } from "./pages.js";
import { ball, tag } from "./svg.js";

const percent = (share) => `${share * 100}%`;

const interval = (cell) => {
  if (cell.low === null) { return null; }
  const width = Math.max(cell.high - cell.low, 0);
  return el("div", "interval",
    place(el("i", "span"), { left: percent(cell.low), width: percent(width) }),
    cell.at === null ? null : place(el("i", "at"), { left: percent(cell.at) }));
};

const score = (cell, words) => [
  tag(cell.two),
  el("div", "score-line",
    el("p", "body value", cell.value),
    cell.position ? ball(cell.position) : null,
    cell.place ? el("p", "foot place", words.place.replace("{n}", cell.place)) : null),
  interval(cell),
];

const home = (columns, at) => (columns[at].home ? " home" : "");

const draw = (comparison, columns, words) => el("div", "row",
  el("div", "box named", el("h2", "body name", comparison.name), text("p", "foot", comparison.note)),
  comparison.cells.map((cell, at) => el("div", `box cell position${home(columns, at)}${cell.value ? "" : " hatched"}`,
    cell.value ? score(cell, words) : el("p", "foot none", cell.none))));

// A tag takes a line of its own; a row that says only that nothing is there needs less.
const height = ({ cells }) => (cells.some((cell) => cell.two) ? 1.25 : cells.every((cell) => !cell.value) ? 0.75 : 1);
const heights = (part) => part.map((each) => `minmax(0, ${height(each)}fr)`).join(" ");

const heads = (columns) => el("div", "row heads",
  el("div", "box named"),
  columns.map((column, at) => el("div", `box cell${home(columns, at)}`, el("p", "body", column.name))));

export const table = {
  plans: (scene) => splits(scene.comparisons),
  draw: (scene, part, { words }) => [
    place(el("div", "grid", heads(scene.columns), part.map((each) => draw(each, scene.columns, words))), {
      "--columns": scene.columns.length, "--heights": heights(part),
    }),
  ],
};
