// What is told by voice: recorded, held, listened to, and heard by others; and what broke off, or cannot be.
import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { LAPTOP, openContext } from "../fixtures/browser.mjs";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { bodies, rows } from "../fixtures/database.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member } from "../fixtures/member.mjs";
import { DEMO } from "../fixtures/server.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }] = smallPhotos();

journey("a story is told by voice without network, and others hear it", async (world) => {
  const anna = await world.phone("Anna", { permissions: ["microphone"] });
  const { page } = anna;
  await anna.join();
  await anna.hasMaking();
  await anna.offline();
  await openVoice(anna);
  await world.audit();
  await begin(anna);
  await world.audit();
  await hasRecorded(page, 2);
  await page.getByRole("button", { name: "Wacht even" }).click();
  await page.getByText("We wachten.").waitFor();
  const held = await page.getByRole("timer").innerText();
  const pieces = await piecesOf(anna);
  assert.ok(pieces >= 2, `${pieces} pieces are on disk`);
  await world.audit();
  assert.equal(await page.getByRole("timer").innerText(), held);
  await page.getByRole("button", { name: "Ga verder" }).click();
  await hasRecorded(page, 4);
  await end(anna);
  await world.audit();
  await plays(page);
  await page.getByRole("link", { name: "Bewaren" }).click();
  await anna.hasSaved();
  assert.deepEqual(await rows(anna, "recordings"), [], "it went with the entry");

  await anna.online();
  const member = await anna.member();
  await member.isShown(1);
  const neighbour = await Member.join(world.server.origin);
  const { voice } = (await neighbour.views()).map(({ fields }) => fields).find(({ voice }) => voice);
  assert.ok(voice.ms >= 3_500 && voice.ms < 15_000, `${voice.ms} ms`);
  const bytes = await neighbour.photo(voice.sha256);
  assert.equal(createHash("sha256").update(bytes).digest("hex"), voice.sha256);
  const { seconds, loudest } = await heard(await neighbour.photo(voice.sha256, "played"));
  assert.ok(Math.abs(seconds * 1000 - voice.ms) < 500, `${seconds} s`);
  assert.ok(loudest > 0.05, `${loudest}`);
  carriesNothingElse(bytes);

  await anna.page.getByRole("link", { name: "Klaar" }).click();
  await anna.go("Mijn foto's");
  await page.getByText("Gesproken verhaal").waitFor();
  const els = await world.phone("Els");
  await els.join();
  await hears(els);
  await world.audit();
  await els.isInstalled();
  await els.offline();
  await els.reload();
  await plays(els.page);
});

journey("a story is typed out by who guides for those who cannot listen, until its maker does", async (world) => {
  const anna = await world.phone("Anna", { permissions: ["microphone"] });
  await anna.join();
  await openVoice(anna);
  await record(anna);
  await anna.page.getByRole("link", { name: "Bewaren" }).click();
  await anna.hasSaved();
  await (await anna.member()).isShown(1);
  const bea = await world.phone("Bea", LAPTOP);
  const { page } = bea;
  await bea.join({ code: DEMO.workerCode });
  await bea.open("/begeleiden/goedkeuren?stand=zichtbaar");
  await page.getByRole("link", { name: /Gesproken verhaal/ }).click();
  await plays(page);
  await world.audit();

  await page.getByRole("textbox", { name: "Typ uit wat je hoort" }).fill("Vraag wat je zelf kunt doen.");
  await page.getByRole("button", { name: "Bewaar de tekst" }).click();
  await page.getByRole("article").getByText("Vraag wat je zelf kunt doen.").waitFor();
  const els = await world.phone("Els");
  await els.join();
  await hears(els);
  await els.page.getByText("Vraag wat je zelf kunt doen.").waitFor();
  await els.page.getByText("Getypt door een begeleider").waitFor();
  await world.audit();

  await anna.open("/mijn");
  await anna.page.getByRole("link", { name: "Pas aan" }).click();
  await anna.page.getByText("Getypt door een begeleider").waitFor();
  await world.audit();
  await anna.page.getByRole("textbox", { name: "Typ wat je zei" }).fill("Vraag wat jij kunt doen.");
  await anna.page.getByRole("button", { name: "Bewaren" }).click();
  await anna.page.getByText("Gesproken verhaal").waitFor();
  await els.page.getByText("Vraag wat jij kunt doen.").waitFor();
  await els.page.getByText("Getypt door de maker").waitFor();
});

