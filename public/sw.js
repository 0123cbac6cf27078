// The service worker: the app's own files, whole and of one version, for a start without network.
//
// It knows nothing of entries, photos or sync, and holds no answer of /api/: what people made lies in IndexedDB.
// The build writes the version and the list; without a build (live reload) the list names nothing real and nothing is kept.

/** Names the build whose files these are. */
const VERSION = "__VERSION__";
/** Every file that the app needs, each named after its bytes. */
const FILES = ["__PRECACHE__"];
/** What is of use once there is something to keep: fetched when the first worker starts, and with every update. */
const LATER = ["__LATER__"];
/** The page that answers every route but those of parts that have a page of their own. */
const PAGE = "/";
/** These parts, with their files: fetched when a phone says that it wants them, and with every update from then on. */
const PARTS = [
  { page: "/desk.html", places: /^\/(begeleiden|meer\/telefoons)([/?]|$)/, files: ["__DESK__"] },
  { page: "/making.html", places: /^\/((erbij|meer\/gegevens)([/?]|$)|\?gedeeld)/, files: ["__MAKING__"] },
];
const PREFIX = "shell-";
const CACHE = PREFIX + VERSION;
/** A file named after its bytes is the same whatever was asked with it. */
const ANY_HEADERS = { ignoreVary: true };
const NO_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const IS_BUILT = !VERSION.startsWith("__");

self.addEventListener("install", (event) => {
  if (IS_BUILT) event.waitUntil(install());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

self.addEventListener("message", (event) => {
  const { type: asked, page } = event.data ?? {};
  // Only a person decides that the version they are working in ends.
  if (asked === "use-new-version") event.waitUntil(self.skipWaiting());
  // What fails now is asked for again.
  const part = asked === "keep-part" && PARTS.find((part) => part.page === page);
  if (part) event.waitUntil(keepPart(part).catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = url.origin === self.location.origin && !/^\/(api|healthz)(\/|$)/.test(url.pathname);
  if (!IS_BUILT || !isOurs || request.method !== "GET") return;
  if (request.mode === "navigate") {
    const part = PARTS.find(({ places }) => places.test(url.pathname + url.search));
    event.respondWith(part ? answerWithPart(part) : answerWithPage(request));
  } else if (isNamedAfterItsBytes(url.pathname)) {
    event.respondWith(answerWithFile(request));
    // What fails now is tried again with the next worker.
    if (request.destination === "worker") event.waitUntil(keep(LATER).catch(() => {}));
  }
});

/** Fetches all files of this version beside those of the version in use. */
async function install() {
  const isUpdate = (await caches.keys()).some((name) => name.startsWith(PREFIX) && name !== CACHE);
  await keep(isUpdate ? [...FILES, ...LATER] : FILES);
  for (const part of PARTS) if (await caches.match(part.page, ANY_HEADERS)) await keepPart(part);
  await keepPage(PAGE);
}

/** The page comes last: where it is, all of it is. */
async function keepPart({ page, files }) {
  if (await (await caches.open(CACHE)).match(page, ANY_HEADERS)) return;
  await keep(files);
  await keepPage(page);
}

async function keepPage(page) {
  await (await caches.open(CACHE)).put(page, await fetchPage(page));
}

async function fetchPage(page) {
  const answer = await fetch(page, { credentials: "same-origin" });
  const text = await answer.clone().text();
  // Between this script and this answer the server may have been updated, or a portal may have spoken for it.
  if (!answer.ok || answer.redirected || !text.includes(VERSION)) throw new Error("the page is not of version " + VERSION);
  return answer;
}

async function keep(files) {
  const cache = await caches.open(CACHE);
  await Promise.all(files.map(async (file) => {
    if (await cache.match(file, ANY_HEADERS)) return;
    // From the version before, or the HTTP cache where the page has just loaded it: no byte travels twice.
    const kept = await caches.match(file, ANY_HEADERS);
    await (kept ? cache.put(file, kept) : cache.add(file));
  }));
}

/** Takes over: from here on no page of an older version is open, or a person said so. */
async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answerWithPage(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(PAGE, ANY_HEADERS)) ?? fetch(request);
}

/** Without network, or while a new version comes, the first page says that this one is not there. */
async function answerWithPart({ page }) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(page, ANY_HEADERS);
  return kept ?? fetchPage(page).catch(() => cache.match(PAGE, ANY_HEADERS));
}

/** A file outside the list (letters of another alphabet, say) is kept from its first use on. */
async function answerWithFile(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request.url, ANY_HEADERS);
  if (kept) return kept;
  const answer = await fetch(request).catch((error) => {
    if (isAdornment(request.url)) return new Response(NO_PICTURE, { headers: { "content-type": "image/svg+xml" } });
    throw error;
  });
  if (answer.ok && answer.url) await cache.put(request.url, answer.clone());
  return answer;
}

/** Pictures that say nothing: without network a screen does without. */
function isAdornment(url) {
  return new URL(url).pathname.startsWith("/pictures/");
}

function isNamedAfterItsBytes(path) {
  return /-[0-9a-f]{16}\.[a-z0-9.]+$/.test(path);
}
