// The team behind a project, from setting it up to what residents see of each other: all of it once, without network where it can be.
import { strict as assert } from "node:assert";
import { LAPTOP } from "../fixtures/browser.mjs";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { invitationIn } from "../fixtures/server.mjs";

const [{ path: PHOTO }, { path: OTHER }] = smallPhotos();
const NAME = "Wij zijn de Bloemenbuurt";
const STORY = "De lindeboom voor de school.";

journey("a coordinator sets up, a worker prints and looks, residents join, one is asked, one is shut out, one moves", async (world) => {
  const { server } = world;
  const cora = await setsUp(world);
  const wies = await world.phone("Wies");
  await wies.join({ code: await invites(cora), name: "Wies" });
  const code = await prints(wies);
  assert.notEqual(code.length, 26, "the sheet is for residents");

  const [anna, bram, chris] = await Promise.all(["Anna", "Bram", "Chris"].map((name) => world.phone(name)));
  for (const [phone, name] of [[anna, "Anna"], [bram, "Bram"], [chris, "Chris"]]) await phone.join({ code, name });
  await Promise.all([anna.isInstalled(), chris.isInstalled()]);
  await anna.offline();
  await anna.capture(PHOTO, { valence: "Dit is fijn", story: STORY });
  await anna.online();
  await anna.go("Mijn foto's");
  await anna.hasSentAll(1);
  await anna.entry(STORY).getByText("Een begeleider kijkt eerst. Daarna zien anderen deze foto.").waitFor();
  await bram.go("Buurt");
  await bram.page.getByRole("heading", { name: "De buurt", exact: true }).waitFor();
  assert.equal(await bram.entry(STORY).count(), 0, "nobody looked at it");

  await looks(wies);
  await wies.offline();
  await wies.page.getByRole("textbox", { name: "Bericht aan de maker" }).fill("Is dit van dit jaar?");
  await wies.page.getByRole("button", { name: "Vraag iets" }).click();
  await wies.page.getByText(STORY).waitFor({ state: "detached" });
  await wies.online();
  await anna.entry(STORY).getByText("De begeleider vraagt: Is dit van dit jaar?").waitFor();
  await anna.hasMaking();
  await anna.offline();
  await anna.entry(STORY).getByRole("link", { name: "Pas aan" }).click();
  await anna.page.getByRole("textbox", { name: "Je antwoord" }).fill("Ja, van vandaag.");
  await anna.page.getByRole("button", { name: "Bewaren" }).click();
  await anna.entry(STORY).getByText("Jij antwoordde: Ja, van vandaag.").waitFor();
  await anna.online();
  await looks(wies);
  await wies.page.getByText("Ja, van vandaag.").waitFor();
  await wies.page.getByRole("button", { name: "Keur goed" }).click();
  await bram.entry(STORY).locator("img").waitFor();
  await world.audit();

  await isShutOut(server, chris);
  await moves(world, bram);
  await cora.open("/begeleiden/logboek");
  await cora.page.getByText("Wies keurde een foto van Anna goed.").waitFor();
  await cora.page.getByText("De beheerder van de server sloot een telefoon uit.").waitFor();
});

/** Sets the project up on a laptop, without network; says when the server has it. */
async function setsUp(world) {
  const cora = await world.phone("Cora", LAPTOP);
  const { page } = cora;
  await cora.join({ code: await world.server.invite("coordinator"), name: "Cora" });
  await cora.hasDesk();
  await cora.offline();
  await cora.open("/begeleiden/instellen/naam");
  await page.getByLabel("Naam van het wijkproject").fill(NAME);
  await page.getByRole("button", { name: "Bewaren" }).click();
  await page.getByText(STATE.onPhone, { exact: true }).waitFor();
  await cora.open("/begeleiden/instellen/wie-ziet-wat");
  await page.getByRole("checkbox", { name: /^Eerst goedkeuren/ }).check();
  await page.getByRole("button", { name: "Bewaren" }).click();
  await page.getByText(STATE.onPhone, { exact: true }).waitFor();
  await cora.online();
  await page.getByText(STATE.received, { exact: true }).waitFor();
  return cora;
}

/** Returns the code that stands below the QR code of a worker's invitation. */
async function invites({ page }) {
  await page.goto(new URL("/begeleiden/uitnodigen", page.url()).href);
  await page.getByRole("button", { name: "Maak een uitnodiging" }).click();
  const made = page.getByRole("status").filter({ hasText: "De uitnodiging is klaar" });
  await made.locator("svg").first().waitFor();
  return invitationIn(await made.innerText());
}

/** Prints the sheet for residents; returns the code that stands on it. */
async function prints(wies) {
  const { page } = wies;
  await wies.open("/begeleiden/uitnodigen");
  await page.getByRole("button", { name: "Print het blad" }).waitFor();
  await page.emulateMedia({ media: "print" });
  await page.getByRole("heading", { name: `Doe mee met ${NAME}` }).waitFor();
  assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
  const sheet = await page.getByRole("main").innerText();
  await page.emulateMedia({ media: "screen" });
  return /\/mee\/([A-Z0-9]{6})\b/.exec(sheet)[1];
}

/** Opens the entry that waits for those who guide. */
async function looks(wies) {
  await wies.open("/begeleiden");
  await wies.page.getByRole("link", { name: /^Goedkeuren/ }).click();
  await wies.page.getByRole("link", { name: new RegExp(STORY) }).click();
  await wies.page.getByRole("img", { name: "Foto" }).first().waitFor();
}

/** Shuts a phone out that is in use, and has no network just now: its owner lost it. What it has not sent stays on it. */
async function isShutOut(server, phone) {
  phone.expect(/status of 401/);
  const { membership } = await phone.member(NAME);
  await phone.offline();
  await phone.capture(OTHER, { story: "Nog niet verstuurd." });
  const [device] = JSON.parse(await server.command("devices", "list", "--json", membership.member_id));
  await server.command("devices", "shut-out", device.id);
  await phone.online();
  await phone.page.getByText("Deze telefoon is afgesloten. Wat niet verstuurd is, staat nog hier.").waitFor();
  await phone.go("Mijn foto's");
  await phone.entry("Nog niet verstuurd.").getByText(STATE.onPhone, { exact: true }).waitFor();
}

/** Moves a person to a new phone with eight words. */
async function moves(world, old) {
  await old.open("/meer/telefoons");
  await old.page.getByRole("button", { name: "Maak mijn acht woorden" }).click();
  const words = await old.page.getByRole("region", { name: "Herstelwoorden" }).getByRole("listitem").allInnerTexts();
  await world.close(old);
  const bram = await world.phone("Bram's new phone");
  await bram.open("/meer/telefoons/hierbij");
  await bram.page.getByRole("link", { name: "Met woorden" }).click();
  await bram.page.getByRole("textbox", { name: "Je 8 herstelwoorden" }).fill(words.join(" "));
  await bram.page.getByRole("button", { name: "Ga verder" }).click();
  await bram.isAtStart();
  await bram.go("Buurt");
  await bram.entry(STORY).locator("img").waitFor();
}
