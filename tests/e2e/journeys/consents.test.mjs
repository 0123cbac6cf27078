// What people agreed to: who is in the photos, and who sees them until that is said.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { bodies, rows } from "../fixtures/database.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member } from "../fixtures/member.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }] = smallPhotos();
const STORY = "De bank bij de vijver.";
const HELD = "Anderen zien deze foto pas als je dit hebt gezegd.";

journey("who is in a photo is said without network, stays with the draft, and arrives with the entry as a record", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join();
  await anna.hasMaking();
  await anna.offline();
  await openPeople(anna);
  await world.audit();
  await page.getByRole("radio", { name: "Ja, het mag" }).check();
  await page.getByText(/^Jij staat op deze foto/).waitFor();
  await page.getByRole("button", { name: "Ze tekenden" }).click();
  await world.audit();
  await until("the answer to be kept", async () => (await bodies(anna, "drafts"))[0].people?.fields.how.last.value === "signed");
  await anna.reload();
  assert.ok(await page.getByRole("radio", { name: "Ja, het mag" }).isChecked());
  await page.getByRole("button", { name: "Ze tekenden", pressed: true }).waitFor();
  await page.getByRole("link", { name: "Bewaren" }).click();
  await anna.hasSaved();
  const begun = Date.now();
  await anna.online();
  const member = await anna.member();
  const said = await until("the record to arrive", async () => (await consentsOf(member))[0]);
  const [{ record }] = await member.own();
  assert.deepEqual([said.entry, said.answer, said.how, said.text_version, said.language, said.withdrawn], [record.id, "agreed", "signed", 1, "nl", false]);
  assert.ok(Math.abs(said.given_ms - begun) < 60_000);
});

journey("what is covered is proposed as an answer, and said only by whoever chooses it", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await openPeople(anna);
  assert.equal(await page.getByRole("radio", { checked: true }).count(), 0);
  await page.getByRole("radio", { name: "Nee" }).check();
  await page.getByRole("radio", { name: "Ja, ik dek ze af" }).check();
  await page.getByRole("link", { name: "Mensen bedekken" }).waitFor();
  await anna.open();
  await page.getByRole("button", { name: "Gooi weg" }).click();

  await openPeople(anna);
  await page.getByRole("radio", { name: "Ja, ik dek ze af" }).check();
  await page.getByRole("link", { name: "Mensen bedekken" }).click();
  await cover(page);
  const [before] = await bodies(anna, "drafts");
  assert.equal(before.people.fields.answer.last.value, "covered", "what was said stays");

  await openPeople(anna, { covers: true });
  assert.ok(await page.getByRole("radio", { name: "Ja, ik dek ze af" }).isChecked());
  await page.getByText(/^Je hebt iets bedekt/).waitFor();
  await world.audit();
  await page.getByRole("link", { name: "Bewaren" }).click();
  await anna.hasSaved();
  const records = (await bodies(anna, "records")).filter(({ record }) => record.kind === "consent");
  assert.deepEqual(records, [], "a proposal is no answer");
});

journey("a project that asks for it holds a photo until its maker says who is in it, and what is taken back leaves other phones", async (world) => {
  const { server } = world;
  const coordinator = await Member.join(server.origin, { code: await server.invite("coordinator"), name: "Cora" });
  await coordinator.write("project", coordinator.membership.project.id, { people_unanswered: "hold" });
  const [anna, bea] = [await world.phone("Anna"), await world.phone("Bea")];
  await anna.join();
  await anna.capture(PHOTO, { story: STORY });
  await until("the entry to be there for who guides", async () => (await coordinator.views()).some(isIt));
  const neighbour = await Member.join(server.origin);
  assert.deepEqual((await neighbour.views()).filter(isIt), []);

  await anna.go("Mijn foto's");
  await anna.entry(STORY).getByText("Anderen zien deze foto nog niet. Staan er mensen op?").waitFor();
  await world.audit();
  await anna.page.getByRole("link", { name: "Zeg het" }).click();
  await anna.page.getByText(HELD).waitFor();
  await world.audit();
  await anna.page.getByRole("radio", { name: "Nee" }).check();
  await anna.page.getByRole("button", { name: "Bewaren" }).click();
  await anna.entry(STORY).waitFor();
  assert.equal(await anna.page.getByRole("link", { name: "Zeg het" }).count(), 0);
  await until("others to see it", async () => (await neighbour.views()).some(isIt));
  await bea.join();
  await bea.go("Buurt");
  await bea.entry(STORY).locator("img").waitFor();

  await answer(anna, async () => {
    assert.ok(await anna.page.getByRole("radio", { name: "Nee" }).isChecked());
    await anna.page.getByRole("button", { name: "Het mag niet meer" }).click();
    await anna.page.getByText("Je hebt gezegd dat het niet meer mag. Niemand anders ziet deze foto.").waitFor();
    await world.audit();
  });
  await until("nobody else to see it", async () => !(await coordinator.views()).some(isIt));
  await bea.reload();
  await bea.entry(STORY).waitFor({ state: "detached" });
  await until("no copy to be left", async () => !(await bodies(bea, "views")).some(isIt));
});

