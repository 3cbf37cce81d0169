// Whether what was received is a snapshot that may be shown. Anything else is refused whole.

const PARTS = { tiles: "tiles", indices: "indices", rows: "rows", table: "comparisons", lists: "groups", map: "areas" };
const TEXTS = ["id", "title", "sub", "note", "late", "spoken"];

const isText = (value) => typeof value === "string";
const isMoment = (value) => isText(value) && !Number.isNaN(Date.parse(value));

function isScene(scene) {
  return (
    scene !== null &&
    typeof scene === "object" &&
    TEXTS.every((name) => isText(scene[name])) &&
    Number.isFinite(scene.worse) &&
    isMoment(scene.received) &&
    Object.hasOwn(PARTS, scene.kind) &&
    Array.isArray(scene[PARTS[scene.kind]]) &&
    (scene.sentence === null || Array.isArray(scene.sentence?.texts))
  );
}

/** True for a whole snapshot of this region in this language. */
export function isSound(content, wish) {
  return (
    content !== null &&
    typeof content === "object" &&
    content.format === 1 &&
    Number.isInteger(content.vintage) &&
    content.region === wish.region &&
    content.lang === wish.lang &&
    [content.version, content.title, content.simulation, content.chain, content.day].every(isText) &&
    isText(content.seal) &&
    /^[0-9a-f]{8,}$/.test(content.seal) &&
    isMoment(content.recorded) &&
    Array.isArray(content.scenes) &&
    content.scenes.every(isScene)
  );
}

/** True where `content` would bring an old value back: its warehouse was seen at a later vintage. */
export function isOlder(content, seen) {
  return content.vintage < (seen.get(content.chain) ?? 0);
}
