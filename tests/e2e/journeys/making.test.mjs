// What can be made with a photo beside the quick way: covering people, turning, putting several in order.
import { strict as assert } from "node:assert";
import { openContext } from "../fixtures/browser.mjs";
import { corpus, smallPhotos } from "../fixtures/corpus.mjs";
import { bodies, rows } from "../fixtures/database.mjs";
import { journey } from "../fixtures/journey.mjs";
import { jpegSize } from "../fixtures/jpeg.mjs";
import { tabTo } from "../fixtures/keyboard.mjs";
import { Member } from "../fixtures/member.mjs";
import { until } from "../fixtures/until.mjs";

const SMALL = smallPhotos();
/** Three people who look into the lens; without the shared photos, one without anybody. */
const FAMILY = corpus.find(({ file }) => file.startsWith("face-family")) ?? SMALL[0];
/** Where one of them has her nose, and a place that nobody covers, in parts of the photo. */
const [NOSE, GRASS] = [[0.25, 0.39], [0.02, 0.98]];
/** What covers. */
const PAINT = [0x1d, 0x2b, 0x2e];

journey("faces that the phone finds are covered without network, and nothing of them is left anywhere", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join();
  await anna.hasMaking();
  await anna.go("Meer");
  await page.getByText("Klaar voor onderweg: alles werkt ook zonder internet.").waitFor();
  await anna.go("Start");
  await anna.offline();
  await anna.choose(FAMILY.path);
  const before = await preparedPhoto(anna);
  await page.getByRole("link", { name: "Draaien of bedekken" }).click();
  await page.getByRole("link", { name: "Mensen bedekken" }).click();
  if (FAMILY !== SMALL[0]) {
    await page.getByText("De telefoon ziet 3 gezichten.").waitFor();
    await world.audit();
    await page.getByRole("button", { name: "Bedek deze 3 gezichten" }).click();
    assert.equal(await page.getByRole("button", { name: /^Kies Vlak/ }).count(), 3);
  } else {
    await page.getByText("De telefoon ziet geen gezicht.").waitFor();
    await tapAt(page, NOSE);
  }
  await world.audit();
  await page.getByRole("button", { name: "Bedekken", exact: true }).click();
  await page.getByRole("heading", { name: "Je foto's" }).waitFor();
  const covered = await preparedPhoto(anna);
  assert.notEqual(covered, before);
  assert.equal((await rows(anna, "media")).length, 1, "the uncovered photo is not on the phone any more");
  await page.getByRole("link", { name: "Verder" }).click();
  await anna.feel("Dit is fijn");
  await anna.save();
  await anna.online();
  const neighbour = await Member.join(world.server.origin);
  await until("the entry to be shown", async () => {
    const photos = (await neighbour.views()).flatMap(({ fields }) => fields.photos.map(({ sha256 }) => sha256));
    return photos.includes(covered);
  });
  await assert.rejects(neighbour.photo(before), "the server never had it");
  for (const size of ["large", "small"]) {
    const [nose, grass] = await colours(await neighbour.photo(covered, size), [NOSE, GRASS]);
    assert.ok(distance(nose, PAINT) < 6, `${size}: ${nose}`);
    assert.ok(distance(grass, PAINT) > 30, `${size}: ${grass}`);
  }
});

journey("a photo is covered by wiping with a finger, and a step can be taken back", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await openCover(anna, SMALL[0]);
  await page.getByRole("button", { name: "Vegen" }).click();
  await wipe(page, [0.2, 0.5], [0.7, 0.5]);
  await page.getByText("Veeg 1", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Stap terug" }).click();
  await page.getByText("Veeg 1", { exact: true }).waitFor({ state: "detached" });
  await wipe(page, [0.2, 0.5], [0.8, 0.5]);
  await page.getByText("Veeg 1", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Bedekken", exact: true }).click();
  await page.getByRole("heading", { name: "Je foto's" }).waitFor();
  const [middle, above] = await colours(await largePhoto(anna), [[0.5, 0.5], [0.5, 0.05]]);
  assert.ok(distance(middle, PAINT) < 6, `${middle}`);
  assert.ok(distance(above, PAINT) > 20, `${above}`);
});

journey("a photo is covered by keys alone", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await openCover(anna, SMALL[0]);
  const { keyboard } = page;
  await tabTo(page, page.getByRole("img", { name: "De foto, met wat je bedekt" }));
  await keyboard.press("Enter");
  for (let press = 0; press < 10; press += 1) await keyboard.press("ArrowLeft");
  await keyboard.press("+");
  await keyboard.press("Enter");
  await page.getByRole("button", { name: "Kies Vlak 2" }).waitFor();
  await keyboard.press("Delete");
  await page.getByRole("button", { name: "Kies Vlak 2" }).waitFor({ state: "detached" });
  await tabTo(page, page.getByRole("button", { name: "Bedekken", exact: true }));
  await keyboard.press("Enter");
  await page.getByRole("heading", { name: "Je foto's" }).waitFor();
  const [left, right] = await colours(await largePhoto(anna), [[0.3, 0.5], [0.7, 0.5]]);
  assert.ok(distance(left, PAINT) < 6, `${left}`);
  assert.ok(distance(right, PAINT) > 20, `${right}`);
});

