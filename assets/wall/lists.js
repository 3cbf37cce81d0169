// Deliveries and changes: large counts, and what they count in groups side by side.
import { bound, el, text } from "./dom.js";
import { chunks } from "./pages.js";

// Groups taken apart into their lines, so that a page may end anywhere; an empty group is a line too.
const atoms = (groups) => groups.flatMap((group) => {
  const items = group.items.length ? group.items : [null];
  return items.map((item, at) => ({ group, item, last: at === items.length - 1 }));
});

// Fewest pages first; of as many pages, the counts on each before the counts on one of their own.
const plans = function* (scene) {
  const lines = atoms(scene.groups);
  for (let pages = 1; pages <= lines.length; pages += 1) {
    yield chunks(lines, pages).map((part) => ({ counts: scene.counts, lines: part }));
    if (scene.counts.length && pages > 1) { yield apart(scene.counts, lines, pages - 1); }
  }
  for (let pages = 1; pages <= scene.counts.length; pages += 1) {
    const counts = chunks(scene.counts, pages).map((part) => ({ counts: part, lines: [] }));
    for (let more = Math.min(lines.length, 1); more <= lines.length; more += 1) { yield [...counts, ...alone(lines, more)]; }
  }
};

const alone = (lines, pages) => chunks(lines, pages).map((part) => ({ counts: [], lines: part }));
const apart = (counts, lines, pages) => [{ counts, lines: [] }, ...alone(lines, pages)];

const count = (each) => el("section", "box count", el("p", `hero tone-${each.tone}`, each.value), el("p", "body", each.name));

const line = (item) => el("li", "body item", item.lead ? el("b", `tone-${item.tone}`, item.lead) : "", item.lead && item.text ? " " : "", bound(item.text));

const group = (lines) => {
  const { heading, more, empty } = lines[0].group;
  const items = lines.filter((each) => each.item !== null);
  return el("section", "box group", el("h2", "body name", heading),
    items.length ? el("ul", "", items.map((each) => line(each.item))) : text("p", "body empty", empty),
    lines.at(-1).last && items.length ? text("p", "foot", more) : null);
};

const groups = (lines) => [...Map.groupBy(lines, (each) => each.group).values()].map(group);

export const lists = {
  plans,
  draw: (scene, { counts, lines }) => [
    counts.length ? el("div", `counts${lines.length ? "" : " large"}`, counts.map(count)) : null,
    lines.length ? el("div", "groups", groups(lines)) : null,
  ],
};