journey("a browser that is killed in the middle of talking keeps what was said", async (world) => {
  const folder = world.folder();
  const before = await world.phoneIn(folder, "before", { permissions: ["microphone"] });
  await before.join();
  await openVoice(before);
  await begin(before);
  await until("pieces to be on disk", async () => (await piecesOf(before)) >= 3);
  await world.kill(before);

  const after = await world.phoneIn(folder, "after", { permissions: ["microphone"] });
  const { page } = after;
  await after.open();
  await page.getByRole("link", { name: "Ga verder" }).click();
  await page.getByRole("button", { name: "Bewaren" }).click();
  await page.getByText("Je opname is nog niet af.").waitFor();
  await world.audit();
  await page.getByRole("link", { name: "Vertel met je stem" }).click();
  await page.getByText("Je opname stopte opeens.").waitFor();
  await world.audit();
  await plays(page);
  assert.equal(await page.getByRole("link", { name: "Bewaren" }).count(), 0);
  await page.getByRole("button", { name: "Zo is hij goed" }).click();
  await page.getByText(/^Je opname duurt 0:0[2-9]/).waitFor();
  await page.getByRole("link", { name: "Bewaren" }).click();
  await after.hasSaved();
  await (await after.member()).isShown(1);
});

journey("a recording is taken again, and thrown away, only after asking", async (world) => {
  const anna = await world.phone("Anna", { permissions: ["microphone"] });
  const { page } = anna;
  await openVoice(anna);
  await record(anna);
  const [first] = await bodies(anna, "drafts");
  await anna.reload();
  await page.getByText(/^Je opname duurt/).waitFor();
  await page.getByRole("button", { name: "Opnieuw praten" }).click();
  await world.audit();
  await page.getByRole("button", { name: "Toch niet" }).click();
  await page.getByRole("button", { name: "Opnieuw praten" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Opnieuw praten" }).click();
  await page.getByText("We luisteren.").waitFor();
  await hasRecorded(page, 1);
  await end(anna);
  const [second] = await bodies(anna, "drafts");
  assert.notEqual(second.voice.sha256, first.voice.sha256);
  await page.getByRole("button", { name: "Gooi weg" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Gooi weg" }).click();
  await page.getByRole("button", { name: "Begin met praten" }).waitFor();
  assert.deepEqual(await rows(anna, "recordings"), []);
  await page.getByRole("link", { name: "Bewaren" }).click();
  await anna.hasSaved();
});

journey("a call ends a recording, and what was said before it is kept", async (world) => {
  const anna = await world.phone("Anna", { permissions: ["microphone"] });
  const { page } = anna;
  await openVoice(anna);
  await begin(anna);
  await hasRecorded(page, 2);
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await page.getByText(/^Je opname duurt 0:0[2-9]/).waitFor();
});

journey("where the microphone may not be used one can type", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await openVoice(anna);
  await page.getByRole("button", { name: "Begin met praten" }).click();
  await page.getByText("We mogen je niet horen.").waitFor();
  await world.audit();
  await page.getByRole("link", { name: "Ik typ het liever" }).click();
  await anna.isReady();
  await anna.tell("Dan maar zo.");
  await anna.save();
});

journey("without a microphone, and where the browser cannot record, one can type", async (world) => {
  const anna = await world.phone("Anna", { permissions: ["microphone"] });
  const { page } = anna;
  await openVoice(anna);
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("none", "NotFoundError"));
  });
  await page.getByRole("button", { name: "Begin met praten" }).click();
  await page.getByText("We vinden geen microfoon.").waitFor();
  await page.evaluate(() => delete window.MediaRecorder);
  await page.getByRole("button", { name: "Begin met praten" }).click();
  await page.getByText("Op deze telefoon kun je hier niet opnemen.").waitFor();
  await world.audit();
  await page.getByRole("link", { name: "Ik typ het liever" }).click();
  await anna.isReady();
  await anna.tell("Dan maar zo.");
  await anna.save();
});

journey("a phone that is full keeps what was said until then", async (world) => {
  // A phone that forgets all has a storage whose size cannot be set.
  const anna = await world.phoneIn(world.folder(), "Anna", { permissions: ["microphone"] });
  const { page } = anna;
  const session = await anna.context.newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: anna.origin, quotaSize: 12_000_000 });
  await openVoice(anna);
  await begin(anna);
  await until("a piece to be on disk", async () => (await piecesOf(anna)) >= 1);
  await fill(page);
  await page.getByText("Je telefoon is vol.").waitFor();
  await world.audit();
  assert.ok((await piecesOf(anna)) >= 1);
  await empty(page);
  await page.getByRole("button", { name: "Zo is hij goed" }).click();
  await page.getByText(/^Je opname duurt/).waitFor();
});

