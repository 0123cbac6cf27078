// The measures of the table, one function each: returns the rows it adds.
import { median } from "./bench.mjs";
import { measureSaves } from "./saves.mjs";
import { CUTS_MS } from "./trial.mjs";

const SLOW_4G = { roundTripMs: 400, downBitsPerS: 1_600_000, upBitsPerS: 750_000 };
const GOOD = { roundTripMs: 40, downBitsPerS: 40_000_000, upBitsPerS: 16_000_000 };
/** Requests of ours by which a phone hears of others. */
const FETCHES = /^GET \/api\/(events|projects\/[^/]+\/records)/;
const FEW = 20;
const MANY = 200;

export const MEASURES = { slow, requests, cuts, kills, loopback, save, thread };

async function slow(bench) {
  const results = await bench.trials([bench.limit, bench.ours, ...bench.peers], FEW, { shape: SLOW_4G });
  const plainMs = median(results[bench.limit.name].map(({ ms }) => ms));
  const times = each(bench, results, ({ ms }) => ms / plainMs);
  const wire = each(bench, results, ({ wire }) => wire);
  return [
    row(`slow 4G, time / plain PUT 4 at a time (${seconds(plainMs)}, records included)`, times, 1.02),
    row("slow 4G, wire / payload", wire, null),
  ];
}

/** What counts is what sends; ours also listens and fetches what others made, which is told beside it. */
async function requests(bench) {
  const results = await bench.trials([bench.ours, ...bench.peers], FEW, { shape: GOOD });
  const sending = each(bench, results, ({ requests }) => requests.filter((line) => !FETCHES.test(line)).length / FEW);
  const all = each(bench, results, ({ requests }) => requests.length / FEW);
  const what = `requests per entry with one photo (batch of ${FEW}; ours with its fetching: ${all.ours.toFixed(2)})`;
  return [row(what, sending, 1.15)];
}

async function cuts(bench) {
  const results = await bench.trials([bench.ours, ...bench.peers], FEW, { shape: SLOW_4G, happens: "cuts" });
  const idealMs = (FEW * bench.photo.length * 8_000) / SLOW_4G.upBitsPerS;
  const times = each(bench, results, ({ ms }) => (ms - CUTS_MS) / idealMs);
  return [
    row(`3 cuts of 3 s, time / ideal (${seconds(idealMs)}; dead time taken off)`, times, 1.1),
    row("3 cuts of 3 s, wire / payload", each(bench, results, ({ wire }) => wire), 1.04),
    harm("3 cuts of 3 s, lost, twice, orphans (worst run)", bench, results),
  ];
}

async function kills(bench) {
  const results = await bench.trials([bench.ours, ...bench.peers], FEW, { shape: SLOW_4G, happens: "kills" });
  return [
    harm("3 browser kills, lost, twice, orphans (worst run)", bench, results),
    row("3 browser kills, wire / payload", each(bench, results, ({ wire }) => wire), 1.05),
  ];
}

async function loopback(bench) {
  const results = await bench.trials([bench.limit, bench.ours, ...bench.peers], MANY, { atATime: 6 });
  const plainMs = median(results[bench.limit.name].map(({ ms }) => ms));
  const times = each(bench, results, ({ ms }) => ms / plainMs);
  return [row(`loopback, ${MANY} photos, time / plain PUT with fsync, 6 at a time (${seconds(plainMs)})`, times, 1.3)];
}

async function save(bench) {
  const times = await measureSaves(bench);
  return [row("durable save of an entry, 300 KB, p50 / one raw put of the same bytes", times, 1.5)];
}

async function thread(bench) {
  const results = await bench.trials([bench.ours, ...bench.peers], MANY, { atATime: 6, isTraced: true });
  const longest = each(bench, results, ({ longestTaskMs }) => longestTaskMs);
  return [row(`longest main-thread task while sending ${MANY}, ms`, longest, 50, 0)];
}

/** Returns each contender's median. */
function each(bench, results, figure) {
  const values = ({ name }) => [name, median(results[name].map(figure))];
  return { ours: values(bench.ours)[1], peers: bench.peers.map(values) };
}

function row(what, { ours, peers }, goal, digits = 2) {
  const told = (value) => value.toFixed(digits);
  const [best] = [...peers].sort(([, a], [, b]) => a - b);
  const isMet = goal === null ? "" : ours <= goal ? "yes" : "**no**";
  const others = peers.map(([name, value]) => `${name} ${told(value)}`).join(", ");
  return [what, `${told(best[1])} (${others})`, goal === null ? "" : `<= ${goal}`, told(ours), isMet];
}

/** What got lost, came twice, or was left over. */
function harm(what, bench, results) {
  const most = (name, kind) => Math.max(...results[name].map((result) => result[kind]));
  const worst = ({ name }) => ["lost", "twice", "orphans"].map((kind) => most(name, kind));
  const ours = worst(bench.ours);
  const peers = bench.peers.map((peer) => `${peer.name} ${worst(peer).join(", ")}`).join("; ");
  return [what, peers, "0, 0, 0", ours.join(", "), ours.every((count) => count === 0) ? "yes" : "**no**"];
}

function seconds(ms) {
  return `${(ms / 1_000).toFixed(1)} s`;
}
