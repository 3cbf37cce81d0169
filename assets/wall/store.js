// The last good snapshot and the moment of the last contact, kept over a restart. A full or broken store is no error:
// the wall then only begins empty.

/**
 * @param {Storage|null} storage
 * @param {{region: string, lang: string, guest: boolean}} wish
 * @param {(content: unknown) => boolean} sound
 */
export function createStore(storage, wish, sound) {
  const place = `pantau-wall:${wish.region}:${wish.lang}:${wish.guest ? "tamu" : ""}`;

  function read(name) {
    try {
      return JSON.parse(storage.getItem(name));
    } catch {
      return null;
    }
  }

  function forget(name) {
    try {
      storage.removeItem(name);
    } catch {
      // The picture on the screen does not depend on it.
    }
  }

  function write(name, value) {
    try {
      storage.setItem(name, JSON.stringify(value));
    } catch {
      forget(name); // what stands there is not the last any more: it would bring an old value back
    }
  }

  return {
    /** @returns {{snapshot: object, etag: string, contact: {server: number, wall: number}}|null} */
    load() {
      const kept = read(place);
      const contact = read(`${place}:kontak`);
      const whole = Number.isFinite(contact?.server) && Number.isFinite(contact?.wall);
      if (!whole || !sound(kept?.snapshot) || typeof kept.etag !== "string") return null;
      return { snapshot: kept.snapshot, etag: kept.etag, contact };
    },
    keep(snapshot, etag) {
      write(place, { snapshot, etag });
    },
    /** Keep when the server was last heard: its time, and the device's at the same moment. */
    touch(server, wall) {
      write(`${place}:kontak`, { server, wall });
    },
  };
}
