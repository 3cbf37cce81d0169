// Moments and ages in words. WITA is UTC+8 all year; nothing here depends on the device's zone or language.

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WITA = 8 * HOUR;

/** Put values in a text: `{n} menit`. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

function parts(moment, words) {
  const date = new Date(moment + WITA);
  const two = (number) => String(number).padStart(2, "0");
  return {
    weekday: words.weekdays.split(" ")[date.getUTCDay()],
    day: date.getUTCDate(),
    month: words.months.split(" ")[date.getUTCMonth()],
    short: words.months_short.split(" ")[date.getUTCMonth()],
    year: date.getUTCFullYear(),
    hour: two(date.getUTCHours()),
    minute: two(date.getUTCMinutes()),
  };
}

/** The hour of the day in WITA, 0 to 23. */
export function hourOf(moment) {
  return new Date(moment + WITA).getUTCHours();
}

/** `Minggu 22 November 2026 · 11.25 WITA` */
export function clockText(moment, words) {
  return fill(words.clock, parts(moment, words));
}

/** `22 November 2026` */
export function dateText(moment, words) {
  return fill(words.date, parts(moment, words));
}

/** `10.42 WITA`, or `21 Nov` where that is not today. */
export function sinceText(moment, now, words) {
  const today = Math.floor((moment + WITA) / DAY) === Math.floor((now + WITA) / DAY);
  return fill(today ? words.time : words.day_short, parts(moment, words));
}

/** `5 menit`, `30 jam`, `3 hari`, "" under a minute; hours up to two days, so that little is rounded away. */
export function spanText(age, words) {
  if (age < MINUTE) return "";
  const [unit, size] = age < HOUR ? ["minute", MINUTE] : age < 2 * DAY ? ["hour", HOUR] : ["day", DAY];
  const n = Math.floor(age / size);
  return fill(words[n === 1 ? unit : `${unit}s`], { n });
}

/** `baru saja`, `5 menit lalu` */
export function agoText(age, words) {
  const span = spanText(age, words);
  return span ? fill(words.ago, { span }) : words.now;
}
