// What time it is: the server's, carried on by whichever of the device's two clocks moved further. The steady one
// stops while the device sleeps, the other jumps when it is set; so an age is at most overstated, never understated.

const JUMP = 5000;
const DATE = /^[^,]*,[^,]*/; // the first, where the application and its server both set one
const AHEAD = 5 * 60000; // a moment that far in the future is none of this clock's

/** @param {{wall: () => number, steady: () => number}} device both in milliseconds */
export function createClock(device) {
  let time = device.wall();
  let wall = time;
  let steady = device.steady();
  let known = false;
  let sure = false;

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

    /** Take over the server's time as it stands in the Date header; the device's where a proxy took that away. */
    hear(header) {
      const server = Date.parse(DATE.exec(header ?? "")?.[0] ?? "");
      place(Number.isNaN(server) ? device.wall() : server);
      sure = true;
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
