// Wires the wall: what was kept is shown at once, then the server is asked, for ever.
import { badgeOf } from "./badge.js";
import { createClock } from "./clock.js";
import { isDim } from "./dim.js";
import { drawEmpty, drawPage, pagesOf, updateChrome } from "./draw.js";
import { listenToKeys } from "./keys.js";
import { createRefresh } from "./refresh.js";
import { ANY, createRenewal } from "./renewal.js";
import { createRotation } from "./rotation.js";
import { setSizes } from "./screen.js";
import { shiftAt } from "./shift.js";
import { isOlder, isSound } from "./soundness.js";
import { createStore } from "./store.js";
import { agoText, clockText, dateText, fill } from "./wording.js";

const INTERVAL = 60000;
const MINUTE = 60000;
const SETTLED = 250; // after the last change of the window's size

const root = document.documentElement;
const stage = document.getElementById("stage");
const held = document.getElementById("held");
const options = JSON.parse(root.dataset.options);
const words = JSON.parse(root.dataset.words);
const context = { title: "", simulation: "", lang: options.lang, words, guest: options.guest };
const link = { fault: "", failures: 0, contact: null };
const seen = new Map(); // the vintage shown of each warehouse: another one may answer in between
let shown = null; // the last good snapshot
let etag = "";
let seal = ""; // of the snapshot that the picture on the screen stands in
let broken = false; // a picture could not be drawn

const clock = createClock({ wall: () => Date.now(), steady: () => performance.now() });
const store = createStore(storageOf("localStorage"), options, (content) => isSound(content, options));
const renewal = createRenewal({ storage: storageOf("sessionStorage"), reload: () => location.reload() });
const rotation = createRotation({
  seconds: options.seconds,
  asked: options.scenes,
  pagesOf: (scene) => pagesOf(scene, context),
  show,
  between: () => renewal.attempt(),
  held: (is) => {
    held.hidden = !is;
  },
  failed: (error) => {
    broken = true;
    etag = ""; // whatever is wrong with what was received, it is asked for whole
    renewal.want(ANY);
    console.error(error);
  },
});
const refresh = createRefresh({ address: snapshotAddress(), interval: INTERVAL, etag: () => etag, judge, done });

function storageOf(name) {
  try {
    return window[name];
  } catch {
    return null; // refused by the browser's settings
  }
}

function snapshotAddress() {
  const query = new URLSearchParams({ wilayah: options.region, lang: options.lang });
  if (options.guest) query.set("preset", "tamu");
  return `/wall/snapshot.json?${query}`;
}

function state(scene) {
  return {
    clock: clockText(clock.now(), words),
    received: scene ? receivedText(Date.parse(scene.received)) : "",
    badge: broken ? { tone: "offline", text: words.broken } : badgeOf(link, scene?.late ?? "", clock, INTERVAL, words),
    seal,
  };
}

function receivedText(moment) {
  const age = clock.age(moment);
  if (age === null) return fill(words.received_on, { date: dateText(moment, words) });
  return fill(words.received, { ago: agoText(age, words) });
}

function show(page, scene) {
  const section = page ? drawPage(page, context) : drawEmpty(shown ? nothing() : words, state(null));
  broken = false;
  seal = shown ? shown.seal.slice(0, 8) : "";
  updateChrome(section, state(scene));
  stage.replaceChildren(section);
}

function nothing() {
  return { ...words, empty_title: words.nothing_title, empty_text: words.nothing_text };
}

function refreshChrome() {
  if (stage.firstElementChild) updateChrome(stage.firstElementChild, state(rotation.scene()));
}

function take(snapshot, tag) {
  const renamed = context.title !== snapshot.title || context.simulation !== snapshot.simulation;
  shown = snapshot;
  seen.set(snapshot.chain, snapshot.vintage);
  etag = tag;
  context.title = snapshot.title;
  context.simulation = snapshot.simulation;
  if (rotation.take(snapshot.scenes)) seal = snapshot.seal.slice(0, 8);
  if (renamed) rotation.again();
}

function judge(answer) {
  if (answer.same) {
    renewal.want(shown.version === root.dataset.version ? "" : shown.version);
    return contact(answer.date);
  }
  // Even a snapshot that this version cannot read says which version the server is.
  const version = answer.content?.version;
  if (typeof version === "string") renewal.want(version === root.dataset.version ? "" : version);
  if (!isSound(answer.content, options)) return "faulty";
  if (isOlder(answer.content, seen)) return clock.hear(answer.date) ? "older" : "offline";
  if (contact(answer.date)) return "offline";
  store.keep(answer.content, answer.etag);
  take(answer.content, answer.etag);
  return "";
}

/** Note that the server was heard; an old answer out of a cache on the way is no contact. */
function contact(date) {
  if (!clock.hear(date)) return "offline";
  link.contact = clock.now();
  store.touch(link.contact, Date.now());
  return "";
}

function done(fault, failures) {
  link.fault = fault;
  link.failures = failures;
  refreshChrome();
}

function tick() {
  if (clock.look()) refresh.soon();
  const now = clock.now();
  root.classList.toggle("dim", isDim(now, options.dim));
  const [right, down] = shiftAt(now);
  const pixel = window.innerHeight / 1080;
  stage.style.transform = right || down ? `translate(${right * pixel}px, ${down * pixel}px)` : "";
  refreshChrome();
}

function tickEachMinute() {
  setTimeout(tickEachMinute, MINUTE - (clock.now() % MINUTE) + 20);
  tick();
}

function wake() {
  if (document.visibilityState === "hidden") return;
  tick();
  refresh.soon();
}

function listen() {
  let settling = 0;
  window.addEventListener("resize", () => {
    clearTimeout(settling);
    settling = setTimeout(() => {
      setSizes(root, options);
      rotation.again();
    }, SETTLED);
  });
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  document.addEventListener("resume", wake);
  window.addEventListener("error", () => renewal.want(ANY));
  window.addEventListener("unhandledrejection", () => renewal.want(ANY));
  listenToKeys(window, rotation);
}

/** Have the worker keep this document and its files; without TLS (or localhost) there is none, and that is all right. */
async function settle() {
  try {
    await navigator.serviceWorker.register("/wall/sw.js", { scope: "/wall" });
    const { active } = await navigator.serviceWorker.ready;
    const named = [...document.querySelectorAll("link, script[src]")].map((each) => each.href ?? each.src);
    const files = [...new Set(named.filter((name) => name.includes("/wall/berkas/")))];
    active.postMessage({ version: root.dataset.version, address: location.href, files });
  } catch {
    // The wall works without it; only a reload then needs the server.
  }
}

function start() {
  listen();
  setSizes(root, options);
  held.textContent = words.held;
  const kept = store.load();
  if (kept) {
    clock.resume(kept.contact);
    link.contact = kept.contact.server;
    take(kept.snapshot, kept.etag);
  }
  if (!stage.firstElementChild) {
    const failed = broken;
    show(null, null);
    broken = failed;
  }
  tickEachMinute();
  refresh.start(kept ? Math.random() * 5000 : 0);
  root.dataset.alive = "1";
  settle();
}

start();
