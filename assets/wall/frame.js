// What surrounds every scene: title and clock above; sentence, periods, age, badge and seal below.
import { bound, el, text } from "./dom.js";

// The widest that may be said later: pages are measured with it, so that a minute's change never breaks a line anew.
const WIDEST = {
  id: { clock: "Minggu 28 September 2026 · 20.48 WITA", received: "diterima 24 menit lalu", badge: "server galat 24 menit, sejak 20.48" },
  en: { clock: "Wednesday 28 September 2026 · 20:48 WITA", received: "received 24 minutes ago", badge: "server error 24 minutes, since 20:48" },
};
export const widest = ({ late }, lang) => {
  const { clock, received, badge } = WIDEST[lang];
  return { clock, received, badge: { tone: "late", text: late.length > badge.length ? late : badge }, seal: "00000000" };
};

const slot = (tag, names, name) => {
  const node = el(tag, names);
  node.dataset.slot = name;
  return node;
};

const head = (title, sub, page, simulation) => {
  const header = el("header", "top",
    slot("p", "body clock", "clock"),
    el("div", "heading",
      el("h1", "body title", title),
      page.count > 1 ? [" ", el("span", "body page", `${page.number}/${page.count}`)] : null,
      simulation ? [" ", el("span", "foot tag", simulation)] : null),
    text("p", "foot sub", sub));
  header.setAttribute("role", "banner");
  return header;
};

const sentence = (said, chosen) => (said && chosen ? el("p", "body sentence", el("b", `tone-${said.tone}`, said.lead), said.lead ? " " : "", bound(chosen)) : null);

const foot = (scene, page) => {
  const badge = el("p", "badge", slot("span", "foot", "badge"));
  const said = sentence(scene.sentence, page.sentence);
  const footer = el("footer", `bottom${said ? "" : " alone"}${page.stacked ? " stacked" : ""}`, said,
    el("div", "status", text("p", "foot note", bound(scene.note)),
      el("p", "source", slot("span", "foot", "received"), slot("span", "foot seal", "seal")), badge));
  footer.setAttribute("role", "contentinfo");
  return footer;
};

export const frame = (page, simulation, content) => {
  const { scene } = page;
  const main = el("main", scene.kind, el("p", "spoken", scene.spoken), content);
  return el("section", `scene scene-${scene.kind}`, head(scene.title, scene.sub, page, simulation), main, foot(scene, page));
};

const say = (section, name, words) => {
  const node = section.querySelector(`[data-slot="${name}"]`);
  if (node && node.textContent !== words) { node.textContent = words; }
};

// Only the separator of date and time may break: "Minggu 22 November 2026 ·" / "11.25 WITA".
const held = (clock) => clock.split(" · ").map((part) => part.replaceAll(" ", "\u00a0")).join("\u00a0· ");

// Fills in what changes with time; touches only what changed.
export const updateChrome = (section, { clock, received, badge, seal }) => {
  Object.entries({ clock: held(clock), received, badge: badge.text, seal }).forEach(([name, words]) => say(section, name, words));
  const sign = section.querySelector(".badge");
  if (sign && sign.dataset.tone !== badge.tone) { sign.dataset.tone = badge.tone; }
};

// The picture before any snapshot was received.
export const drawEmpty = (words, state) => {
  const page = { number: 1, count: 1, sentence: "", scene: { kind: "waiting", title: "Pantau", sub: "", note: "", sentence: null, spoken: "" } };
  const section = frame(page, "", [el("p", "body waiting-title", words.empty_title), el("p", "body", words.empty_text)]);
  updateChrome(section, state);
  return section;
};
