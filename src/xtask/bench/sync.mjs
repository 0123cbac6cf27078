// Sending photos, ours beside what others use: prints the table of docs/sync-figures.md.
//
// `--only MEASURE[,MEASURE]` takes some of them, `--runs N` another number of runs than three.
import { parseArgs } from "node:util";
import { withFolder } from "./harness.mjs";
import { Bench } from "./sync/bench.mjs";
import { MEASURES } from "./sync/measures.mjs";

const { values } = parseArgs({ options: { only: { type: "string" }, runs: { type: "string", default: "3" } } });
const names = values.only?.split(",") ?? Object.keys(MEASURES);
const runs = Number(values.runs);
const unknown = names.filter((name) => !MEASURES[name]);
if (unknown.length > 0 || !(runs >= 1)) {
  console.error(`bench sync knows --runs N and --only with ${Object.keys(MEASURES).join(", ")}, not ${unknown.join(", ")}`);
  process.exit(2);
}

const rows = await withFolder(async (folder) => {
  const bench = await Bench.open(folder, runs);
  const rows = [];
  for (const name of names) {
    console.error(`${name}:`);
    rows.push(...(await MEASURES[name](bench)));
  }
  return rows;
});
const head = ["measure", "best peer (each)", "goal", "Wijkbeeld", "met"];
for (const cells of [head, head.map(() => "---"), ...rows]) console.log(`| ${cells.join(" | ")} |`);
