// The neighbourhood's wall: everyone's photos with their makers' words.
import { strict as assert } from "node:assert";
import { drawNumber } from "../fixtures/drawn.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member } from "../fixtures/member.mjs";

journey("the wall shows strengths first and can be narrowed to a feeling and a theme", async (world) => {
  const { server } = world;
  const maker = await Member.join(server.origin, { name: "Karim" });
  await maker.makeEntry(drawNumber(1), { valence: "could_be_better", themes: ["groen"], story: "Kaal gras." });
  await maker.makeEntry(drawNumber(2), { valence: "both", themes: ["groen", "spelen"], story: "Mooi, maar nat." });
  await maker.makeEntry(drawNumber(3), { valence: "good", themes: ["groen"], story: "De lindeboom." });
  await maker.isShown(3);
  const anna = await world.phone("Anna");
  await anna.join();
  await anna.go("Buurt");
  await anna.articles.nth(8).waitFor();
  assert.deepEqual(await anna.page.getByRole("heading", { level: 2 }).allInnerTexts(), ["Dit is fijn", "Allebei", "Dit kan beter"]);
  const place = async (story) => (await anna.page.getByRole("article").allInnerTexts()).findIndex((text) => text.includes(story));
  const order = [await place("De lindeboom."), await place("Mooi, maar nat."), await place("Kaal gras.")];
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
  assert.equal(order[0], 0, "the newest strength stands first");

  const themes = anna.page.getByRole("group", { name: "Waar gaat het over?" });
  await themes.getByRole("link", { name: "Groen en water" }).click();
  await anna.articles.nth(4).waitFor({ state: "detached" });
  // One of the demo's own is about green.
  assert.equal(await anna.articles.count(), 4);
  const feelings = anna.page.getByRole("group", { name: "Fijn of kan beter?" });
  await feelings.getByRole("link", { name: "Kan beter" }).click();
  await anna.articles.nth(1).waitFor({ state: "detached" });
  assert.equal(await anna.articles.count(), 1);
  await anna.entry("Kaal gras.").waitFor();
  await anna.reload();
  await anna.entry("Kaal gras.").waitFor();
  assert.equal(await anna.articles.count(), 1, "a reload keeps the choice");
});

journey("an entry has a page with its photo and its maker's words, also without network once it was seen", async (world) => {
  const { server } = world;
  const maker = await Member.join(server.origin, { name: "Karim" });
  const story = "De lindeboom.\nZe staat er al honderd jaar.";
  await maker.makeEntry(drawNumber(7), { themes: ["groen", "trots"], story });
  await maker.isShown(1);
  const anna = await world.phone("Anna");
  await anna.join();
  await anna.isInstalled();
  await anna.go("Buurt");
  await anna.page.getByRole("link", { name: /De lindeboom/ }).click();
  await assertWhole(anna);

  await anna.offline();
  await anna.reload();
  await assertWhole(anna);
  await anna.page.getByRole("link", { name: "Terug" }).click();
  await anna.articles.nth(6).waitFor();
  const pictures = anna.page.getByRole("article").locator("img");
  await pictures.nth(6).waitFor();
  assert.ok(await pictures.first().evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));

  async function assertWhole(phone) {
    const article = phone.page.getByRole("article");
    assert.equal(await article.locator("p").first().evaluate((paragraph) => paragraph.textContent), story);
    for (const word of ["Groen en water", "Trots op de buurt", /Karim/]) await article.getByText(word).waitFor();
    const picture = article.getByRole("img", { name: "Foto" });
    const size = await picture.evaluate((image) => image.decode().then(() => [image.naturalWidth, image.naturalHeight]));
    assert.deepEqual(size, [48, 48]);
  }
});

journey("a hundred entries all stand on the wall", async (world) => {
  const { server } = world;
  const maker = await Member.join(server.origin, { name: "Karim" });
  const valences = ["good", "could_be_better", "both"];
  for (let number = 1; number <= 94; number += 1) {
    await maker.makeEntry(drawNumber(number), { valence: valences[number % 3], story: `Foto nummer ${number}.` });
  }
  await maker.isShown(94);
  const anna = await world.phone("Anna");
  await anna.join();
  await anna.go("Buurt");
  await anna.articles.nth(99).waitFor();
  assert.equal(await anna.articles.count(), 100);
  for (const number of [1, 50, 94]) await anna.page.getByText(`Foto nummer ${number}.`, { exact: true }).waitFor();
  await anna.page.getByText("Foto nummer 1.", { exact: true }).click();
  await anna.page.waitForURL(/\/buurt\/.+/);
});
