// A phone's storage, for peers that bring none: photos by name, and which of them are done.
const opened = new Promise((resolve, reject) => {
  const opening = indexedDB.open("bench", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("photos");
    opening.result.createObjectStore("done");
  };
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});

async function ask(store, mode, work) {
  const transaction = (await opened).transaction(store, mode, { durability: "strict" });
  const request = work(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Puts photos 0 to `count` on the phone, one after the other, each by `keep(name, blob)`. */
async function takePhotos(count, keep) {
  for (let number = 0; number < count; number += 1) {
    const name = `${number}.jpg`;
    await keep(name, await (await fetch(`/photos/${name}`)).blob());
  }
}

function keepPhoto(name, photo) {
  return ask("photos", "readwrite", (photos) => photos.put(photo, name));
}

function photo(name) {
  return ask("photos", "readonly", (photos) => photos.get(name));
}

function setDone(name) {
  return ask("done", "readwrite", (done) => done.put(true, name));
}

async function notDone() {
  const all = await ask("photos", "readonly", (photos) => photos.getAllKeys());
  const done = new Set(await ask("done", "readonly", (done) => done.getAllKeys()));
  return all.filter((name) => !done.has(name));
}

/** Does `work(name)` for all of them, so many at a time. */
async function several(names, atATime, work) {
  const left = [...names];
  const take = async () => {
    while (left.length > 0) await work(left.shift());
  };
  await Promise.all(Array.from({ length: atATime }, take));
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
