// A presenter's keyboard: space holds or goes on, arrows turn pages, Home and End go to the first and the last.

/** @param {{toggle: () => void, move: (by: number) => void, first: () => void, last: () => void}} rotation */
export function listenToKeys(target, rotation) {
  const actions = {
    " ": () => rotation.toggle(),
    ArrowRight: () => rotation.move(1),
    ArrowDown: () => rotation.move(1),
    ArrowLeft: () => rotation.move(-1),
    ArrowUp: () => rotation.move(-1),
    Home: () => rotation.first(),
    End: () => rotation.last(),
  };
  target.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    if (!event.repeat || event.key !== " ") actions[event.key]();
  });
}
