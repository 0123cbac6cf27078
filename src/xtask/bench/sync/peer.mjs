// A peer as a contender: its page and its server lie in `peers/`.
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser, start } from "../harness.mjs";

const PEERS_FOLDER = fileURLToPath(new URL("peers/", import.meta.url));

/**
 * The peers, which find the photo that they send variants of in the file `photo`. `api` is where their requests go;
 * who `keeps` photos on the phone has a function `keep` for it.
 */
export function peers(photo) {
  return [
    new Peer({ name: "PouchDB", script: "pouchdb.mjs", api: "/db", keeps: true, photo }),
    new Peer({ name: "tus", script: "tus.mjs", api: "/files", photo }),
    new Peer({ name: "Workbox", script: "workbox.mjs", api: "/entries", keeps: true, photo }),
  ];
}

/** Plain PUT in front of a bare server: as fast as it can be, and it survives nothing. */
export function limit(photo) {
  return new Plain({ name: "plain PUT", script: "plain.mjs", api: "/", photo });
}

class Peer {
  constructor(about) {
    Object.assign(this, about);
  }

  /** Puts photos on a new phone in `folder`. */
  async prepare({ count, port, folder }) {
    mkdirSync(join(folder, "data"));
    const server = await this.#startScript(join(folder, "data"), port);
    const context = await openBrowser(join(folder, "profile"));
    const page = context.pages()[0];
    await this.open({ page, server, prepared: { port } });
    await page.evaluate((count) => prepare(count), count);
    await context.close();
    await server.end();
  }

  serve(data, port) {
    return this.#startScript(data, port);
  }

  async #startScript(data, port) {
    const env = { BENCH_PORT: port, BENCH_DATA: data, BENCH_PHOTO: this.photo };
    return { ...(await start(process.execPath, [PEERS_FOLDER + this.script], env)), port, data, page: "/" };
  }

  async open({ page, server, prepared }) {
    await page.goto(`http://127.0.0.1:${prepared.port}${server.page}`);
  }

  /** Sends; returns when it was done by the phone's clock. */
  go({ page, atATime }) {
    return page.evaluate((atATime) => go(atATime), atATime);
  }

  async held({ port }, { count }) {
    const { copies, orphans } = await (await fetch(`http://127.0.0.1:${port}/held`)).json();
    const times = Object.values(copies);
    const bytes = count * statSync(this.photo).size;
    return { whole: times.length, twice: times.reduce((sum, n) => sum + n - 1, 0), orphans, bytes };
  }
}

class Plain extends Peer {
  async serve(data, port) {
    const server = await start(process.env.WIJKBEELD_BARE, [String(port), data, PEERS_FOLDER]);
    return { ...server, port, data, page: "/plain.html" };
  }

  async held({ data }, { count }) {
    return { whole: readdirSync(data).length, twice: 0, orphans: 0, bytes: count * statSync(this.photo).size };
  }
}
