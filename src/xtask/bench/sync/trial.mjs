// One trial: a contender's phone, with photos that wait, sends them to its server while things happen to it.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { killBrowser } from "../chromium.mjs";
import { freePort, openBrowser, sleep, withFolder } from "../harness.mjs";
import { openLink } from "../link.mjs";
import { longestTask, traced } from "./main-thread.mjs";
import { Requests } from "./requests.mjs";

/** At which part of the payload something happens. */
const SHARES = [0.3, 0.5, 0.7];
const CUT_MS = 3_000;
/** How long the link of a trial with cuts is dead. */
export const CUTS_MS = SHARES.length * CUT_MS;

/** A trial that takes longer than this hangs. */
const LONGEST_MS = 10 * 60_000;

/**
 * Runs a trial on a copy of what `contender` has prepared. `shape` is the link's, none on loopback; `happens` is "cuts" or
 * "kills"; `isTraced` asks for the longest task of the page's main thread.
 */
export async function runTrial(contender, prepared, { shape, happens, isTraced = false, atATime = 4 }) {
  return withFolder(async (folder) => {
    for (const part of ["profile", "data"]) cpSync(join(prepared.folder, part), join(folder, part), { recursive: true });
    const server = await contender.serve(join(folder, "data"), shape ? await freePort() : prepared.port);
    const requests = new Requests();
    const onUp = (bytes, connection) => requests.see(bytes, connection);
    const link = shape && (await openLink(server.port, shape, { listen: prepared.port, onUp }));
    const trial = new Trial(contender, prepared, { profile: join(folder, "profile"), server, link, requests, atATime });
    try {
      return await inTime(trial.run(happens, isTraced));
    } finally {
      await trial.context?.close().catch(() => {});
      link?.close();
      await server.end();
    }
  });
}

class Trial {
  constructor(contender, prepared, parts) {
    Object.assign(this, { contender, prepared, ...parts });
  }

  async run(happens, isTraced) {
    await this.#open({ isFirst: true });
    const before = { up: this.link?.up.bytes, requests: this.requests.count };
    const stopTracing = isTraced && (await traced(this.context, this.page));
    const began = Date.now();
    const reach = async (share) => {
      while (this.link.up.bytes - before.up < share * this.prepared.payload) await sleep(10);
    };
    const cuts = happens === "cuts" ? SHARES : [];
    const ended = await (happens === "kills" ? this.#throughKills(reach) : this.#throughCuts(reach, cuts));
    const longestTaskMs = stopTracing ? longestTask(await stopTracing()) : null;
    // What is still on its way when the phone has all its answers belongs to it too.
    await sleep(500);
    const held = await this.contender.held(this.server, this.prepared);
    return {
      ms: ended - began,
      wire: this.link && (this.link.up.bytes - before.up) / held.bytes,
      requests: this.requests.to(this.contender.api, before.requests),
      longestTaskMs,
      lost: this.prepared.count - held.whole,
      twice: held.twice,
      orphans: held.orphans,
    };
  }

  async #throughCuts(reach, shares) {
    const sent = this.#go();
    const cutting = (async () => {
      for (const share of shares) {
        await reach(share);
        this.link.cut();
        await sleep(CUT_MS);
        this.link.heal();
      }
    })();
    // A failure of either must be seen, whichever comes first.
    const [ended] = await Promise.all([sent, cutting]);
    return ended;
  }

  async #throughKills(reach) {
    for (const share of SHARES) {
      const sent = this.#go();
      const isOver = sent.then(() => true, () => false);
      if (await Promise.race([reach(share).then(() => false), isOver])) break;
      await killBrowser(this.context);
      this.link.drop();
      await this.#open({ isFirst: false });
    }
    return this.#go();
  }

  #go() {
    return this.contender.go(this);
  }

  async #open({ isFirst }) {
    this.context = await openBrowser(this.profile);
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    await this.contender.open(this, { isFirst });
  }
}

function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`a trial took more than ${LONGEST_MS / 60_000} minutes`)), LONGEST_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