journey("everything that somebody gave stands on one page, and is taken back there, one photo or all", async (world) => {
  const { server } = world;
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join();
  await anna.capture(PHOTO, { story: STORY });
  await anna.capture(PHOTO, { story: "De stoep." });
  await anna.hasMaking();
  await (await anna.member()).isShown(2);
  const neighbour = await Member.join(server.origin);
  const seen = async () => (await neighbour.views()).map(({ fields }) => fields.story).filter((story) => [STORY, "De stoep."].includes(story));
  assert.equal((await seen()).length, 2);

  await anna.go("Meer");
  await page.getByRole("link", { name: "Mijn gegevens" }).click();
  await page.getByText(/^Je zei ja op .* Dat was tekst 1, in het Nederlands\.$/).waitFor();
  await page.getByText("Dat deed je op deze telefoon.").waitFor();
  await anna.entry(STORY).getByText("Iedereen die meedoet ziet deze foto.").waitFor();
  await anna.entry(STORY).getByText("Je zei nog niet of er mensen op staan.").waitFor();
  await page.getByText("Een reservekopie die je bewaarde, staat buiten deze app.").waitFor();
  await world.audit();

  await anna.offline();
  await anna.entry(STORY).getByRole("link", { name: "Staan er mensen op?" }).click();
  await page.getByRole("radio", { name: "Nee" }).check();
  await page.getByRole("button", { name: "Bewaren" }).click();
  await anna.entry(STORY).waitFor();
  await anna.open("/meer/gegevens");
  await anna.entry(STORY).getByText("Je zei: er staan geen mensen op.").waitFor();
  await anna.entry(STORY).getByRole("button", { name: "Alleen voor mij" }).click();
  await anna.entry(STORY).getByText("Alleen jij ziet deze foto.").waitFor();
  await anna.online();
  await until("one to be gone for others", async () => (await seen()).join() === "De stoep.");

  await page.getByRole("button", { name: "Alles alleen voor mij" }).click();
  await page.getByRole("dialog").getByText("Al je foto's gaan weg bij alle anderen").waitFor();
  await world.audit();
  await page.getByRole("button", { name: "Ja, alles" }).click();
  await anna.entry("De stoep.").getByText("Alleen jij ziet deze foto.").waitFor();
  await until("all to be gone for others", async () => (await seen()).length === 0);
  assert.equal(await page.getByRole("button", { name: "Alles alleen voor mij" }).count(), 0);

  await page.getByRole("button", { name: "Wis alles van mij" }).click();
  await page.getByRole("button", { name: "Ja, wis alles" }).click();
  await page.getByText("Je hebt nog geen foto's bewaard.").waitFor();
  const left = (await bodies(anna, "records")).filter(({ record }) => Object.keys(record.fields).length > 0);
  assert.deepEqual(left.map(({ record }) => record.fields.subject.last.value), ["take_part"]);
  assert.deepEqual(await rows(anna, "media"), [], "nor is a photo left on the phone");
  const member = await anna.member();
  await until("the server to hold nothing but that Anna takes part", async () => {
    const records = (await member.pull()).map(({ record }) => record).filter((record) => record && !record.erased);
    return records.length === 1 && records[0].fields.subject.last.value === "take_part";
  });
});

journey("who shows a photo to more people than before agrees to that, as a record", async (world) => {
  const { server } = world;
  const coordinator = await Member.join(server.origin, { code: await server.invite("coordinator") });
  const text = { subject: "audience", version: 2, texts: { nl: "Je buren mogen deze foto zien." } };
  await coordinator.write("project", coordinator.membership.project.id, { default_audience: "only_me", consent_texts: [text] });
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join();
  await anna.capture(PHOTO, { story: STORY });
  await anna.go("Mijn foto's");
  await page.getByRole("link", { name: "Pas aan" }).click();
  await page.getByRole("radio", { name: "Iedereen die meedoet" }).check();
  await page.getByText("Je buren mogen deze foto zien.").waitFor();
  await world.audit();
  await page.getByRole("button", { name: "Bewaren" }).click();
  await anna.isReady();
  await page.waitForURL("**/mijn");
  await anna.hasSentAll(1);
  const member = await anna.member();
  const [said] = await until("the record to arrive", async () => {
    const said = await consentsOf(member, "audience");
    return said.length > 0 && said;
  });
  const [{ record }] = await member.own();
  assert.deepEqual([said.entry, said.audience, said.text_version, said.language], [record.id, "everyone", 2, "nl"]);
});

/** Chooses a photo, or covers something in it as well, and goes on to who is in it. */
async function openPeople(phone, { covers = false } = {}) {
  const { page } = phone;
  await phone.open();
  await phone.choose(PHOTO);
  await until("the photo to be ready", async () => (await bodies(phone, "draft_photos")).every(({ stage }) => stage.ready));
  await page.getByRole("link", { name: "Draaien of bedekken" }).click();
  if (covers) {
    await page.getByRole("link", { name: "Mensen bedekken" }).click();
    await cover(page);
  }
  await page.getByRole("link", { name: "Staan er mensen op?" }).click();
  await page.getByRole("heading", { name: "Staan er mensen op?" }).waitFor();
}

async function cover(page) {
  await page.getByRole("button", { name: "Nog een vlak" }).click();
  await page.getByRole("button", { name: "Bedekken", exact: true }).click();
  await page.getByRole("heading", { name: "Je foto's" }).waitFor();
}

/** Opens what is said of the people in the only own entry, from where that is changed, and does something there. */
async function answer(phone, act) {
  await phone.open("/mijn");
  await phone.page.getByRole("link", { name: "Pas aan" }).click();
  await phone.page.getByRole("link", { name: "Staan er mensen op?" }).click();
  await act();
}

/** Returns what a member agreed to, or says that others did, by the names of the fields. */
async function consentsOf(member, of = "people_in_photo") {
  const consents = (await member.pull()).map(({ record }) => record).filter((record) => record?.kind === "consent");
  const values = ({ fields }) => Object.fromEntries(Object.entries(fields).map(([name, { last }]) => [name, last.value]));
  return consents.map(values).filter(({ subject }) => subject === of);
}

const isIt = ({ fields }) => fields?.story === STORY;
