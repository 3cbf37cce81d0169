// Kecamatan: tiles at their schematic places, or official outlines with all of them listed beside.
import { el, place, svg, text } from "./dom.js";
import { middle } from "./outline.js";
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

const plans = (scene) => (drawn(scene) ? splits(listed(scene)) : cuts(scene.size).map((cut) => blocks(scene, cut)));

const tile = (area, block) => place(el("section", `box area ${shade(area)}`,
  el("h2", "body name", area.name),
  area.value ? el("p", "body value", area.value) : el("p", "foot none", area.none)),
{ "grid-column": block.columns.indexOf(area.column) + 1, "grid-row": block.rows.indexOf(area.row) + 1 });

const hatch = (words) => [el("i", "hatched"), el("span", "foot", words)];
const legend = (scene) => {
  const [low, high] = scene.legend;
  const none = new Set(scene.areas.filter((area) => !area.value).map((area) => area.none));
  return el("p", "legend", el("span", "foot", low), [1, 2, 3, 4, 5].map((level) => el("i", `level-${level}`)), el("span", "foot", high),
    none.size ? hatch([...none].join(", ")) : "");
};

// With outlines a list says what the map has no room for. The worst come first, who says nothing last.
const listed = (scene) => {
  const worst = new Map(scene.worst.map((item, at) => [item.lead, at]));
  const rank = (area) => (area.value ? worst.get(area.name) ?? scene.worst.length : scene.areas.length);
  return [...scene.areas].sort((one, other) => rank(one) - rank(other)).map((area, at) => ({ ...area, number: at + 1 }));
};

const outlines = (areas) => svg("svg", { class: "outlines", viewBox: "0 0 1000 1000", "aria-hidden": "true" },
  svg("defs", {}, svg("pattern", { id: "hatch", width: 20, height: 20, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { class: "hatch-ground", width: 20, height: 20 }), svg("rect", { class: "hatch-line", width: 5, height: 20 }))),
  areas.filter((area) => area.path).map((area) => svg("path", { class: shade(area), d: area.path })));

// Its number stands in the middle of a kecamatan.
const spot = ({ path, number }) => {
  const [x, y] = middle(path);
  const node = place(el("span", "foot spot", String(number)), { left: `${x / 10}%`, top: `${y / 10}%` });
  node.setAttribute("aria-hidden", "true");
  return node;
};

const land = (areas) => el("div", "land", outlines(areas), areas.filter((area) => area.path).map(spot));

const line = (area) => el("li", "box item",
  el("span", "foot number", String(area.number)),
  el("b", "body name", area.name),
  area.value ? el("span", "body value", area.value) : el("span", "foot none", area.none));

const grid = (block) => place(el("div", "areas", block.areas.map((area) => tile(area, block))),
  { "--columns": block.columns.length, "--rows": block.rows.length });

export const map = {
  plans,
  draw: (scene, part) => [
    drawn(scene) ? el("div", "split", land(listed(scene)), el("ul", "listed", part.map(line))) : grid(part),
    el("div", "keys", text("p", "foot", scene.unit), legend(scene)),
  ],
};
