// Less light at night.
import { hourOf } from "./wording.js";

/** True within the hours [from, to) in WITA; they may span midnight. */
export function isDim(moment, hours) {
  if (!hours) return false;
  const [from, to] = hours;
  const hour = hourOf(moment);
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}
