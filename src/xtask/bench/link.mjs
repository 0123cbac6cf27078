// A slow link in front of a port: one shared rate per direction, a delay, and a round trip before a connection is there. It
// can be cut, and counts what it hands on.
//
// At the level of TCP, since the browser's own throttling does not cover a service worker. Connections take turns by the
// packet. Slow start and loss are not modelled.
import { Socket, createServer } from "node:net";

const PACKET_BYTES = 1_460;

/** How far it reads ahead of what the link has sent, per connection: beyond this a sender waits, as with a full buffer. */
export const AHEAD_BYTES = 16 * 1_024;

/** A direction that had nothing to send for so long was waiting for this process, not for a sender. */
const PAUSE_MS = 20;

/** How much it reads at once. */
const BITE_BYTES = 4 * 1_024;

/**
 * Listens on a port (one of its own when `listen` names none) and passes everything on to `port` as the link allows.
 * `onUp(bytes, connection)` sees what the link hands on to the server; `connection` is an object per connection.
 */
export async function openLink(port, { roundTripMs, downBitsPerS, upBitsPerS }, { listen = 0, onUp = () => {} } = {}) {
  const down = new Direction(downBitsPerS, roundTripMs / 2);
  const up = new Direction(upBitsPerS, roundTripMs / 2, onUp);
  const open = new Set();
  let isCut = false;
  const server = createServer((accepted) => {
    if (isCut) {
      accepted.resetAndDestroy();
      return;
    }
    const near = takeOver(accepted);
    const far = byBites({}).connect(port, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => open.delete(socket));
    }
    near.pause();
    // The accept that the browser saw at once would have taken a round trip.
    setTimeout(() => near.destroyed || up.carry(near, far), roundTripMs);
    down.carry(far, near);
  });
  await new Promise((resolve) => server.listen(listen, "127.0.0.1", resolve));
  const drop = () => open.forEach((socket) => socket.resetAndDestroy());
  return {
    port: server.address().port,
    up,
    down,
    /** Ends all connections at once; what was on its way is lost. */
    drop,
    /** Drops all connections and takes no new ones until it is healed. */
    cut() {
      isCut = true;
      drop();
    },
    heal() {
      isCut = false;
    },
    close() {
      drop();
      server.close();
    },
  };
}

/** One direction of the link. */
class Direction {
  /** Bytes handed on. */
  bytes = 0;
  /** The most bytes that one connection had read ahead. */
  mostAheadBytes = 0;
  #bytesPerMs;
  #delayMs;
  #onBytes;
  /** Flows with something to send, in turn. */
  #waiting = [];
  #freeAt = 0;
  #isBusy = false;

  constructor(bitsPerS, delayMs, onBytes = () => {}) {
    this.#bytesPerMs = bitsPerS / 8_000;
    this.#delayMs = delayMs;
    this.#onBytes = onBytes;
  }

  carry(from, to) {
    const flow = { from, to, packets: [], ahead: 0, ended: false };
    from.on("bite", (bite) => {
      // What nobody takes any more must not hold up the others.
      if (to.destroyed) return;
      if (flow.packets.length === 0) this.#waiting.push(flow);
      for (let at = 0; at < bite.length; at += PACKET_BYTES) flow.packets.push(bite.subarray(at, at + PACKET_BYTES));
      flow.ahead += bite.length;
      this.mostAheadBytes = Math.max(this.mostAheadBytes, flow.ahead);
      if (flow.ahead > AHEAD_BYTES - BITE_BYTES) from.pause();
      this.#send();
    });
    from.on("end", () => {
      flow.ended = true;
      if (flow.packets.length === 0) setTimeout(() => to.end(), this.#delayMs);
    });
    from.on("close", () => flow.ended || setTimeout(() => to.destroy(), this.#delayMs));
    to.on("close", () => {
      flow.packets = [];
      from.resume();
      this.#waiting = this.#waiting.filter((other) => other !== flow);
    });
    from.resume();
  }

  /** `isGoingOn`: there was something to send all the time, so that a timer that came late costs the link nothing. */
  #send(isGoingOn = false) {
    if (this.#isBusy || this.#waiting.length === 0) return;
    this.#isBusy = true;
    const flow = this.#waiting.shift();
    const packet = flow.packets.shift();
    if (flow.packets.length > 0) this.#waiting.push(flow);
    const now = performance.now();
    this.#freeAt = (isGoingOn ? this.#freeAt : Math.max(this.#freeAt, now - PAUSE_MS)) + packet.length / this.#bytesPerMs;
    setTimeout(() => {
      flow.ahead -= packet.length;
      if (flow.ahead <= AHEAD_BYTES - BITE_BYTES && flow.from.isPaused()) flow.from.resume();
      const isLast = flow.ended && flow.packets.length === 0;
      setTimeout(() => this.#handOn(flow, packet, isLast), this.#delayMs);
      this.#isBusy = false;
      this.#send(true);
    }, this.#freeAt - now);
  }

  #handOn({ from, to }, packet, isLast) {
    if (to.destroyed) return;
    this.bytes += packet.length;
    this.#onBytes(packet, from);
    to.write(packet);
    if (isLast) to.end();
  }
}

/** Makes a socket that reads no more than a bite at once, and hands each on by the event `bite`. */
function byBites(options) {
  const take = (length, buffer) => socket.emit("bite", Buffer.from(buffer.subarray(0, length)));
  const socket = new Socket({ ...options, onread: { buffer: Buffer.alloc(BITE_BYTES), callback: take } });
  return socket;
}

/** Does the same for a connection that came in: Node lets a listening server only read 64 KB at once. */
function takeOver(accepted) {
  const near = byBites({ handle: accepted._handle });
  accepted._handle = null;
  near.on("close", () => accepted.destroy());
  return near;
}
