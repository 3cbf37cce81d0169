// Loads the page anew: for the server's new version, or after a script failed. At most once in ten minutes, so that
// two workers of different versions cannot make a loop, and only when the server has just given the document and all
// its files.

const REST = 10 * 60000;
const LIMIT = 10000;
const FILES = /\/wall\/berkas\/\w+\/[\w.-]+/g;
const PLACE = "pantau-wall:dimuat";
export const ANY = "*";

/** Have the browser hold a file before it is needed: during an upgrade another worker may refuse it. */
async function have(file, signal) {
  const answer = await fetch(file, { signal });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(file);
}

/** @param {{storage: Storage|null, reload: () => void}} page */
export function createRenewal({ storage, reload }) {
  let wanted = "";
  let ready = ""; // the version of which the browser holds all files
  let busy = false;

  function rested() {
    try {
      return !(Math.abs(Date.now() - Number(storage.getItem(PLACE) ?? Number.NaN)) < REST);
    } catch {
      return false;
    }
  }

  /** Note that the page is loaded now. Where no note can be kept there would be no end to it: then it is not. */
  function note() {
    try {
      storage.setItem(PLACE, String(Date.now()));
      return true;
    } catch {
      return false;
    }
  }

  /** Whether the server gives the document that is wanted, and its files. */
  async function look(version, withFiles) {
    const control = new AbortController();
    const limit = setTimeout(() => control.abort(), LIMIT);
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: control.signal });
      const text = answer.ok ? await answer.text() : "";
      if (!text.includes(version === ANY ? "data-version=" : `data-version="${version}"`)) return false;
      if (withFiles) await Promise.all([...new Set(text.match(FILES))].map((file) => have(file, control.signal)));
      return true;
    } catch {
      return false;
    } finally {
      clearTimeout(limit);
    }
  }

  async function prepare(version) {
    if (await look(version, true)) ready = version;
  }

  return {
    /** @param {string} version the server's, or ANY; "" takes the wish back */
    want(version) {
      if (wanted !== ANY) wanted = version;
      if (wanted && wanted !== ANY && wanted !== ready) prepare(wanted);
    },
    async attempt() {
      if (!wanted || (wanted !== ANY && wanted !== ready) || busy || !rested()) return;
      busy = true;
      if ((await look(wanted, false)) && note()) reload();
      busy = false;
    },
  };
}
