// Photos that another app shares with this one. The phone's own sheet for sharing stands outside of the page; what it does is post a
// form, as a page of anybody's does here.
import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { corpus, smallPhotos } from "../fixtures/corpus.mjs";
import { bodies, rows } from "../fixtures/database.mjs";
import { journey } from "../fixtures/journey.mjs";
import { QUESTION } from "../fixtures/phone.mjs";
import { until } from "../fixtures/until.mjs";

const [FIRST, SECOND] = smallPhotos();
const BROKEN = corpus.find(({ expected }) => expected === "reject");

journey("photos that are shared become a draft, without network too, and a broken one is told", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join();
  await anna.hasMaking();
  await takesShares(anna, () => window.dispatchEvent(new Event("appinstalled")));
  await anna.offline();
  await share(anna, FIRST.path, BROKEN.path, SECOND.path);
  await page.getByRole("radiogroup", { name: QUESTION }).waitFor();
  await anna.isReady();
  await anna.alert.waitFor();
  await world.audit();
  await anna.feel("Dit is fijn");
  await anna.save();
  const [entry] = (await bodies(anna, "records")).filter(({ record }) => record.kind === "entry");
  assert.equal(entry.record.fields.photos.last.value.length, 2);
  assert.equal((await rows(anna, "drafts", "draft_photos")).length, 0);
  await anna.online();
  await (await anna.member()).isShown(1);
});

journey("of more photos than an entry takes none is lost", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join();
  await anna.hasMaking();
  await takesShares(anna, () => window.dispatchEvent(new Event("appinstalled")));
  await share(anna, ...Array(11).fill(FIRST.path));
  await page.getByRole("radiogroup", { name: QUESTION }).waitFor();
  await until("all to be ready", async () => (await bodies(anna, "draft_photos")).filter(({ stage }) => stage.ready).length === 11);
  const drafts = await bodies(anna, "drafts");
  assert.equal(drafts.length, 2);
  await page.getByRole("link", { name: "Terug" }).click();
  await anna.isAtStart();
  await until("both to be offered", async () => (await page.getByRole("link", { name: "Ga verder" }).count()) === 2);
});

journey("where nothing on the phone takes photos in, the server keeps none of them and the page asks to share them once more", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  // More than travels before the server has answered.
  const large = join(world.folder(), "groot.jpg");
  writeFileSync(large, Buffer.alloc(12_000_000, 7));
  await share(anna, FIRST.path, large);
  await page.waitForURL("**/?gedeeld=opnieuw");
  await page.getByRole("heading", { name: "Deel je foto nog een keer" }).waitFor();
  await anna.isReady();
  await world.audit();
  await takesShares(anna);
  await share(anna, FIRST.path);
  await page.getByRole("radiogroup", { name: QUESTION }).waitFor();
  await anna.seesPhoto(FIRST.display);
  await page.goBack();
  await page.goto(`${anna.origin}/?gedeeld=vol`);
  await page.getByRole("heading", { name: "Je telefoon is vol" }).waitFor();
  await world.audit();
  await page.getByRole("link", { name: "Naar het begin" }).click();
  await anna.isAtStart();
});

/** Shares files with the app, as a form that nothing of ours has made. */
async function share({ page, origin }, ...files) {
  await page.goto("about:blank");
  await page.setContent(`<form action="${origin}/deel" method="post" enctype="multipart/form-data">
    <input type="file" name="foto" multiple><button>Deel</button></form>`);
  await page.locator("input").setInputFiles(files);
  await page.getByRole("button", { name: "Deel" }).click();
  await page.waitForURL(`${origin}/**`);
}

/** Done when the phone takes photos in; `begin` runs in the page. */
async function takesShares({ page }, begin = () => {}) {
  await page.evaluate(begin);
  await until("the phone to take photos in", () =>
    page.evaluate(async () => {
      const all = await navigator.serviceWorker.getRegistrations();
      return all.some(({ scope, active }) => scope.endsWith("/deel") && active?.state === "activated");
    }),
  );
}
