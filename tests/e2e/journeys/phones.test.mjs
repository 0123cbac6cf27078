// The phones of one person: one more, a new one after the old is gone, one that is shut out.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { rows } from "../fixtures/database.mjs";
import { journey } from "../fixtures/journey.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { tabTo } from "../fixtures/keyboard.mjs";
import { until } from "../fixtures/until.mjs";

const [{ path: PHOTO }, { path: OTHER }] = smallPhotos();

journey("a second phone is linked by digits and shows what its person made, as his own", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  await anna.capture(PHOTO, { story: "Van mijn eerste telefoon." });
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  const { members } = await world.server.stats();
  await anna.go("Meer");
  await anna.page.getByRole("link", { name: "Mijn telefoons" }).click();
  await phone(anna, "Deze telefoon").waitFor();
  const digits = await showsCode(anna);
  await world.audit();

  const tablet = await world.phone("Anna's tablet");
  await tablet.open("/mee");
  await tablet.page.getByRole("link", { name: "Ik deed al mee op een andere telefoon" }).click();
  await asks(tablet, digits, "Tablet");
  await tablet.page.getByRole("heading", { name: "Kijk nu op je andere telefoon" }).waitFor();
  await world.audit();
  // Whoever looks something up meanwhile asks on.
  await tablet.reload();
  await tablet.page.getByRole("heading", { name: "Kijk nu op je andere telefoon" }).waitFor();
  await anna.page.getByRole("heading", { name: "Mag deze telefoon erbij: Tablet?" }).waitFor();
  await world.audit();
  await anna.page.getByRole("button", { name: "Ja, die is van mij" }).click();
  await anna.page.getByText("Gelukt. Deze telefoon hoort erbij: Tablet.").waitFor();
  await phone(anna, "Tablet").waitFor();

  await tablet.isAtStart();
  await tablet.go("Mijn foto's");
  await tablet.entry("Van mijn eerste telefoon.").getByText(STATE.received, { exact: true }).waitFor();
  await tablet.entry("Van mijn eerste telefoon.").getByRole("link", { name: "Pas aan" }).waitFor();
  await tablet.go("Start");
  await tablet.capture(OTHER, { story: "Van de tablet." });
  await (await tablet.member()).isShown(2);
  await anna.open("/mijn");
  await anna.entry("Van de tablet.").waitFor();
  assert.equal((await world.server.stats()).members, members);
});

journey("a phone that scans the code has the digits, and one that is not accepted hears so", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  await anna.open("/meer/telefoons");
  const digits = await showsCode(anna);
  const stranger = await world.phone("A stranger");
  stranger.expect(/status of 404 .*\/api\/link/);
  await stranger.open(`/meer/telefoons/hierbij#${digits.replace(" ", "")}`);
  const code = stranger.page.getByRole("textbox", { name: "De 8 cijfers" });
  assert.equal(await code.inputValue(), digits.replace(" ", ""));
  await stranger.page.getByRole("button", { name: "Ga verder" }).click();
  await anna.page.getByRole("heading", { name: "Mag deze telefoon erbij: Telefoon zonder naam?" }).waitFor();
  await anna.page.getByRole("button", { name: "Nee", exact: true }).click();
  await anna.page.getByText("Die telefoon komt er niet bij. Hier is een nieuwe code.").waitFor();
  assert.notEqual(await shownCode(anna), digits);
  await stranger.page.getByText("je andere telefoon zei nee").waitFor();
  assert.equal(await code.inputValue(), "");
});

journey("a code that ended is renewed twice, and then only when somebody asks for it", async (world) => {
  const anna = await world.phone("Anna");
  anna.expect(/status of 404 .*\/api\/links/);
  await anna.join({ name: "Anna" });
  await anna.open("/meer/telefoons");
  const { headers } = await anna.member();
  // Another one that is begun ends the one before.
  const end = () => fetch(`${world.server.origin}/api/links`, { method: "POST", headers });
  const shown = new Set([await showsCode(anna)]);
  for (const codes of [2, 3]) {
    await end();
    await until("another code", async () => shown.add(await shownCode(anna)).size === codes);
    await anna.page.getByText("De oude code was verlopen. Hier is een nieuwe.").waitFor();
  }
  await end();
  await anna.page.getByText("De code is verlopen.").waitFor();
  assert.ok(!shown.has(await showsCode(anna)));
});