/** Chooses a photo, and goes on to where it is told by voice. */
async function openVoice(phone) {
  if (!phone.page.url().startsWith(phone.origin)) await phone.open();
  await phone.choose(PHOTO);
  await until("the photo to be ready", async () => (await bodies(phone, "draft_photos")).some(({ stage }) => stage.ready));
  await phone.feel("Dit is fijn");
  await phone.next();
  await phone.next();
  await phone.page.getByRole("link", { name: "Vertel met je stem" }).click();
  await phone.page.getByRole("button", { name: "Begin met praten" }).waitFor();
}

async function begin({ page }) {
  await page.getByRole("button", { name: "Begin met praten" }).click();
  await page.getByText("We luisteren.").waitFor();
}

async function end({ page }) {
  await page.getByRole("button", { name: "Klaar" }).click();
  await page.getByText(/^Je opname duurt/).waitFor();
}

async function record(phone) {
  await begin(phone);
  await hasRecorded(phone.page, 2);
  await end(phone);
}

/** Done when the clock of the recording stands at so many seconds. */
async function hasRecorded(page, seconds) {
  const shown = async () => /^0:(\d\d)/.exec(await page.getByRole("timer").innerText())[1];
  await until(`${seconds} seconds to be recorded`, async () => Number(await shown()) >= seconds);
}

/** Returns how many pieces of a recording are on disk. */
async function piecesOf(phone) {
  return (await rows(phone, "recordings")).length;
}

/** Opens the only spoken story of the neighbourhood, and plays it. */
async function hears(phone) {
  await phone.go("Buurt");
  await phone.page.getByRole("link", { name: "Gesproken verhaal" }).click();
  await plays(phone.page);
}

/** Done when the player on the screen has played something. */
async function plays(page) {
  await page.locator("audio").evaluate((player) => {
    player.muted = true;
    return player.play();
  });
  await until("it to be heard", () => page.locator("audio").evaluate(({ currentTime }) => currentTime > 0.3));
  await page.locator("audio").evaluate((player) => player.pause());
}

/** Returns how long a recording sounds, in seconds, and its loudest part, 0 to 1. */
async function heard(bytes) {
  const context = await openContext();
  try {
    const page = await context.newPage();
    return await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const sound = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes.buffer);
      return { seconds: sound.duration, loudest: sound.getChannelData(0).reduce((most, level) => Math.max(most, Math.abs(level)), 0) };
    }, bytes.toString("base64"));
  } finally {
    await context.close();
  }
}

/** A recording says nothing but how it sounds: no tags, no places, no names of devices. */
function carriesNothingElse(bytes) {
  const text = bytes.toString("latin1");
  for (const word of ["udta", "meta", "ilst", "uuid", "©nam", "©too", "loci", "Fake", "Anna", "Linux", "DATE", "TITLE", "ENCODER"]) {
    assert.ok(!text.includes(word), word);
  }
  // The element of WebM that holds tags, and that which holds files.
  for (const id of [[0x12, 0x54, 0xc3, 0x67], [0x19, 0x41, 0xa4, 0x69]]) assert.equal(bytes.indexOf(Buffer.from(id)), -1);
}

/** Writes until the phone is full. */
async function fill(page) {
  await page.evaluate(async () => {
    const opening = indexedDB.open("full");
    opening.onupgradeneeded = () => opening.result.createObjectStore("all", { autoIncrement: true });
    await new Promise((resolve) => (opening.onsuccess = resolve));
    for (let bytes = 1 << 20; bytes >= 1 << 10; ) {
      const writing = opening.result.transaction("all", "readwrite");
      // Random bytes: the browser packs what repeats itself.
      const part = () => crypto.getRandomValues(new Uint8Array(1 << 10));
      writing.objectStore("all").add(new Blob(Array.from({ length: bytes >> 10 }, part)));
      const isWritten = await new Promise((resolve) => {
        writing.oncomplete = () => resolve(true);
        writing.onabort = () => resolve(false);
      });
      if (!isWritten) bytes >>= 1;
    }
    opening.result.close();
  });
}

/** Takes away again what [`fill`] wrote. */
async function empty(page) {
  await page.evaluate(() => new Promise((resolve, reject) => {
    const removing = indexedDB.deleteDatabase("full");
    removing.onsuccess = resolve;
    removing.onerror = reject;
  }));
}
