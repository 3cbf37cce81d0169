// Lets a wall begin without a server. What it keeps belongs to one version of the wall's files; the versions before it
// go once the next one is whole.
const CACHES = "pantau-wall-";
const FILES = "/wall/berkas/";
const VERSION = /<html[^>]* data-version="(\w+)"/;
const NAMED = /\/wall\/berkas\/\w+\/[\w.-]+/g;
const PATIENCE = 4000;
const DOCUMENTS = 8; // kept at most: previews ask for many addresses

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && address.pathname === "/wall") event.respondWith(navigate(event.request));
  else if (address.pathname.startsWith(FILES)) event.respondWith(open(event.request));
});

// A running wall tells what it was made of: only a document that is known to work, with all its files, is kept.
self.addEventListener("message", (event) => {
  event.waitUntil(keep(event.data));
});

async function navigate(request) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE);
  try {
    const answer = await fetch(request.url, { cache: "no-store", signal: limit.signal });
    const text = await answer.text(); // a server that hangs may do so after its headers
    const found = new Response(text, { status: answer.status, headers: answer.headers });
    if (answer.ok && (await isWhole(text, limit.signal))) return found;
    return (await kept(request)) ?? found;
  } catch {
    return (await kept(request)) ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}

/** True for a wall (no page to log in) whose files can all be had: during an upgrade another worker may refuse them. */
async function isWhole(text, signal) {
  const version = VERSION.exec(text)?.[1];
  if (!version) return false;
  const cache = await caches.open(CACHES + version);
  const files = new Set(text.match(NAMED));
  const had = await Promise.all([...files].map((file) => have(cache, file, signal)));
  return had.length > 0 && had.every(Boolean);
}

async function have(cache, file, signal) {
  if (await cache.match(file)) return true;
  const answer = await fetch(file, { signal });
  if (answer.ok) await cache.put(file, answer);
  return answer.ok;
}

async function kept(request) {
  return (await caches.match(request.url)) ?? caches.match(request.url, { ignoreSearch: true });
}

async function open(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function keep({ version, address, files }) {
  const name = `${CACHES}${version}`;
  const cache = await caches.open(name);
  for (const file of files) if (!(await cache.match(file))) await cache.add(file);
  const answer = await fetch(address, { cache: "no-store" });
  const text = answer.ok ? await answer.clone().text() : "";
  if (!text.includes(`data-version="${version}"`)) return;
  await cache.delete(address);
  await cache.put(address, answer);
  const documents = (await cache.keys()).filter((each) => !new URL(each.url).pathname.startsWith(FILES));
  for (const old of documents.slice(0, -DOCUMENTS)) await cache.delete(old);
  const others = (await caches.keys()).filter((each) => each.startsWith(CACHES) && each !== name);
  for (const other of others) await caches.delete(other);
}
