// The limit: all records in one request, then each photo by a plain PUT. It survives nothing.
const prepare = (count) => takePhotos(count, keepPhoto);

async function go(atATime) {
  const names = await notDone();
  const records = names.map((name) => ({ name, ...RECORD }));
  await send("POST", "/records", "application/json", JSON.stringify({ records }));
  await several(names, atATime, async (name) => send("PUT", `/media/${name}`, "image/jpeg", await photo(name)));
  return Date.now();
}

async function send(method, path, type, body) {
  const answer = await fetch(path, { method, headers: { "content-type": type }, body });
  if (!answer.ok) throw new Error(`${answer.status} for ${path}`);
  await answer.text();
}

/** As long as one of ours. */
const RECORD = { text: "x".repeat(900) };
