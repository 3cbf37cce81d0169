// Moves the picture a little every other minute, against burn-in. A step is a jump of a few pixels, no animation.

const EVERY = 2 * 60000;
const PATH = [[0, 0], [1, 1], [2, 0], [3, 1], [2, 2], [1, 3], [0, 2], [-1, 3], [-2, 2], [-3, 1], [-2, 0], [-3, -1],
  [-2, -2], [-1, -3], [0, -2], [1, -3], [2, -2], [3, -1], [1, -1], [-1, 1]]; // prettier-ignore

/** How far the picture stands from its place, in pixels right and down of a screen 1080 high. */
export function shiftAt(moment) {
  return PATH[Math.floor(moment / EVERY) % PATH.length];
}
