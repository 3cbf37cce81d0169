// What the badge says: connected, late figures, or how long and since when the screen stands alone.
import { fill, sinceText, spanText } from "./wording.js";

const SILENCE = 3; // refreshes

/**
 * @param {{fault: string, failures: number, contact: number|null}} link how the server answers; `contact` by its clock
 * @param {string} late what of the scene shown is older than promised
 * @returns {{tone: "ok"|"late"|"offline", text: string}}
 */
export function badgeOf(link, late, clock, interval, words) {
  if (link.contact === null) return { tone: "offline", text: words.never };
  const age = clock.age(link.contact);
  if (link.fault === "older") return { tone: "late", text: words.older };
  if (!isAlone(link, age, interval)) return late ? { tone: "late", text: late } : { tone: "ok", text: words.connected };
  if (age === null) return { tone: "offline", text: words.unknown };
  const what = link.fault === "faulty" ? "faulty" : "offline";
  const values = { span: spanText(age, words), since: sinceText(link.contact, clock.now(), words) };
  return { tone: "offline", text: fill(words[values.span ? what : `${what}_now`], values) };
}

// One failed refresh is tried again within seconds; two, or a long silence, are a fact.
function isAlone({ failures }, age, interval) {
  if (age === null) return true;
  return failures > 1 || (failures > 0 && age > interval) || age > SILENCE * interval;
}
