// Making a photo of 12 megapixels ready, ours beside what others use: prints the table of docs/capture-figures.md.
//
// `--rounds N` takes another number of rounds than nine; `--only MEASURE[,MEASURE]` some of the measures.
import { parseArgs } from "node:util";
import { withBrowser, withFolder, withServer } from "./harness.mjs";
import { MEASURES } from "./capture/measures.mjs";
import { servePeers } from "./capture/peers.mjs";
import { heicPhoto, takePhoto } from "./capture/photo.mjs";

const { values } = parseArgs({ options: { only: { type: "string" }, rounds: { type: "string", default: "9" } } });
const names = values.only?.split(",") ?? Object.keys(MEASURES);
const rounds = Number(values.rounds);
const unknown = names.filter((name) => !MEASURES[name]);
if (unknown.length > 0 || !(rounds >= 1)) {
  console.error(`bench capture knows --rounds N and --only with ${Object.keys(MEASURES).join(", ")}, not ${unknown.join(", ")}`);
  process.exit(2);
}

const rows = [];
await withServer((port) => servePeers((peersPort) => withFolder(async (folder) => {
  const bench = { rounds, folder, heic: heicPhoto(), ours: `http://127.0.0.1:${port}`, peers: `http://127.0.0.1:${peersPort}` };
  bench.photo = await withBrowser(`${folder}/camera`, (context) => takePhoto(context, bench.peers));
  console.error(`a photo of 12 megapixels, ${bench.photo.length} bytes`);
  for (const name of names) {
    console.error(`${name}:`);
    rows.push(...(await MEASURES[name](bench)));
  }
})));
const head = ["measure", "peers", "goal", "Wijkbeeld", "met"];
for (const cells of [head, head.map(() => "---"), ...rows]) console.log(`| ${cells.join(" | ")} |`);
