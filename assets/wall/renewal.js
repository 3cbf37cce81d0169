// Loads the page anew: for the server's new version, or after a script failed. At most once in ten minutes, so that
// two workers of different versions cannot make a loop, and only when the server has just given the document.

const REST = 10 * 60000;
const LIMIT = 10000;
const PLACE = "pantau-wall:dimuat";
export const ANY = "*";

/** @param {{storage: Storage|null, reload: () => void}} page */
export function createRenewal({ storage, reload }) {
  let wanted = "";
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

  async function isThere() {
    const control = new AbortController();
    const limit = setTimeout(() => control.abort(), LIMIT);
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: control.signal });
      const text = answer.ok ? await answer.text() : "";
      return text.includes(wanted === ANY ? "data-version=" : `data-version="${wanted}"`);
    } catch {
      return false;
    } finally {
      clearTimeout(limit);
    }
  }

  return {
    /** @param {string} version the server's, or ANY; "" takes the wish back */
    want(version) {
      if (wanted !== ANY) wanted = version;
    },
    async attempt() {
      if (!wanted || busy || !rested()) return;
      busy = true;
      if ((await isThere()) && note()) reload();
      busy = false;
    },
  };
}
