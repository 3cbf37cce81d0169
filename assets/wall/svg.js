// Signs: the band is a ball of five fillings, the change an arrow. All decorative: words stand beside them.
import { el, place, svg, text } from "./dom.js";

const RADIUS = 42;
const picture = (names, box, ...children) => svg("svg", { class: names, viewBox: box, "aria-hidden": "true", focusable: "false" }, ...children);

const slice = (share) => {
  const angle = share * 2 * Math.PI;
  const x = 50 + RADIUS * Math.sin(angle);
  const y = 50 - RADIUS * Math.cos(angle);
  return svg("path", { d: `M50 50V${50 - RADIUS}A${RADIUS} ${RADIUS} 0 ${share > 0.5 ? 1 : 0} 1 ${x} ${y}Z`, fill: "currentColor" });
};

// ○ ◔ ◑ ◕ ● for the bands 1 to 5.
export const ball = (band) => {
  const share = (band - 1) / 4;
  const ring = { cx: 50, cy: 50, r: RADIUS, fill: share === 1 ? "currentColor" : "none", stroke: "currentColor", "stroke-width": 9 };
  return picture("ball", "0 0 100 100", svg("circle", ring), share > 0 && share < 1 ? slice(share) : null);
};

const ARROWS = { up: "M18 82L80 20M34 20H80V66", down: "M18 18L80 80M34 80H80V34", same: "M8 50H90M58 18L90 50L58 82" };
const arrow = (way) => picture("arrow", "0 0 100 100", svg("path", { d: ARROWS[way], fill: "none", stroke: "currentColor", "stroke-width": 11 }));

const moving = (moved) => el("span", `tone-${moved.tone}`, arrow(moved.way), moved.text);

// "↗ naik 2,4 dari 2023", or why there is no change.
export const change = (moved, none) => {
  if (moved === null) { return text("p", "foot change", none); }
  return el("p", "body change", moving(moved), moved.since ? ` ${moved.since}` : "");
};

// The same where there is less room: the year it is counted from is a footnote.
export const shortChange = (moved, none) => {
  if (moved === null) { return text("p", "foot", none); }
  return el("div", "moved", el("p", "body change", moving(moved)), text("p", "foot", moved.since));
};

export const tag = (words) => text("span", "foot tag", words);

// A broken line in a box of shares: its strokes keep their width however the box is stretched.
export const plot = (lines, cuts) => {
  const point = (dot) => `${dot.x * 100} ${dot.y * 100}`;
  const stroke = (names, d) => svg("path", { class: names, d, "vector-effect": "non-scaling-stroke" });
  const drawn = lines.flatMap((dots, at) => [
    stroke(at === lines.length - 1 ? "line" : "line before", dots.map((dot, place) => `${place ? "L" : "M"}${point(dot)}`).join("")),
    stroke(at === lines.length - 1 ? "dots" : "dots before", dots.map((dot) => `M${point(dot)}h0`).join("")),
  ]);
  const box = picture("plot", "0 0 100 100", cuts.map((cut) => stroke("cut", `M0 ${cut.y * 100}H100`)), drawn);
  box.setAttribute("preserveAspectRatio", "none");
  return box;
};

// How a realisation stands to its target, on one scale.
export const bullet = (bar) => {
  if (bar === null) { return el("div", "bullet none"); }
  const share = (part) => `${Math.min(Math.max(part, 0), 1) * 100}%`;
  return el("div", "bullet", place(el("i", "fill"), { width: share(bar.value) }), place(el("i", "mark"), { left: share(bar.target) }));
};
