// The link that the proofs run through does what they take for granted.
import { strict as assert } from "node:assert";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import { AHEAD_BYTES, openLink } from "../../../src/xtask/bench/link.mjs";
import { until } from "../fixtures/until.mjs";

const WIDE = { roundTripMs: 0, downBitsPerS: 1e9, upBitsPerS: 1e9 };
const PART = 300_000;

test("what a link hands on is what arrives, each way, and it counts exactly that", async (t) => {
  const far = await listen(t, { answer: Buffer.alloc(2 * PART) });
  const link = await open(t, far, WIDE);
  const near = dial(t, link);
  near.socket.write(Buffer.alloc(PART));
  await until("both ends to have all", () => far.bytes === PART && near.bytes === 2 * PART);
  assert.deepEqual([link.up.bytes, link.down.bytes], [PART, 2 * PART]);
});

test("a link reads no further ahead than it says, however much waits", async (t) => {
  const far = await listen(t);
  const link = await open(t, far, { ...WIDE, upBitsPerS: 10e6 });
  for (let connection = 0; connection < 3; connection += 1) dial(t, link).socket.write(Buffer.alloc(PART));
  await until("all to arrive", () => far.bytes === 3 * PART);
  assert.ok(link.up.mostAheadBytes > 0 && link.up.mostAheadBytes <= AHEAD_BYTES, `${link.up.mostAheadBytes} bytes`);
});

test("connections share a link's rate, and take no less time than it allows", async (t) => {
  const far = await listen(t);
  const link = await open(t, far, { ...WIDE, roundTripMs: 100, upBitsPerS: 4e6 });
  const began = performance.now();
  const both = [dial(t, link), dial(t, link)];
  for (const { socket } of both) socket.write(Buffer.alloc(PART / 2));
  await until("all to arrive", () => far.bytes === PART);
  // Never earlier; how much later is the machine's business.
  assert.ok(performance.now() - began >= (PART * 8) / 4_000 + 100);
});

test("a cut link drops what was on its way and takes nothing new until it is healed", async (t) => {
  const far = await listen(t);
  const link = await open(t, far, { ...WIDE, roundTripMs: 20, upBitsPerS: 2e6 });
  const before = dial(t, link);
  before.socket.write(Buffer.alloc(PART));
  await until("a part to arrive", () => far.bytes > PART / 10);
  link.cut();
  await before.ended;
  const meanwhile = dial(t, link);
  await meanwhile.ended;
  assert.ok(far.bytes < PART);

  link.heal();
  const arrived = link.up.bytes;
  dial(t, link).socket.write(Buffer.alloc(PART / 10));
  await until("what was sent after it", () => link.up.bytes === arrived + PART / 10);
  await until("every byte that was counted", () => far.bytes === link.up.bytes);
});

test("a dropped connection does not hold up the ones that come after it", async (t) => {
  const far = await listen(t);
  const link = await open(t, far, { ...WIDE, upBitsPerS: 2e6 });
  dial(t, link).socket.write(Buffer.alloc(10 * PART));
  await until("a part to arrive", () => far.bytes > 0);
  link.drop();
  const arrived = link.up.bytes;
  dial(t, link).socket.write(Buffer.alloc(PART / 10));
  await until("the next to arrive", () => link.up.bytes === arrived + PART / 10);
});

test("what is sent to a server that has gone takes nothing from the link", async (t) => {
  const far = await listen(t, { isRude: true });
  const link = await open(t, far, { ...WIDE, upBitsPerS: 2e6 });
  const left = dial(t, link);
  left.socket.write(Buffer.alloc(PART));
  await until("the server to hang up", () => far.hungUp > 0);
  await left.ended;
  assert.ok(link.up.bytes < PART / 2, `${link.up.bytes} bytes`);
});

async function open(t, far, shape) {
  const link = await openLink(far.port, shape);
  t.after(() => link.close());
  return link;
}

/** Listens, counts what arrives, and answers the first byte: with `answer`, or by hanging up. */
async function listen(t, { answer, isRude = false } = {}) {
  const far = { bytes: 0, hungUp: 0 };
  const server = createServer((socket) => {
    socket.on("error", () => {});
    if (answer) socket.once("data", () => socket.write(answer));
    socket.on("data", ({ length }) => (far.bytes += length));
    if (isRude) {
      socket.once("data", () => {
        far.hungUp += 1;
        socket.destroy();
      });
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => server.close());
  far.port = server.address().port;
  return far;
}

function dial(t, { port }) {
  const socket = connect(port, "127.0.0.1");
  t.after(() => socket.destroy());
  const near = { socket, bytes: 0 };
  socket.on("data", ({ length }) => (near.bytes += length));
  socket.on("error", () => {});
  near.ended = new Promise((resolve) => socket.once("close", resolve));
  return near;
}
