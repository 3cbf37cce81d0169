// What time it is: the server's, carried on by whichever of the device's two clocks moved further. The steady one
// stops while the device sleeps, the other jumps when it is set; so an age is at most overstated, never understated.

const JUMP = 5000;
const DATE = /^[^,]*,[^,]*/; // the first, where the application and its server both set one
const BEHIND = 60000; // two servers' clocks may differ by that
const AHEAD = 5 * 60000; // a moment that far in the future is none of this clock's

/** @param {{wall: () => number, steady: () => number}} device both in milliseconds */
export function createClock(device) {
  let time = device.wall();
  let wall = time;
  let steady = device.steady();
  let known = false;
  let sure = false;
  let heard = null; // the server's time as last taken over, and the steady clock at it
  let doubted = null; // as an answer said it that seemed old

  /** A cache on the way gives old answers; of a clock that was set back the next answer shows that it runs. */
  function isOld(server) {
    const back = heard !== null && server < heard.server - BEHIND;
    doubted = back && !(doubted !== null && server > doubted) ? server : null;
    return doubted !== null;
  }

  function place(moment) {
    time = moment;
    wall = device.wall();
    steady = device.steady();
    known = true;
  }

  function now() {
    return time + Math.max(device.wall() - wall, device.steady() - steady, 0);
  }

  return {
    now,

    /**
     * Take over the server's time as it stands in the Date header; the device's where a proxy took that away.
     * False where the answer is an old one. From one that stands still the steady clock carries on.
     */
    hear(header) {
      const server = Date.parse(DATE.exec(header ?? "")?.[0] ?? "");
      if (isOld(server)) return false;
      if (heard?.server !== server) heard = Number.isNaN(server) ? null : { server, steady: device.steady() };
      place(heard ? server + device.steady() - heard.steady : device.wall());
      sure = true;
      return true;
    },

    /** Take up a kept moment: the server's time, and what the device's clock said at it. */
    resume(kept) {
      const passed = device.wall() - kept.wall;
      place(kept.server + Math.max(passed, 0));
      sure = passed >= 0;
    },

    /** Carry the time on. True where the two clocks of the device differ since the last call: one was set, or it slept. */
    look() {
      const gap = device.wall() - wall - (device.steady() - steady);
      const before = known;
      place(now());
      known = before;
      if (gap < -JUMP) sure = false;
      return Math.abs(gap) > JUMP;
    },

    /** How long ago a moment was, in milliseconds; null where that is not known. */
    age(moment) {
      const passed = now() - moment;
      return known && sure && passed > -AHEAD ? Math.max(passed, 0) : null;
    },
  };
}
