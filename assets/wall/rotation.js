// Which scene is on the screen, and for how long. What turned worse comes first and stays longer.

const LONGER = 1.6;
const HELD = 10 * 60000;

/** Put scenes in order: what turned worse most, then as the address asks; what it does not ask for is left out. */
export function inOrder(scenes, asked) {
  const places = new Map(asked.map((id, place) => [id, place]));
  return scenes
    .filter((scene) => places.has(scene.id))
    .sort((one, other) => Math.max(other.worse, 0) - Math.max(one.worse, 0) || places.get(one.id) - places.get(other.id));
}

/**
 * @param {object} wall
 * @param {number} wall.seconds for a page of a scene that did not turn worse
 * @param {string[]} wall.asked ids of scenes
 * @param {(scene: object) => object[]} wall.pagesOf
 * @param {(page: object|null, scene: object|null) => void} wall.show puts a page on the screen; null: nothing to say
 * @param {() => void} wall.between called before each change of scene
 * @param {(held: boolean) => void} wall.held
 * @param {(error: unknown) => void} wall.failed a scene could not be drawn; the picture before it stays
 */
export function createRotation(wall) {
  let scenes = [];
  let at = 0; // place of the scene shown
  let scene = null;
  let drawn = ""; // what the scene shown was drawn from
  let pages = [];
  let page = 0;
  let timer = 0;
  let release = 0;

  function enter(place, last = false) {
    return open(scenes[place], place, (count) => (last ? count - 1 : 0));
  }

  function open(next, place, choose) {
    try {
      const found = wall.pagesOf(next);
      const first = choose(found.length);
      wall.show(found[first], next);
      [scene, at, pages, page, drawn] = [next, place, found, first, JSON.stringify(next)];
      return true;
    } catch (error) {
      drawn = "";
      wall.failed(error);
      return false;
    }
  }

  function empty() {
    [scene, pages, page, drawn] = [null, [], 0, ""];
    wall.show(null, null);
    return true;
  }

  /** Go `by` one page on or back, passing over scenes that cannot be drawn. False where none could. */
  function step(by) {
    if (scenes.length === 0) return empty();
    if (scene && page + by >= 0 && page + by < pages.length) return turn(page + by);
    const here = scene ? scenes.findIndex((each) => each.id === scene.id) : -1;
    const from = here >= 0 ? here : by > 0 ? at - 1 : at;
    if (scenes.length === 1 && pages.length === 1 && here === 0 && drawn === JSON.stringify(scenes[0])) return true;
    for (let tried = 1; tried <= scenes.length; tried += 1) {
      const place = (((from + by * tried) % scenes.length) + scenes.length) % scenes.length;
      if (enter(place, by < 0)) return true;
    }
    return false;
  }

  function turn(next) {
    page = next;
    try {
      wall.show(pages[next], scene);
      return true;
    } catch (error) {
      wall.failed(error);
      return false;
    }
  }

  function arm() {
    clearTimeout(timer);
    timer = release ? 0 : setTimeout(tick, wall.seconds * 1000 * (scene?.worse > 0 ? LONGER : 1));
  }

  function tick() {
    wall.between();
    try {
      step(1);
    } finally {
      arm();
    }
  }

  /** Draw the scene shown again, on the same page where it still has one. */
  function redraw(fresh, place) {
    return open(fresh, place, (count) => Math.min(page, count - 1));
  }

  function hold() {
    clearTimeout(release);
    release = setTimeout(go, HELD);
    wall.held(true);
    arm();
  }

  function go() {
    clearTimeout(release);
    release = 0;
    wall.held(false);
    arm();
  }

  return {
    /**
     * Take a snapshot's scenes: a changed figure is drawn at once, all else at the next change of scene.
     * True where what is on the screen stands in that snapshot.
     */
    take(all) {
      scenes = inOrder(all, wall.asked);
      const place = scene ? scenes.findIndex((each) => each.id === scene.id) : -1;
      if (place < 0) {
        page = pages.length - 1; // the next step leaves the scene that is gone
        const drew = step(1);
        arm();
        return drew;
      }
      if (JSON.stringify(scenes[place]) !== drawn) return redraw(scenes[place], place);
      at = place;
      return true;
    },
    /** Measure and draw again: the size of the screen changed. */
    again() {
      if (scene) redraw(scene, at);
    },
    scene: () => scene,
    move(by) {
      step(by);
      if (release) hold();
      else arm();
    },
    first() {
      if (scenes.length) enter(0);
      arm();
    },
    last() {
      if (scenes.length) enter(scenes.length - 1, true);
      arm();
    },
    toggle() {
      if (release) go();
      else hold();
    },
  };
}
