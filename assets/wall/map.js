// Kecamatan: tiles at their schematic places, or official outlines with the worst beside them.
import { el, place, svg, text } from "./dom.js";
import { chunks, splits } from "./pages.js";

const drawn = (scene) => scene.areas.some((area) => area.path);
const shade = (area) => (area.value ? `level-${area.level}` : "hatched");

// The blocks of a tile map that is cut into so many bands of rows and of columns; empty ones are left out.
const blocks = (scene, [across, down]) => {
  const all = (size) => Array.from({ length: size }, (_, at) => at);
  const [columns, rows] = scene.size.map(all);
  return chunks(rows, down).flatMap((band) => chunks(columns, across).map((strip) => ({
    columns: strip, rows: band, areas: scene.areas.filter((area) => strip.includes(area.column) && band.includes(area.row)),
  }))).filter((block) => block.areas.length);
};

// Fewest pages first, cut by rows before columns.
const cuts = ([columns, rows]) => Array.from({ length: columns * rows }, (_, at) => [at % columns + 1, Math.floor(at / columns) + 1])
  .sort((one, other) => one[0] * one[1] - other[0] * other[1] || one[0] - other[0]);

const plans = (scene) => (drawn(scene) ? splits(scene.worst.length ? scene.worst : [null]) : cuts(scene.size).map((cut) => blocks(scene, cut)));

const tile = (area, block) => place(el("section", `box area ${shade(area)}`,
  el("h2", "body name", area.name),
  area.value ? el("p", "body value", area.value) : el("p", "foot none", area.none)),
{ "grid-column": block.columns.indexOf(area.column) + 1, "grid-row": block.rows.indexOf(area.row) + 1 });

const legend = (scene) => {
  const [low, high] = scene.legend;
  const none = scene.areas.find((area) => !area.value);
  return el("p", "legend", el("span", "foot", low), [1, 2, 3, 4, 5].map((level) => el("i", `level-${level}`)), el("span", "foot", high),
    none ? [el("i", "hatched"), el("span", "foot", none.none)] : "");
};

const outlines = (areas) => svg("svg", { class: "outlines", viewBox: "0 0 1000 1000", "aria-hidden": "true" },
  svg("defs", {}, svg("pattern", { id: "hatch", width: 20, height: 20, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { class: "hatch-ground", width: 20, height: 20 }), svg("rect", { class: "hatch-line", width: 5, height: 20 }))),
  areas.filter((area) => area.path).map((area) => svg("path", { class: shade(area), d: area.path })));

const worst = (items) => el("ul", "worst", items.filter(Boolean).map((item) => el("li", "body item box",
  el("b", `tone-${item.tone}`, item.lead), item.text ? ` ${item.text}` : "")));

const grid = (block) => place(el("div", "areas", block.areas.map((area) => tile(area, block))),
  { "--columns": block.columns.length, "--rows": block.rows.length });

export const map = {
  plans,
  draw: (scene, part) => [
    drawn(scene) ? el("div", "split", outlines(scene.areas), worst(part)) : grid(part),
    el("div", "keys", text("p", "foot", scene.unit), legend(scene)),
  ],
};
