// What all measures share: the contenders, what they prepared, and their trials.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../harness.mjs";
import { encodeAsPhone } from "./encode.mjs";
import { Ours } from "./ours.mjs";
import { limit, peers } from "./peer.mjs";
import { runTrial } from "./trial.mjs";

export class Bench {
  #folder;
  #prepared = new Map();

  static async open(folder, runs) {
    const bench = new Bench();
    bench.#folder = folder;
    bench.runs = runs;
    const photo = join(folder, "photo.jpg");
    bench.photo = await encodeAsPhone(folder);
    writeFileSync(photo, bench.photo);
    bench.ours = new Ours();
    bench.peers = peers(photo);
    bench.limit = limit(photo);
    return bench;
  }

  /** Returns the results of each contender's trials, by its name; the contenders take turns. */
  async trials(contenders, count, options) {
    const results = Object.fromEntries(contenders.map(({ name }) => [name, []]));
    for (const contender of contenders) await this.prepared(contender, count);
    for (let run = 0; run < this.runs; run += 1) {
      for (const contender of contenders) {
        const result = await runTrial(contender, await this.prepared(contender, count), options);
        results[contender.name].push(result);
        tell(`${contender.name}, ${count} photos, run ${run + 1}: ${describe(result)}`);
      }
    }
    return results;
  }

  /** Returns a phone of the contender with so many photos that wait, made once. */
  async prepared(contender, count) {
    const key = `${contender.name} ${count}`.replaceAll(" ", "-");
    if (!this.#prepared.has(key)) {
      tell(`${contender.name}: putting ${count} photos on a phone`);
      const folder = join(this.#folder, key);
      mkdirSync(folder);
      const port = await freePort();
      await contender.prepare({ count, port, folder });
      this.#prepared.set(key, { folder, port, count, payload: count * this.photo.length });
    }
    return this.#prepared.get(key);
  }
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function tell(text) {
  console.error(`  ${text}`);
}

function describe({ ms, wire, requests, longestTaskMs, lost, twice, orphans }) {
  const parts = [`${(ms / 1_000).toFixed(1)} s`, `${lost} lost, ${twice} twice, ${orphans} orphans`];
  if (wire) parts.push(`wire / payload ${wire.toFixed(3)}`, `${requests.length} requests`);
  if (longestTaskMs) parts.push(`longest task ${longestTaskMs.toFixed(0)} ms`);
  return parts.join(", ");
}