journey("photos are turned and put in another order, and stay so", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.open();
  await page.getByLabel("Kies foto").setInputFiles(SMALL.slice(0, 3).map(({ path }) => path));
  await page.getByRole("link", { name: "Draaien of bedekken" }).click();
  const items = page.getByRole("main").getByRole("listitem");
  await until("all photos to be ready", async () => (await page.getByRole("button", { name: "Draaien" }).count()) === 3);
  await items.nth(2).getByRole("button", { name: "Naar voren" }).click();
  await page.getByText("Deze foto is nu nummer 2 van 3.").waitFor();
  const [first] = await orderOf(anna);
  const { width, height } = jpegSize(await largePhoto(anna, first));
  await items.nth(0).getByRole("button", { name: "Draaien" }).click();
  await page.getByText("De foto is gedraaid.").waitFor();
  await world.audit();
  const order = await orderOf(anna);
  await anna.reload();
  assert.deepEqual(await orderOf(anna), order);
  await page.getByRole("link", { name: "Verder" }).click();
  await page.getByRole("button", { name: "Bewaren" }).click();
  await anna.hasSaved();
  const [entry] = (await bodies(anna, "records")).filter(({ record }) => record.kind === "entry");
  const photos = entry.record.fields.photos.last.value;
  assert.deepEqual(photos.map(({ sha256 }) => sha256), order);
  assert.deepEqual([photos[0].width, photos[0].height], [height, width]);
});

journey("where that part has not come yet the phone says so, and the photo goes on", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.open();
  await anna.isInstalled();
  await anna.offline();
  await anna.choose(SMALL[0].path);
  await page.getByRole("link", { name: "Draaien of bedekken" }).click();
  await page.getByText(/dit staat nog niet op je telefoon/).waitFor();
  await world.audit();
  await page.goBack();
  await anna.isReady();
  await anna.feel("Dit kan beter");
  await anna.save();
});

/** Chooses a photo and opens the screen on which it is covered, before any project. */
async function openCover(phone, { path }) {
  await phone.open();
  await phone.choose(path);
  await phone.page.getByRole("link", { name: "Draaien of bedekken" }).click();
  await phone.page.getByRole("link", { name: "Mensen bedekken" }).click();
  await phone.page.getByText(/^De telefoon ziet/).waitFor();
}

async function tapAt(page, [across, down]) {
  const pane = page.getByRole("img", { name: "De foto, met wat je bedekt" });
  const { width, height } = await pane.boundingBox();
  await pane.click({ position: { x: across * width, y: down * height } });
}

/** Wipes over the photo, wherever it stands on the screen now. */
async function wipe(page, from, to) {
  const pane = page.getByRole("img", { name: "De foto, met wat je bedekt" });
  await pane.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pane.boundingBox();
  const at = ([across, down]) => [x + across * width, y + down * height];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 8 });
  await page.mouse.up();
}

/** Returns the hashes of the draft's photos in their order. */
async function orderOf(phone) {
  const [draft] = await bodies(phone, "drafts");
  const photos = await bodies(phone, "draft_photos");
  const place = ({ id }) => (draft.order?.includes(id) ? draft.order.indexOf(id) : Infinity);
  return photos.sort((a, b) => place(a) - place(b)).map(({ stage }) => stage.ready.sha256);
}

/** Returns the hash of the draft's only photo, once it was made ready. */
async function preparedPhoto(phone) {
  return until("the photo to be ready", async () => {
    const [photo] = await bodies(phone, "draft_photos");
    return photo.stage.ready?.sha256;
  });
}

/** Returns the bytes of a photo that lies on the phone. */
async function largePhoto(phone, sha256) {
  const base64 = await phone.page.evaluate((sha256) => new Promise((resolve, reject) => {
    const opening = indexedDB.open("wijkbeeld");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const asked = database.transaction("media").objectStore("media").getAll();
      asked.onsuccess = async () => {
        const row = asked.result.find(({ id }) => !sha256 || id === sha256);
        const bytes = new Uint8Array(await new Response(row.large).arrayBuffer());
        database.close();
        resolve(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
      };
    };
  }), sha256);
  return Buffer.from(base64, "base64");
}

/** Returns the colours of a JPEG at places in parts of it. */
async function colours(bytes, places) {
  const context = await openContext();
  try {
    const page = await context.newPage();
    return await page.evaluate(async ({ base64, places }) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", { willReadFrequently: true });
      canvas.drawImage(bitmap, 0, 0);
      return places.map(([across, down]) => [...canvas.getImageData(across * bitmap.width, down * bitmap.height, 1, 1).data].slice(0, 3));
    }, { base64: bytes.toString("base64"), places });
  } finally {
    await context.close();
  }
}

function distance(a, b) {
  return Math.max(...a.map((value, at) => Math.abs(value - b[at])));
}
