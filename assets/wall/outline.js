// Where in an outline its number stands.

// The corners of each ring of a path, which is written in M, L, l and Z only.
const rings = (path) => {
  const found = [];
  for (const [, letter, numbers] of path.matchAll(/([MLl])([^MLlZz]*)/g)) {
    const [x, y] = numbers.trim().split(/[ ,]+/).map(Number);
    if (letter === "M") { found.push([]); }
    const ring = found.at(-1);
    const [left, top] = letter === "l" ? ring.at(-1) : [0, 0];
    ring.push([left + x, top + y]);
  }
  return found;
};

// Twice the area of a ring, and its centre of gravity.
const weigh = (ring) => {
  const edges = ring.map(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length];
    const cross = x * nextY - nextX * y;
    return [cross, (x + nextX) * cross, (y + nextY) * cross];
  });
  const [area, x, y] = [0, 1, 2].map((part) => edges.reduce((sum, edge) => sum + edge[part], 0));
  return { area: Math.abs(area), centre: [x / (3 * area), y / (3 * area)] };
};

// The centre of the largest part.
export const middle = (path) => rings(path).map(weigh).reduce((one, other) => (other.area > one.area ? other : one)).centre;
