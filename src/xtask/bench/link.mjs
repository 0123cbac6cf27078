// A slow link in front of a port: one shared rate per direction, a delay, and a round trip before a connection is there.
//
// At the level of TCP, since the browser's own throttling does not cover a service worker. Connections take turns by the
// packet. Slow start and loss are not modelled.
import { connect, createServer } from "node:net";

const PACKET_BYTES = 1_460;
/** Beyond this a sender waits, as with a full socket buffer. */
const BUFFER_BYTES = 64 * 1_024;

/** Listens on a port of its own and passes everything on to `port` as the link allows. */
export async function openLink(port, { roundTripMs, downBitsPerS, upBitsPerS }) {
  const down = new Direction(downBitsPerS, roundTripMs / 2);
  const up = new Direction(upBitsPerS, roundTripMs / 2);
  const open = new Set();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => open.delete(socket));
    }
    near.pause();
    // The accept that the browser saw at once would have taken a round trip.
    setTimeout(() => up.carry(near, far), roundTripMs);
    down.carry(far, near);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    open.forEach((socket) => socket.destroy());
    server.close();
  };
  return { port: server.address().port, close };
}

class Direction {
  constructor(bitsPerS, delayMs) {
    this.bytesPerMs = bitsPerS / 8_000;
    this.delayMs = delayMs;
    /** Flows with something to send, in turn. */
    this.waiting = [];
    this.freeAt = 0;
    this.isBusy = false;
  }

  carry(from, to) {
    const flow = { from, to, packets: [], bytes: 0, ended: false };
    from.on("data", (chunk) => {
      if (flow.packets.length === 0) this.waiting.push(flow);
      for (let at = 0; at < chunk.length; at += PACKET_BYTES) flow.packets.push(chunk.subarray(at, at + PACKET_BYTES));
      flow.bytes += chunk.length;
      if (flow.bytes > BUFFER_BYTES) from.pause();
      this.send();
    });
    from.on("end", () => {
      flow.ended = true;
      if (flow.packets.length === 0) setTimeout(() => to.end(), this.delayMs);
    });
    from.on("close", () => flow.ended || setTimeout(() => to.destroy(), this.delayMs));
    from.resume();
  }

  send() {
    if (this.isBusy || this.waiting.length === 0) return;
    this.isBusy = true;
    const flow = this.waiting.shift();
    const packet = flow.packets.shift();
    if (flow.packets.length > 0) this.waiting.push(flow);
    const now = performance.now();
    // Timers come late by up to a millisecond; the sum of the sendings must not.
    this.freeAt = Math.max(this.freeAt, now - 5) + packet.length / this.bytesPerMs;
    setTimeout(() => {
      flow.bytes -= packet.length;
      if (flow.bytes <= BUFFER_BYTES && flow.from.isPaused()) flow.from.resume();
      const isLast = flow.ended && flow.packets.length === 0;
      setTimeout(() => {
        if (!flow.to.destroyed) flow.to.write(packet);
        if (isLast) flow.to.end();
      }, this.delayMs);
      this.isBusy = false;
      this.send();
    }, this.freeAt - now);
  }
}
