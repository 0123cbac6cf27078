// Who may see a photo: chosen at joining and for each photo, and what those who guide the project say of it.
import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member, newId } from "../fixtures/member.mjs";
import { DEMO } from "../fixtures/server.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }] = smallPhotos();
const STORY = "De bank bij de vijver.";
const STAYS = "Blijft hier. Alleen jij ziet het.";

journey("a photo that its maker keeps to himself leaves the neighbour's wall, and comes back when he shows it again", async (world) => {
  const [anna, bea] = await annaAndBea(world);
  await change(anna, async () => {
    await anna.page.getByRole("radio", { name: "Alleen ik" }).check();
    await anna.page.getByText("Deze foto blijft op deze telefoon en in je reservekopie.").waitFor();
    await world.audit();
  });
  await anna.entry(STORY).getByText(STAYS).waitFor();
  await anna.go("Buurt");
  await anna.articles.nth(5).waitFor();
  assert.equal(await anna.entry(STORY).count(), 0, "nor does it stand on the maker's own");
  await anna.go("Mijn foto's");
  await bea.reload();
  await bea.entry(STORY).waitFor({ state: "detached" });
  await bea.articles.nth(5).waitFor();
  await until("the server to hold nothing of it", async () => (await ownStory(anna)) === undefined);

  await change(anna, () => anna.page.getByRole("radio", { name: "Iedereen die meedoet" }).check());
  await anna.hasSentAll(1);
  await (await anna.member()).isShown(1);
  await bea.reload();
  await bea.entry(STORY).locator("img").waitFor();
});

journey("a copy on the server is kept where its maker wants one, and nobody else sees it", async (world) => {
  const [anna, bea] = await annaAndBea(world);
  await change(anna, async () => {
    await anna.page.getByRole("radio", { name: "Alleen ik" }).check();
    await anna.page.getByRole("checkbox", { name: "Bewaar een kopie op de server" }).check();
  });
  await anna.hasSentAll(1);
  await bea.reload();
  await bea.entry(STORY).waitFor({ state: "detached" });
  assert.equal(await ownStory(anna), STORY);
  assert.deepEqual((await (await Member.join(world.server.origin, { code: DEMO.workerCode })).views()).filter(isIt), []);
});

journey("a worker asks, the maker answers without network, and the answer arrives", async (world) => {
  const { origin } = world.server;
  const [anna, bea] = await annaAndBea(world);
  const worker = await Member.join(origin, { code: DEMO.workerCode, name: "Wies" });
  const review = await say(worker, "ask", "Staat je buurman erop?");
  await anna.reload();
  await anna.entry(STORY).getByText("De begeleider vraagt: Staat je buurman erop?").waitFor();
  await anna.hasMaking();
  await anna.offline();
  await change(anna, async () => {
    await anna.page.getByText("De begeleider vraagt: Staat je buurman erop?").waitFor();
    await anna.page.getByRole("textbox", { name: "Je antwoord" }).fill("Ja, en het mag van hem.");
  });
  await anna.entry(STORY).getByText("Jij antwoordde: Ja, en het mag van hem.").waitFor();
  await anna.online();
  const answers = async () => (await worker.pull()).map(({ view }) => view).filter((view) => view?.kind === "answer");
  await until("the answer to arrive", async () => (await answers()).length === 1);
  assert.deepEqual((await answers())[0].fields, { review, text: "Ja, en het mag van hem." });

  await say(worker, "hide", "Er staat een kind op.");
  await anna.reload();
  await anna.entry(STORY).getByText("Anderen zien deze foto niet. Er staat een kind op.").waitFor();
  await bea.reload();
  await bea.entry(STORY).waitFor({ state: "detached" });
});

journey("where a project asks for approval the maker reads that it waits, and that it was approved", async (world) => {
  const { server } = world;
  const coordinator = await Member.join(server.origin, { code: await server.invite("coordinator"), name: "Cora" });
  await coordinator.write("project", coordinator.membership.project.id, { approval: true, has_groups: true });
  const anna = await made(world);
  await anna.entry(STORY).getByText("Een begeleider kijkt eerst. Daarna zien anderen deze foto.").waitFor();
  await change(anna, () => anna.page.getByRole("radio", { name: "Mijn groep en de begeleiders" }).waitFor());
  await until("the entry to be there for who guides", async () => (await coordinator.views()).some(isIt));
  await say(coordinator, "approve", "Mooi!");
  await anna.reload();
  await anna.entry(STORY).getByText("Goedgekeurd. Mooi!").waitFor();
});

journey("who joins reads who will see the photos, and may keep them from others from the first one on", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.open(`/mee/${DEMO.code}`);
  await page.getByRole("heading", { name: DEMO.name }).waitFor();
  await page.getByText("Iedereen die meedoet ziet je foto's.").click();
  await page.getByRole("radio", { name: "Alleen ik" }).check();
  await page.getByText("Alleen jij ziet je foto's.").waitFor();
  await world.audit();
  await page.getByRole("button", { name: "Meedoen" }).click();
  await anna.isAtStart();
  await anna.choose(PHOTO);
  await anna.save();
  await page.getByText("Deze foto blijft op deze telefoon en in je reservekopie.").waitFor();
  await page.getByRole("link", { name: "Klaar" }).click();
  await anna.go("Mijn foto's");
  await anna.articles.getByText(STAYS).waitFor();
  assert.deepEqual(await (await anna.member()).own(), []);
});

journey("without network joining says nothing of a project that it does not know", async (world) => {
  const anna = await world.phone("Anna");
  await anna.open();
  await anna.isInstalled();
  await anna.offline();
  await anna.open(`/mee/${DEMO.code}`);
  await anna.page.getByRole("button", { name: "Meedoen" }).waitFor();
  assert.equal(await anna.page.getByText("Iedereen die meedoet ziet je foto's.").count(), 0);
  await anna.online();
  await anna.page.getByText("Iedereen die meedoet ziet je foto's.").waitFor();
});

/** Changes the entry on the screen that it is changed on. */
async function change(phone, how) {
  await phone.entry(STORY).getByRole("link", { name: "Pas aan" }).click();
  await how();
  await phone.page.getByRole("button", { name: "Bewaren" }).click();
  await phone.page.getByRole("heading", { name: "Mijn foto's" }).waitFor();
}

/** Says something of the entry as somebody who guides the project; returns the review's id. */
async function say(member, decision, reason) {
  const view = (await member.views()).find(isIt);
  const seen = createHash("sha256").update(view.fields.story);
  for (const { sha256 } of view.fields.photos) seen.update(Buffer.from(`ff${sha256}`, "hex"));
  const id = newId();
  await member.write("review", id, { entry: view.id, decision, reason, saw: seen.digest("hex") });
  return id;
}

function isIt({ fields }) {
  return fields.story === STORY;
}

/** Returns what the server has of the story of the phone's one entry. */
async function ownStory(phone) {
  const [{ record }] = await (await phone.member()).own();
  return record.fields.story?.last.value;
}

/** Anna made an entry and stands on her own photos. */
async function made(world) {
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  await anna.capture(PHOTO, { valence: "Dit is fijn", story: STORY });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  return anna;
}

/** Likewise, and Bea sees it on the wall. */
async function annaAndBea(world) {
  const anna = await made(world);
  await (await anna.member()).isShown(1);
  const bea = await world.phone("Bea");
  await bea.join({ name: "Bea" });
  await bea.go("Buurt");
  await bea.entry(STORY).locator("img").waitFor();
  return [anna, bea];
}
