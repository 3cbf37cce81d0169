// How much of a scene fits: pages are cut ever smaller until nothing is clipped and no two texts touch.

// Cuts a list into so many runs of even length, the longer ones first.
export const chunks = (items, count) => {
  const runs = [];
  for (let from = 0, left = count; left > 0; left -= 1) {
    const to = from + Math.ceil((items.length - from) / left);
    runs.push(items.slice(from, to));
    from = to;
  }
  return runs.filter((run) => run.length);
};

// All ways to lay items on pages, from one page to one item each.
export const splits = (items) => items.map((_, at) => chunks(items, at + 1));

const TEXTS = ".hero, .body, .foot:not(.spot)";
const SHAPES = ".interval, .bullet, .chart";
const FREE = ".tile > .tag"; // stands on the edge of its tile
const SLACK = 1; // px: browsers round

// Where a text is drawn: its glyphs across, its lines down.
const boxOf = (node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  const across = range.getBoundingClientRect();
  const down = node.getBoundingClientRect();
  const lines = getComputedStyle(node).display === "inline" ? across : down;
  return { left: across.left, right: across.right, top: lines.top, bottom: lines.bottom };
};

const within = (inner, outer) => inner.left >= outer.left - SLACK && inner.right <= outer.right + SLACK
  && inner.top >= outer.top - SLACK && inner.bottom <= outer.bottom + SLACK;

const touch = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > SLACK
  && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > SLACK;

// Whether everything in a scene has its place: texts in their boxes, boxes in the picture, none on another.
export const fits = (section) => {
  const main = section.querySelector("main");
  const room = main.getBoundingClientRect();
  const inside = (node) => within(node.getBoundingClientRect(), room);
  const texts = [...main.querySelectorAll(TEXTS)].filter((node) => node.textContent);
  const boxes = texts.map(boxOf);
  const held = (node, box) => node.matches(FREE) || within(box, (node.parentElement.closest(".box") ?? main).getBoundingClientRect());
  return [...main.querySelectorAll(".box")].every(inside) && texts.every((node, at) => held(node, boxes[at]))
    && [...main.querySelectorAll(SHAPES)].every((node) => held(node, node.getBoundingClientRect()))
    && boxes.every((box, at) => boxes.slice(at + 1).every((other) => !touch(box, other)));
};

// The first plan of which every page fits; else the last, which has the least on a page. `whole` tells which.
export const choose = (plans, draw) => {
  let plan = [];
  for (plan of plans) { if (plan.every((part) => fits(draw(part)))) { return { plan, whole: true }; } }
  return { plan, whole: false };
};