journey("wrong digits and wrong words are each answered with a clear sentence", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  anna.expect(/status of 404 .*\/api\/(link|recover)/);
  await anna.open("/meer/telefoons/hierbij");
  for (const [typed, said] of [["1234 567", "Het moeten 8 cijfers zijn."], [" 0000-0000 ", "Deze cijfers kloppen niet, of ze zijn verlopen."]]) {
    await asks(anna, typed);
    await page.getByRole("status").getByText(said).waitFor();
    await world.audit();
  }
  await page.getByRole("link", { name: "Met woorden" }).click();
  await anna.reload();
  const words = page.getByRole("textbox", { name: "Je 8 herstelwoorden" });
  for (const [typed, said] of [
    ["Appel, aarbij adem", "Dit woord kennen we niet: aarbij."],
    ["appel adem", "Je hebt 8 woorden nodig. 2 staan er nu."],
    ["appel adem adres afwas agenda akte album alles", "Met deze woorden kun je niet terugkomen."],
  ]) {
    await words.fill(typed);
    await page.getByRole("button", { name: "Ga verder" }).click();
    await page.getByRole("status").getByText(said).waitFor();
    await world.audit();
  }
  await anna.offline();
  await page.getByRole("button", { name: "Ga verder" }).click();
  await page.getByText("Hiervoor is internet nodig.").waitFor();
  await anna.online();
});

journey("whoever shows too many wrong codes is told how long to wait", async (world) => {
  const anna = await world.phone("Anna");
  anna.expect(/status of 429/);
  await anna.join({ name: "Anna" });
  const { headers } = await anna.member();
  const wrong = { code: "00000000", claim: "0".repeat(32) };
  for (let tries = 0; tries < 20; tries += 1) {
    const answer = await fetch(`${world.server.origin}/api/link`, {
      method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(wrong),
    });
    assert.equal(answer.status, 404);
  }
  await anna.open("/meer/telefoons/hierbij");
  await asks(anna, "0000 0000");
  await anna.page.getByText("Dat was te vaak achter elkaar. Probeer het over 10 minuten opnieuw.").waitFor();
});

journey("a person moves to a new phone with eight words after the old one is gone", async (world) => {
  const folder = world.folder();
  const old = await world.phoneIn(folder, "Anna's old phone");
  await old.join({ name: "Anna" });
  await old.capture(PHOTO, { story: "Van mijn oude telefoon." });
  await old.go("Mijn foto's");
  await old.hasSentAll(1);
  await old.open("/meer/telefoons");
  await old.page.getByRole("button", { name: "Maak mijn acht woorden" }).click();
  await old.page.getByText("Je ziet ze maar één keer.").waitFor();
  const words = await old.page.getByRole("region", { name: "Herstelwoorden" }).getByRole("listitem").allInnerTexts();
  assert.equal(words.length, 8);
  await world.audit();
  await old.page.emulateMedia({ media: "print" });
  await old.page.getByRole("heading", { name: "Mijn herstelwoorden" }).waitFor();
  await old.page.emulateMedia({ media: "screen" });
  await old.page.getByRole("button", { name: "Ik heb ze op papier" }).click();
  await old.page.getByText("Je hebt woorden.").waitFor();
  assert.equal(await old.page.getByText(words.join(" ")).count(), 0);
  const { members } = await world.server.stats();
  await world.kill(old);

  const anna = await world.phone("Anna");
  await anna.open("/meer/telefoons");
  await anna.page.getByRole("link", { name: "Ik deed al mee op een andere telefoon" }).click();
  await anna.page.getByRole("link", { name: "Met woorden" }).click();
  // As people write: capitals, commas, a new line.
  const typed = words.map((word, at) => (at % 2 ? word : word.toUpperCase())).join(", ").replace(", ", ",\n");
  await anna.page.getByRole("textbox", { name: "Je 8 herstelwoorden" }).fill(typed);
  await anna.page.getByRole("textbox", { name: "Hoe noem je deze telefoon?" }).fill("Nieuwe telefoon");
  await anna.page.getByRole("button", { name: "Ga verder" }).click();
  await anna.isAtStart();
  await anna.go("Mijn foto's");
  await anna.entry("Van mijn oude telefoon.").getByText(STATE.received, { exact: true }).waitFor();
  assert.equal((await world.server.stats()).members, members);
  await anna.open("/meer/telefoons");
  await phone(anna, "Nieuwe telefoon").getByText("Deze telefoon", { exact: true }).waitFor();
  await anna.page.getByRole("button", { name: "Haal de woorden weg" }).click();
  await anna.page.getByRole("dialog").getByRole("button", { name: "Haal de woorden weg" }).click();
  await anna.page.getByText("Je hebt nog geen woorden.").waitFor();
});

journey("a phone that is shut out while it is used hears so, and keeps what was not sent", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  const lost = await linked(world, anna, "Verloren");
  lost.expect(/status of 401/);
  await lost.go("Mijn foto's");
  await lost.go("Start");
  await lost.capture(PHOTO, { story: "Al verstuurd." });
  await lost.go("Mijn foto's");
  await lost.hasSentAll(1);
  await lost.go("Buurt");
  await lost.articles.nth(6).waitFor();
  // What it makes from now on is still on its way when it is shut out.
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await lost.context.route("**/records", (route) => held.then(() => route.continue()));
  await lost.go("Start");
  await lost.capture(OTHER, { story: "Nog niet verstuurd." });

  await anna.open("/meer/telefoons");
  await shutOut(anna, "Verloren");

  release();
  await lost.page.getByText("Deze telefoon is afgesloten. Wat niet verstuurd is, staat nog hier.").waitFor();
  await lost.go("Mijn foto's");
  await lost.entry("Nog niet verstuurd.").getByText(STATE.onPhone, { exact: true }).waitFor();
  assert.equal(await lost.articles.count(), 1);
  await lost.go("Buurt");
  await lost.entry("Nog niet verstuurd.").waitFor();
  assert.equal(await lost.articles.count(), 1);
  assert.deepEqual((await rows(lost)).filter((row) => row.includes("Al verstuurd.")), []);
  await lost.open("/meer/telefoons");
  await lost.page.getByText("Deze telefoon is afgesloten.").waitFor();
});

