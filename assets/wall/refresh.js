// Asks for the snapshot, once a minute or so, and after failures sooner and then ever less often; always a little at
// random, so that two hundred walls do not come at once when a server returns.

const LIMIT = 10000; // of one request
const FIRST = 5000; // longest wait after one failure; doubles with each
const SOON = 3000;

/**
 * @param {object} ask
 * @param {string} ask.address
 * @param {number} ask.interval milliseconds between two refreshes
 * @param {() => string} ask.etag of the snapshot shown, "" without one
 * @param {(answer: {content: unknown, same: boolean, etag: string, date: string|null}) => string} ask.judge
 *   takes a snapshot over; returns "" or what is wrong with it
 * @param {(fault: string, failures: number) => void} ask.done called after each attempt
 */
export function createRefresh({ address, interval, etag, judge, done }) {
  let timer = 0;
  let busy = false;
  let failures = 0;

  /** @returns {Promise<object|string>} the answer, or what is wrong with it */
  async function read(signal) {
    const known = etag();
    const headers = known ? { "If-None-Match": known } : {};
    const answer = await fetch(address, { cache: "no-store", headers, signal });
    const same = answer.status === 304 && known !== "";
    const date = answer.headers.get("Date");
    if (!answer.ok && !same) return "faulty";
    const text = same ? "null" : await answer.text();
    try {
      return { content: JSON.parse(text), same, etag: answer.headers.get("ETag") ?? "", date };
    } catch {
      return "faulty";
    }
  }

  async function hear() {
    const control = new AbortController();
    const limit = setTimeout(() => control.abort(), LIMIT);
    try {
      return await read(control.signal);
    } catch {
      return "offline"; // nothing was heard, or not to the end
    } finally {
      clearTimeout(limit);
    }
  }

  async function run() {
    timer = 0;
    busy = true;
    let fault = "faulty";
    try {
      const answer = await hear();
      fault = typeof answer === "string" ? answer : judge(answer);
    } finally {
      busy = false;
      failures = fault && fault !== "older" ? failures + 1 : 0;
      plan(wait());
      done(fault, failures);
    }
  }

  /** Between refreshes; after failures from one second up to a bound: with a request that hung before, below one refresh. */
  function wait() {
    if (failures === 0) return interval * (0.75 + 0.25 * Math.random());
    return Math.max(1000, Math.random() * Math.min(interval - 2 * LIMIT, FIRST * 2 ** (failures - 1)));
  }

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(run, delay);
  }

  return {
    start(delay) {
      plan(delay);
    },
    /** Ask within a few seconds: the network is back, the screen woke up, a clock was set. */
    soon() {
      if (!busy) plan(Math.random() * SOON);
    },
  };
}
