// The questions that go further: what is there already, and the five, one per screen, each to be skipped.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";

const [{ path: PHOTO }] = smallPhotos();
const THERE = "De buren vegen elke week.";
const HAPPENS = "Hier staat altijd water.";

journey("what could be better asks what is there already, and the five questions are there for who wants them, offline too", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join({ name: "Anna" });
  await anna.hasMaking();
  await anna.offline();
  await anna.choose(PHOTO);
  await anna.feel("Dit kan beter");
  await anna.next();
  await anna.next();
  await page.getByRole("textbox", { name: "Wat is er al?" }).fill(THERE);
  await page.getByRole("link", { name: "Meer vragen" }).click();
  await page.getByRole("heading", { name: "Wat zie je?" }).waitFor();
  await world.audit();
  await page.getByRole("link", { name: "Sla over" }).click();
  await page.getByRole("textbox", { name: "Wat gebeurt hier echt?" }).fill(HAPPENS);
  await page.reload();
  assert.equal(await page.getByRole("textbox", { name: "Wat gebeurt hier echt?" }).inputValue(), HAPPENS, "it is on the phone");
  await page.goBack();
  await page.getByRole("heading", { name: "Wat zie je?" }).waitFor();
  await page.goForward();
  for (const question of ["Wat betekent dit voor ons?", "Waarom is het zo", "Wat kunnen we doen"]) {
    await page.getByRole("link", { name: "Verder" }).click();
    await page.getByRole("heading", { name: question }).waitFor();
  }
  await page.getByRole("link", { name: "Klaar" }).click();
  assert.equal(await page.getByRole("textbox", { name: "Wat is er al?" }).inputValue(), THERE);
  await anna.save();
  await anna.online();
  await anna.open("/mijn");
  await anna.hasSentAll(1);
  await (await anna.member()).isShown(1);

  const bea = await world.phone("Bea");
  await bea.join({ name: "Bea" });
  await bea.go("Buurt");
  await bea.page.getByRole("link", { name: "Foto van Anna" }).click();
  for (const words of ["Wat is er al?", THERE, "Wat gebeurt hier echt?", HAPPENS]) {
    await bea.page.getByText(words, { exact: true }).waitFor();
  }
  assert.equal(await bea.page.getByText("Wat zie je?").count(), 0, "what was skipped is not shown");

  await anna.articles.getByRole("link", { name: "Pas aan" }).click();
  await page.getByRole("textbox", { name: "Wat gebeurt hier echt?" }).fill("");
  await page.getByRole("button", { name: "Bewaren" }).click();
  await page.getByRole("heading", { name: "Mijn foto's" }).waitFor();
  await anna.hasSentAll(1);
  await bea.page.getByText(HAPPENS).waitFor({ state: "detached" });
  await bea.page.getByText(THERE).waitFor();
});

journey("what is fine asks no further by itself", async (world) => {
  const anna = await world.phone("Anna");
  await anna.open();
  await anna.choose(PHOTO);
  await anna.feel("Dit is fijn");
  await anna.next();
  await anna.next();
  await anna.page.getByRole("textbox", { name: "Vertel erbij" }).waitFor();
  assert.equal(await anna.page.getByText("Wat is er al?").count(), 0);
});
