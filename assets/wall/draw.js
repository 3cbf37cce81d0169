// From a scene to pages, from a page to elements. Listens to nothing, keeps nothing.
import { el } from "./dom.js";
import { frame, updateChrome, widest } from "./frame.js";
import { indices } from "./indices.js";
import { lists } from "./lists.js";
import { map } from "./map.js";
import { choose } from "./pages.js";
import { rows } from "./rows.js";
import { table } from "./table.js";
import { tiles } from "./tiles.js";

export { drawEmpty, updateChrome } from "./frame.js";

const KINDS = { tiles, rows, indices, table, lists, map };
const LINES = 2; // of the sentence

const openStage = () => {
  const stage = el("div", "measure");
  stage.setAttribute("aria-hidden", "true");
  document.body.append(stage);
  return stage;
};

const measured = (stage, page, context) => {
  const section = drawPage(page, context);
  updateChrome(section, widest(page.scene, context.lang));
  stage.replaceChildren(section);
  return section;
};

const linesOf = (node) => node.offsetHeight / parseFloat(getComputedStyle(node).lineHeight);

// The longest wording that stays within two lines beside the footnotes; where none does, the same above them.
const sentenceOf = (stage, page, context) => {
  const texts = page.scene.sentence?.texts ?? [];
  const ways = [false, true].flatMap((stacked) => texts.map((sentence) => ({ sentence, stacked })));
  const short = (way) => linesOf(measured(stage, { ...page, ...way }, context).querySelector(".sentence")) < LINES + 0.5;
  return ways.find(short) ?? ways.at(-1) ?? { sentence: "", stacked: false };
};

// Where letters are so large that figures have no room beside a sentence, it grows short and then gives way.
const briefer = (scene) => [{ sentence: scene.sentence?.texts.at(-1) ?? "", stacked: false }, { sentence: "", stacked: false }];

// The pages of a scene: as few as show all of it in the sizes asked for. Measured in a hidden stage that is gone afterwards.
export const pagesOf = (scene, context) => {
  const kind = KINDS[scene.kind];
  const [first] = kind.plans(scene);
  const page = { scene, part: first[0], number: 1, count: 2 };
  const stage = openStage();
  try {
    let found = null;
    for (const way of [sentenceOf(stage, page, context), ...briefer(scene)]) {
      const framed = { ...page, ...way };
      const { plan, whole } = choose(kind.plans(scene), (part) => measured(stage, { ...framed, part }, context));
      found = plan.map((part, at) => ({ ...framed, part, number: at + 1, count: plan.length }));
      if (whole) { break; }
    }
    return found;
  } finally {
    stage.remove();
  }
};

export const drawPage = (page, context) => {
  const content = KINDS[page.scene.kind].draw(page.scene, page.part, context);
  return frame(page, context.simulation, content);
};