journey("a phone that is shut out hears so while nobody touches it, by the end of its stream", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  const lost = await linked(world, anna, "Verloren");
  lost.expect(/status of 401/);
  await lost.go("Meer");
  await lost.page.getByText("Alles is ontvangen.").waitFor();
  // It holds the stream, and asks nothing by itself as long as it does.
  await anna.open("/meer/telefoons");
  await shutOut(anna, "Verloren");
  await lost.page.getByText("Deze telefoon is afgesloten.").waitFor();
});

journey("by keyboard alone a phone gets a name, a code is shown and put away, and this phone is shut out", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  anna.expect(/status of 401/);
  await anna.join({ name: "Anna" });
  await anna.open("/meer/telefoons");
  await press(page, page.getByRole("button", { name: "Geef een naam" }));
  await page.getByRole("textbox", { name: "Naam van deze telefoon" }).waitFor();
  await page.keyboard.type("Mijn telefoon");
  await page.keyboard.press("Enter");
  await phone(anna, "Mijn telefoon").waitFor();
  await until("the focus to come back", () => page.evaluate(() => document.activeElement.ariaLabel === "Geef een naam: Mijn telefoon"));
  await press(page, page.getByRole("button", { name: "Laat de code zien" }));
  await shownCode(anna);
  await press(page, page.getByRole("button", { name: "Toch niet" }));
  await page.getByRole("button", { name: "Laat de code zien" }).waitFor();
  await press(page, page.getByRole("button", { name: "Sluit af: Mijn telefoon" }));
  await press(page, page.getByRole("button", { name: "Ja, sluit af" }));
  await anna.isAtStart();
  await anna.go("Meer");
  await page.getByText("Deze telefoon is afgesloten.").waitFor();
});

journey("without network the screen says what needs it", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  await anna.open("/meer/telefoons");
  await phone(anna, "Deze telefoon").waitFor();
  await anna.offline();
  await anna.page.getByText("Hiervoor is internet nodig.").waitFor();
  await anna.page.getByRole("button", { name: "Laat de code zien" }).click();
  await anna.page.getByRole("region", { name: "Koppel een telefoon" }).getByText("Hiervoor is internet nodig.").waitFor();
  await world.audit();
  await anna.online();
  await phone(anna, "Deze telefoon").waitFor();
});

/** Returns what is said of a phone in the list. */
function phone({ page }, text) {
  return page.getByRole("main").getByRole("listitem").filter({ hasText: text });
}

/** Has a code shown; returns its digits as they stand there. */
async function showsCode(phone) {
  await phone.page.getByRole("button", { name: "Laat de code zien" }).click();
  return shownCode(phone);
}

async function shownCode({ page }) {
  return page.getByText(/^\d{4} \d{4}$/).innerText();
}

/** Types digits on another phone, and what it is to be called. */
async function asks({ page }, digits, name = "") {
  await page.getByRole("textbox", { name: "De 8 cijfers" }).fill(digits);
  await page.getByRole("textbox", { name: "Hoe noem je deze telefoon?" }).fill(name);
  await page.getByRole("button", { name: "Ga verder" }).click();
}

/** Returns a second phone of the same person; it stands at Start. */
async function linked(world, first, name) {
  const second = await world.phone(name);
  await first.open("/meer/telefoons");
  const digits = await showsCode(first);
  await second.open("/meer/telefoons/hierbij");
  await asks(second, digits, name);
  await first.page.getByRole("button", { name: "Ja, die is van mij" }).click();
  await second.isAtStart();
  return second;
}

/** Shuts a phone out on the list of the person's phones. */
async function shutOut(first, name) {
  await phone(first, name).getByRole("button", { name: "Sluit af" }).click();
  const question = first.page.getByRole("dialog", { name: `${name} afsluiten?` });
  await question.getByText("Wat nog niet verstuurd is, blijft erop staan.").waitFor();
  await first.page.getByRole("dialog").getByRole("button", { name: "Ja, sluit af" }).click();
  await first.page.getByText(`${name} is afgesloten.`).waitFor();
  assert.equal(await phone(first, name).count(), 0);
}

/** Goes to something by Tab, and presses it. */
async function press(page, target) {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}
