// Digital government: an index, its predicate, and its line broken where instruments cannot be compared.
import { el, place, text } from "./dom.js";
import { splits } from "./pages.js";
import { ball, plot, shortChange, tag } from "./svg.js";

const percent = (share) => `${share * 100}%`;
// Where there is no room, first names of cuts go (each second, then all but one), then the line; the index itself never does.
const DETAILS = [{ line: true, step: 1 }, { line: true, step: 2 }, { line: true, step: Infinity }, { line: false }];
const CLOSE = 0.16; // of the width: a year nearer to the one before is left to the dots

// The first and the last year of each segment, the outer two always.
const years = (lines) => {
  const ends = lines.flatMap((dots) => (dots.length > 1 ? [dots[0], dots.at(-1)] : dots));
  const last = ends.at(-1);
  return ends.reduce((kept, dot) => {
    const free = kept.length === 0 || dot.x - kept.at(-1).x >= CLOSE;
    return dot === last || (free && last.x - dot.x >= CLOSE) ? [...kept, dot] : kept;
  }, []);
};

const edge = (x) => (x < 0.08 ? "start" : x > 0.92 ? "end" : "");
const year = (dot) => place(el("span", `foot year ${edge(dot.x)}`, dot.label), { left: percent(dot.x) });
const cut = (each) => place(el("span", "foot cut", each.label), { top: percent(each.y) });

const chart = (index, { step }) => el("div", "chart",
  el("div", "field", plot(index.lines, index.cuts)),
  el("div", "cuts", index.cuts.filter((_, at) => (at ? at % step === 0 : true)).map(cut)),
  el("div", "years", years(index.lines).map(year)));

const figure = (index) => el("div", "figure",
  el("p", "hero score", index.value),
  el("div", "meaning",
    el("p", "body word", index.band ? ball(index.band) : "", index.word),
    shortChange(index.change, index.change_none)));

const draw = (index, detail) => el("section", `box index band-${index.band}${index.value ? "" : " hatched"}`,
  el("div", "when", el("h2", "body name", index.name), text("p", "foot", index.period), tag(index.two)),
  index.value ? figure(index) : el("p", "body none", index.none),
  index.lines.length && detail.line ? chart(index, detail) : null,
  text("p", "foot note", index.note));

const plans = (scene) => splits(scene.indices).flatMap((parts) => DETAILS.map((detail) => parts.map((part) => ({ part, detail }))));

export const indices = {
  plans,
  draw: (scene, { part, detail }) => part.map((index) => draw(index, detail)),
};
