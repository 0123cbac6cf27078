// Photos of a known weight: what a phone makes of each takes about 300 KB, and no two are the same.
import { deflateSync } from "node:zlib";

const WIDTH = 1_600;
const HEIGHT = 1_200;

/** How far the light of neighbouring pixels differs at the most: this alone decides the weight. */
const GRAIN = 23;

/** Returns a photo as a PNG: a sky that grows darker, with the grain of a cheap camera, another for each number. */
export function drawPhoto(number) {
  const random = xorshift(number + 1);
  const rows = Buffer.alloc(HEIGHT * (WIDTH + 1));
  for (let y = 0, at = 0; y < HEIGHT; y += 1) {
    const light = 180 - Math.floor((y * 120) / HEIGHT);
    at += 1;
    for (let x = 0; x < WIDTH; x += 1, at += 1) rows[at] = light + (random() % GRAIN);
  }
  return encodePng(WIDTH, HEIGHT, 8, rows);
}

/** Returns the JPEG as another: the same picture, with other bytes where JFIF says how dense the pixels are. */
export function variant(jpeg, number) {
  const other = Buffer.from(jpeg);
  other.writeUInt32BE(number + 1, DENSITY_AT);
  return other;
}

const DENSITY_AT = 14;

/** Writes a PNG in shades of grey, `depth` bits each; every one of `rows` begins with its filter, 0 for none. */
export function encodePng(width, height, depth, rows) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(rows, { level: 1 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(data.length, 0);
  body.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(body), body.length + 4);
  return bytes;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRCS[(crc ^ byte) & 255];
  return ~crc >>> 0;
}

const CRCS = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  return crc;
});

/** Marsaglia 2003. */
function xorshift(seed) {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
