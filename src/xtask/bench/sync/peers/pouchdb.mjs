// A PouchDB server on a folder.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { data, load, own, packaged, serve } from "./site.mjs";

const PouchDB = await load("pouchdb-node/lib/index.js");
const express = await load("express/index.js");
const expressPouchDb = await load("express-pouchdb/lib/index.js");

mkdirSync(data, { recursive: true });
const Stored = PouchDB.defaults({ prefix: join(data, "/") });
const app = express();
app.use("/db", expressPouchDb(Stored, { mode: "minimumForPouchDB", inMemoryConfig: true, logPath: join(data, "log") }));

serve({
  scripts: {
    "/storage.js": own("storage.js"),
    "/pouchdb.js": packaged("pouchdb/dist/pouchdb.min.js"),
    "/page.js": own("pouchdb.js"),
  },
  handle: app,
  held,
});

async function held() {
  const { rows } = await new Stored("bench").allDocs();
  return { copies: Object.fromEntries(rows.map(({ id }) => [id, 1])), orphans: 0 };
}
