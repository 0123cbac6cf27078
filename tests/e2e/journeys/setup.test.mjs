// Setting a project up, and groups: on a laptop, partly without network, and what other phones see of it.
import { strict as assert } from "node:assert";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LAPTOP } from "../fixtures/browser.mjs";
import { journey } from "../fixtures/journey.mjs";
import { tabTo } from "../fixtures/keyboard.mjs";
import { STATE } from "../fixtures/phone.mjs";
import { DEMO } from "../fixtures/server.mjs";
import { until } from "../fixtures/until.mjs";

journey("a coordinator sets a project up on a laptop, partly without network, and a resident's phone sees the new name", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  const cora = await coordinator(world, "Cora");
  const { page } = cora;
  await cora.hasDesk();
  await cora.offline();
  await cora.open("/begeleiden");
  await page.getByRole("link", { name: "Instellen" }).click();
  await page.getByRole("heading", { name: "Instellen" }).waitFor();
  await world.audit();

  await part(page, "Naam en gemeente");
  assert.equal(await page.getByLabel("Naam van het wijkproject").inputValue(), DEMO.name);
  await page.getByLabel("Naam van het wijkproject").fill("Wij zijn Klarendal");
  await save(page);
  await page.getByText(/Veranderd op .* Door: Jij/).waitFor();
  await page.getByText(STATE.onPhone, { exact: true }).waitFor();
  await world.audit();

  await part(page, "Wie ziet wat");
  await page.getByRole("radio", { name: /^Alleen ik/ }).check();
  await page.getByRole("checkbox", { name: /^Eerst goedkeuren/ }).check();
  await page.getByRole("checkbox", { name: /^Eerst zeggen of er mensen op staan/ }).check();
  assert.equal(await page.getByRole("radio", { name: /^Mijn groep/ }).count(), 0, "there is no group");
  await save(page);
  await world.audit();

  await part(page, "Gebied");
  await page.getByLabel("Hoeken van het gebied").fill("51.98, 5.93\n51.99, 5.93\nhier");
  await page.getByText("Regel 3 is geen plek. Zet er twee getallen: noord, oost.").waitFor();
  await page.getByLabel("Hoeken van het gebied").fill("51.98, 5.93\n51.99, 5.93\n51.99, 5.95");
  await picture(page).waitFor();
  const [wrong, right] = files(world);
  await page.getByLabel("Kies een bestand").setInputFiles(wrong);
  await page.getByText("Deze getallen zijn geen graden.").waitFor();
  await page.getByLabel("Kies een bestand").setInputFiles(right);
  await page.getByText("5 hoeken, ongeveer 1,4 bij 1,1 kilometer").waitFor();
  await save(page);
  await world.audit();

  await part(page, "Onderwerpen");
  const on = page.getByRole("region", { name: "Hieruit kiezen mensen" });
  await on.getByRole("button", { name: "Bus en trein: naar voren" }).click();
  await on.getByRole("button", { name: "Zet uit: Wonen" }).click();
  await page.getByRole("button", { name: "Een eigen onderwerp" }).click();
  await on.getByLabel("Nederlands").fill("Onze markt");
  await on.getByText("Onze markt").waitFor();
  await save(page);
  await world.audit();

  await part(page, "Vragen");
  await page.getByRole("textbox", { name: "Nederlands" }).first().fill("Wat valt je op?");
  await page.getByRole("button", { name: "Vraag 1: naar achteren" }).click();
  await page.getByRole("button", { name: "Haal weg: Vraag 5" }).click();
  await page.getByRole("button", { name: "Zet terug: Wat kunnen we doen, wie doet mee?" }).waitFor();
  await save(page);
  await world.audit();

  await part(page, "Opdracht");
  await page.getByLabel("Nederlands").fill("Maak drie foto's van je straat.");
  await save(page);

  await part(page, "Toestemming");
  await page.getByLabel("Nederlands").fill("Ik doe mee.");
  await save(page);
  await page.getByLabel("Nederlands").fill("Ik doe mee en mag altijd stoppen.");
  await save(page);
  await page.getByText("Alle versies").click();
  await page.getByRole("heading", { name: "Versie 2" }).waitFor();
  await page.getByText("Ik doe mee.", { exact: true }).waitFor();
  await world.audit();

  await part(page, "Meldpunt");
  await page.getByLabel("Adres van het meldpunt").fill("http://arnhem");
  await page.getByRole("button", { name: "Bewaren" }).click();
  await page.getByText("Dit is geen adres van een website.").waitFor();
  await page.getByLabel("Adres van het meldpunt").fill("www.arnhem.nl/melding");
  await save(page);

  await part(page, "Bewaren");
  await page.getByLabel("Foto's wissen vanaf").fill("2030-01-01");
  await page.getByLabel("Alles wissen vanaf").fill("2031-01-01");
  await save(page);
  await page.getByText(STATE.onPhone, { exact: true }).waitFor();

  await cora.online();
  await page.getByText(STATE.received, { exact: true }).waitFor();
  await cora.reload();
  assert.equal(await page.getByLabel("Foto's wissen vanaf").inputValue(), "2030-01-01");
  const settings = await settingsOf(anna);
  assert.equal(settings.name, "Wij zijn Klarendal");
  assert.deepEqual([settings.default_audience, settings.approval, settings.people_unanswered], ["only_me", true, "hold"]);
  assert.equal(settings.report_desk, "https://www.arnhem.nl/melding");
  assert.deepEqual([settings.area.type, settings.area.coordinates[0].length], ["Polygon", 6]);
  assert.deepEqual(settings.themes.slice(0, 2).map(({ key }) => key), ["ov", "bewegen"]);
  assert.deepEqual(settings.themes.filter(({ is_off }) => is_off).map(({ key }) => key), ["wonen"]);
  assert.equal(settings.themes.find(({ names }) => names.nl === "Onze markt").key.length, 36);
  assert.deepEqual(settings.questions.filter(({ is_off }) => !is_off).map(({ key }) => key), ["happens", "see", "means", "why"]);
  assert.equal(settings.questions[1].texts.nl, "Wat valt je op?");
  assert.deepEqual(settings.consent_texts.map(({ version, texts }) => [version, texts.nl]), [[2, "Ik doe mee."], [3, "Ik doe mee en mag altijd stoppen."]]);
  await anna.open("/");
  await anna.go("Meer");
  await anna.page.getByText("Wij zijn Klarendal").first().waitFor();
});

journey("two coordinators who set the project up apart agree, and each sees what the other changed", async (world) => {
  const [cora, dora] = [await coordinator(world, "Cora"), await coordinator(world, "Dora")];
  for (const [laptop, place] of [[cora, "naam"], [dora, "meldpunt"]]) {
    await laptop.open(`/begeleiden/instellen/${place}`);
    await laptop.page.getByRole("button", { name: "Bewaren" }).waitFor();
    await laptop.offline();
  }
  await cora.page.getByLabel("Gemeente").fill("Ede");
  await save(cora.page);
  await dora.page.getByLabel("Adres van het meldpunt").fill("https://www.ede.nl/melding");
  await save(dora.page);
  for (const laptop of [cora, dora]) {
    await laptop.online();
    await laptop.page.getByText(STATE.received, { exact: true }).waitFor();
  }
  const settings = await settingsOf(await resident(world));
  assert.deepEqual([settings.municipality, settings.report_desk], ["Ede", "https://www.ede.nl/melding"]);
  await cora.open("/begeleiden/instellen/meldpunt");
  await until("the other's link to be there", async () => (await cora.page.getByLabel("Adres van het meldpunt").inputValue()) === "https://www.ede.nl/melding");
  await cora.page.getByText(/Veranderd op .* Door: Dora/).waitFor();
  await dora.open("/begeleiden/instellen/naam");
  await dora.page.getByText(/Veranderd op .* Door: Cora/).waitFor();
  for (const [laptop, place] of [[cora, "naam"], [dora, "meldpunt"]]) {
    await laptop.open(`/begeleiden/instellen/${place}`);
    await laptop.page.getByText(/Veranderd op .* Door: Jij/).waitFor();
  }
  await cora.open("/begeleiden/instellen/meldpunt");
  await cora.page.getByText(/Veranderd op .* Door: Dora/).waitFor();

  // What one has begun to change is not swept away by what the other saves; it is told of.
  await cora.page.getByLabel("Adres van het meldpunt").fill("https://www.ede.nl/anders");
  await dora.page.getByLabel("Adres van het meldpunt").fill("");
  await save(dora.page);
  await cora.page.getByText("Iemand anders heeft dit net veranderd.").waitFor();
  assert.equal(await cora.page.getByLabel("Adres van het meldpunt").inputValue(), "https://www.ede.nl/anders");
  await world.audit();
  await cora.page.getByRole("button", { name: "Toon het nieuwe" }).click();
  await until("the link to be gone", async () => (await cora.page.getByLabel("Adres van het meldpunt").inputValue()) === "");
});

journey("two coordinators who write the questions apart lose none of their own, and see whose list it is", async (world) => {
  const [cora, dora] = [await coordinator(world, "Cora"), await coordinator(world, "Dora")];
  const asked = ["Wat doet je hond hier?", "Welke boom is van jou?"];
  for (const [laptop, words] of [[cora, asked[0]], [dora, asked[1]]]) {
    const { page } = laptop;
    await laptop.open("/begeleiden/instellen/vragen");
    await page.getByRole("button", { name: "Een vraag erbij" }).waitFor();
    await laptop.offline();
    await page.getByRole("button", { name: "Een vraag erbij" }).click();
    await page.getByRole("group", { name: "Vraag 6" }).getByRole("textbox", { name: "Nederlands" }).fill(words);
    await save(page);
  }
  for (const laptop of [cora, dora]) {
    await laptop.online();
    await laptop.page.getByText(STATE.received, { exact: true }).waitFor();
  }
  for (const [laptop, who] of [[cora, "Dora"], [dora, "Jij"]]) {
    const { page } = laptop;
    await page.getByText(new RegExp(`Veranderd op .* Door: ${who}$`)).waitFor();
    await page.getByText("De server zette erbij wat iemand anders apart schreef.").waitFor();
    const words = (n) => page.getByRole("group", { name: `Vraag ${n}` }).getByRole("textbox", { name: "Nederlands" }).inputValue();
    assert.deepEqual([await words(6), await words(7)], asked.toReversed());
    await world.audit();
  }
  // What one takes away for good stays away.
  await cora.page.getByRole("button", { name: "Haal weg: Vraag 6" }).click();
  await save(cora.page);
  await cora.page.getByText(/Veranderd op .* Door: Jij$/).waitFor();
  await dora.page.getByRole("region", { name: "Worden niet gesteld" }).getByText(asked[1]).waitFor();
  await dora.page.getByText(/Veranderd op .* Door: Cora$/).waitFor();
  await dora.page.getByRole("button", { name: `Zet terug: ${asked[1]}` }).click();
  await save(dora.page);
  await until("the question to be asked again", async () => (await cora.page.getByRole("group", { name: "Vraag 7" }).count()) === 1);
});

journey("a worker makes a group without network; who joins by its code is in it, and \"my group\" can be chosen", async (world) => {
  const wies = await world.phone("Wies");
  const { page } = wies;
  await wies.join({ code: DEMO.workerCode, name: "Wies" });
  await wies.open("/begeleiden/groepen");
  await page.getByText("Er zijn nog geen groepen.").waitFor();
  await world.audit();
  await wies.offline();
  await page.getByLabel("Naam van de groep").fill("Moestuin");
  await page.getByRole("button", { name: "Maak de groep" }).click();
  await page.getByRole("heading", { name: "Moestuin", exact: true }).waitFor();
  await page.getByText("Zonder internet staat hier alleen wie deze telefoon al kent.").waitFor();
  await page.getByText(/Veranderd op .* Door: Jij/).waitFor();
  await page.getByRole("checkbox", { name: "Willem" }).check();
  await until("who is in it to have a line of its own", async () => (await page.getByText(/Veranderd op .* Door: Jij/).count()) === 2);
  await page.getByText("Zodra de server de groep heeft, kun je hier een code maken.").waitFor();
  await world.audit();
  await wies.online();
  await page.getByRole("button", { name: "Maak een code" }).click();
  const code = await page.locator(".ticket-code").innerText();
  await page.emulateMedia({ media: "print" });
  await page.getByText("Moestuin · Arnhem").waitFor();
  await page.emulateMedia({ media: "screen" });
  await world.audit();

  const bo = await world.phone("Bo");
  await bo.join({ code, name: "Bo" });
  await until("the newcomer to be in the group", async () => await page.getByRole("checkbox", { name: "Bo", exact: true }).isChecked().catch(() => false));
  await page.getByText(/Veranderd op .* Door: Bo/).waitFor();
  assert.equal((await settingsOf(bo)).has_groups, true);
  await page.getByRole("checkbox", { name: "Bo", exact: true }).uncheck();
  await until("the newcomer to be out of it", async () => (await (await bo.member()).pull()).every(({ view }) => view?.kind !== "group"));
  await page.getByLabel("Naam van de groep").fill("Moestuingroep");
  await page.getByRole("button", { name: "Bewaren" }).click();
  await page.getByRole("heading", { name: "Moestuingroep", exact: true }).waitFor();
  await page.getByRole("button", { name: "Hef de groep op" }).click();
  await page.getByRole("button", { name: "Ja, hef op" }).click();
  await page.getByText("Er zijn nog geen groepen.").waitFor();
  await until("the server to know", async () => (await settingsOf(bo)).has_groups === false);
});

journey("themes are put in order and a project is named by keyboard alone, and a worker is told that this is not for his role", async (world) => {
  const cora = await coordinator(world, "Cora");
  const { page } = cora;
  await cora.open("/begeleiden");
  await press(page, "link", "Instellen");
  await page.getByRole("heading", { name: "Instellen" }).waitFor();
  await press(page, "link", "Onderwerpen");
  const down = page.getByRole("button", { name: "Lopen en fietsen: naar achteren" });
  await down.waitFor();
  await press(page, "button", "Lopen en fietsen: naar achteren");
  await page.getByText("Lopen en fietsen staat nu op plaats 2 van 17.").waitFor();
  await until("the button to have the focus again", () => down.evaluate((button) => button === document.activeElement));
  await page.keyboard.press("Enter");
  await page.getByText("Lopen en fietsen staat nu op plaats 3 van 17.").waitFor();
  await press(page, "button", "Bewaren");
  await saved(page);
  assert.deepEqual((await settingsOf(cora)).themes.slice(0, 3).map(({ key }) => key), ["ov", "verkeer", "bewegen"]);

  const wies = await world.phone("Wies");
  await wies.join({ code: DEMO.workerCode, name: "Wies" });
  await wies.open("/begeleiden/instellen/naam");
  await wies.page.getByText("Dit hoort niet bij jouw rol.").waitFor();
});

journey("a neighbourhood is drawn by touch on a phone without network, walked around, saved, and found again", async (world) => {
  const cora = await coordinator(world, "Cora", {});
  const { page, context } = cora;
  await cora.hasDesk();
  await cora.offline();
  await cora.open("/begeleiden/instellen/gebied");
  await context.grantPermissions([]);
  await page.getByRole("button", { name: "Begin waar ik ben" }).tap();
  await page.getByText("Je telefoon mag niet zeggen waar je bent.").waitFor();
  await page.getByLabel("Of typ een plek").fill("51.98, hier");
  await page.getByRole("button", { name: "Begin daar" }).tap();
  await page.getByText("Dit is geen plek.").waitFor();
  await world.audit();
  await page.getByLabel("Of typ een plek").fill("51.98, 5.91");
  await page.getByRole("button", { name: "Begin daar" }).tap();

  const corners = [[-80, 70], [80, 70], [80, -70], [-80, -70]];
  for (const [at, corner] of corners.entries()) {
    await tap(page, corner);
    await page.getByText(`Hoek ${at + 1} staat er.`).waitFor();
  }
  await page.getByText("4 hoeken, ongeveer 0,4 bij 0,3 kilometer").waitFor();
  const square = await typed(page);
  assert.equal(square.length, 4);
  assert.ok(square[0][0] < 51.98 && square[0][1] < 5.91 && square[2][0] > 51.98 && square[2][1] > 5.91, "north is above, east is right");
  await world.audit();

  // A corner in a line, one elsewhere, and lines that cross.
  await tap(page, [0, 74]);
  await page.getByText("Hoek 2 staat er.").waitFor();
  await tap(page, [0, 70]);
  await page.getByText("Hoek 2 van 5 is gekozen.").waitFor();
  await world.audit();
  await tap(page, [0, -110]);
  await page.getByText("Hoek 2 is verplaatst.").waitFor();
  await page.getByText("De lijnen kruisen of raken elkaar ergens.").waitFor();
  await page.getByRole("button", { name: "Ongedaan maken" }).tap();
  await page.getByText("De lijnen kruisen of raken elkaar ergens.").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Ongedaan maken" }).tap();
  assert.deepEqual(await typed(page), square);
  await page.getByRole("button", { name: "Haal hoek weg" }).tap({ force: true });
  await page.getByText("Kies eerst een hoek").waitFor();

  // A finger that drags a corner does not scroll the page.
  await drag(cora, [80, -70], [60, -120]);
  await page.getByText("Hoek 3 is verplaatst.").waitFor();
  assert.ok((await typed(page))[2][0] > square[2][0], "it went north");
  await page.getByRole("button", { name: "Ongedaan maken" }).tap();
  assert.deepEqual(await typed(page), square);

  // On foot.
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 51.9812345, longitude: 5.9054321, accuracy: 800 });
  await page.getByRole("button", { name: "Hoek waar ik ben" }).tap();
  await page.getByText("Je telefoon weet maar op 800 meter na waar je bent.").waitFor();
  await context.setGeolocation({ latitude: 51.9812345, longitude: 5.9054321, accuracy: 8 });
  await page.getByRole("button", { name: "Hoek waar ik ben" }).tap();
  await page.getByText("Hoek 5 staat er. Op 8 meter na.").waitFor();
  const walked = await typed(page);
  assert.deepEqual(walked, [...square, [51.981235, 5.905432]]);
  await save(page);
  await world.audit();

  await cora.reload();
  await picture(page).waitFor();
  assert.deepEqual(await typed(page), walked);
  await page.getByText("5 hoeken").waitFor();
  await cora.online();
  await page.getByText(STATE.received, { exact: true }).waitFor();
  const { area } = await settingsOf(cora);
  assert.deepEqual(area.coordinates[0], [...walked, walked[0]].map(([north, east]) => [east, north]));
});

journey("a neighbourhood is drawn by keyboard alone, and a file's outline is corrected by moving a corner", async (world) => {
  const cora = await coordinator(world, "Cora");
  const { page } = cora;
  await cora.open("/begeleiden/instellen/gebied");
  await tabTo(page, page.getByLabel("Of typ een plek"));
  await page.keyboard.type("51.98, 5.91");
  await page.keyboard.press("Enter");
  await until("the picture to have the focus", () => picture(page).evaluate((element) => element === document.activeElement));
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press("Enter", "Shift+ArrowRight");
  await page.getByText("Het kruis staat 200 meter oost van hoek 1.").waitFor();
  await press("Enter", "Shift+ArrowUp", "Enter", "Shift+ArrowLeft", "ArrowRight", "Enter");
  await page.getByText("Hoek 4 staat er.").waitFor();
  const drawn = await typed(page);
  assert.equal(drawn.length, 4);
  await press("PageUp");
  await page.getByText("Hoek 4 van 4 is gekozen.").waitFor();
  await press("ArrowLeft");
  await page.getByText("Hoek 4 is 40 meter naar het westen geschoven.").waitFor();
  await press("Delete");
  await page.getByText("Hoek 4 is weg.").waitFor();
  await press("Control+z", "Control+z");
  await page.getByText("De laatste stap is ongedaan gemaakt.").waitFor();
  assert.deepEqual(await typed(page), drawn);
  await press("Home", "+");
  await page.getByText("Een vak is nu").waitFor();
  await world.audit();
  await tabTo(page, page.getByRole("button", { name: "Kruis naar het noorden" }));
  await press("Enter");
  await page.getByText(/^Het kruis staat/).waitFor();
  await tabTo(page, page.getByRole("button", { name: "Bewaren" }));
  await press("Enter");
  await saved(page);

  // What is typed is drawn, and what is drawn is typed.
  await page.getByLabel("Hoeken van het gebied").fill("51.98, 5.93\n51.99, 5.93\n51.99, 5.95");
  await page.getByText("3 hoeken, ongeveer 1,4 bij 1,1 kilometer").waitFor();
  await page.getByLabel("Kies een bestand").setInputFiles(files(world)[1]);
  await page.getByText("5 hoeken, ongeveer 1,4 bij 1,1 kilometer").waitFor();
  const [before, corner] = [await typed(page), page.locator(".sketch-corner").nth(2)];
  await picture(page).scrollIntoViewIfNeeded();
  const { x, y, width, height } = await corner.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 - 30, y + height / 2 + 20, { steps: 4 });
  await page.mouse.up();
  await page.getByText("Hoek 3 is verplaatst.").waitFor();
  const after = await typed(page);
  assert.ok(after[2][0] < before[2][0] && after[2][1] < before[2][1], "it went south-west");
  assert.deepEqual(after.toSpliced(2, 1), before.toSpliced(2, 1));
  await save(page);
  await cora.reload();
  assert.deepEqual(await typed(page), after);
  await page.getByRole("button", { name: "Haal alles weg" }).click();
  await page.getByText("Er is nog geen gebied.").waitFor();
  await save(page);
  await until("the server to hold none", async () => (await settingsOf(cora)).area === null);
});

/** The picture on which a neighbourhood is drawn. */
function picture(page) {
  return page.getByRole("application", { name: "Omtrek van het gebied" });
}

/** Taps on the picture, so far to the right of its middle and below it. */
async function tap(page, [right, below]) {
  const { width, height } = await picture(page).boundingBox();
  await picture(page).tap({ position: { x: width / 2 + right, y: height / 2 + below } });
}

/** Drags a finger over the picture. */
async function drag({ page, context }, ...ends) {
  await picture(page).scrollIntoViewIfNeeded();
  const { x, y, width, height } = await picture(page).boundingBox();
  const [from, to] = ends.map(([right, below]) => ({ x: x + width / 2 + right, y: y + height / 2 + below }));
  const session = await context.newCDPSession(page);
  const touch = (type, ...touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints });
  const scrolled = () => page.evaluate(() => scrollY);
  const before = await scrolled();
  await touch("touchStart", from);
  for (const part of [0.25, 0.5, 0.75, 1]) {
    await touch("touchMove", { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part });
  }
  await touch("touchEnd");
  assert.equal(await scrolled(), before);
}

/** Returns the corners as they stand in the field. */
async function typed(page) {
  const lines = await page.getByLabel("Hoeken van het gebied").inputValue();
  return lines.split("\n").map((line) => line.split(", ").map(Number));
}

/** Opens a laptop, or something else, whose person was invited as coordinator. */
async function coordinator(world, name, device = LAPTOP) {
  const laptop = await world.phone(name, device);
  await laptop.join({ code: await world.server.invite("coordinator"), name });
  return laptop;
}

async function resident(world) {
  const phone = await world.phone("Bo");
  await phone.join({ name: "Bo" });
  return phone;
}

/** Goes to a part of the settings from wherever in them. */
async function part(page, name) {
  if ((await page.getByRole("heading", { name: "Instellen", exact: true }).count()) === 0) {
    await page.getByRole("link", { name: "Terug" }).click();
  }
  await page.getByRole("link", { name: new RegExp(`^${name}`) }).click();
  await page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
  await page.getByRole("button", { name: "Bewaren" }).waitFor();
}

async function save(page) {
  await page.getByRole("button", { name: "Bewaren" }).click();
  await saved(page);
}

async function saved(page) {
  await page.getByRole("status").filter({ hasText: "Bewaard op deze telefoon." }).waitFor();
}

/** Tabs to something and presses it. */
async function press(page, role, name) {
  const wanted = page.getByRole(role, { name: new RegExp(`^${name}`) });
  await wanted.waitFor();
  for (let tabs = 0; !(await wanted.evaluate((element) => element === document.activeElement)); tabs += 1) {
    assert.ok(tabs < 300, `the tab key does not come to ${name}`);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
}

/** Returns the settings as the server tells them to this phone's member. */
async function settingsOf(phone) {
  const member = await until("the member to be there", async () => memberOf(phone));
  return until("the settings to have come", async () => {
    const items = await member.pull();
    const view = items.find(({ view }) => view?.kind === "project")?.view.fields;
    const record = items.find(({ record }) => record?.kind === "project")?.record.fields;
    return view ?? (record && Object.fromEntries(Object.entries(record).map(([name, { last }]) => [name, last?.value])));
  });
}

/** The project may have another name by now. */
async function memberOf(phone) {
  const { Member } = await import("../fixtures/member.mjs");
  const cookie = (await phone.context.cookies(phone.origin)).find(({ name }) => name === "wijkbeeld");
  const answer = await fetch(`${phone.origin}/api/me`, { headers: { authorization: `Bearer ${cookie.value}` } });
  const [{ project }] = (await answer.json()).memberships;
  return Member.of(phone.origin, cookie.value, project.name);
}

/** Writes two files with an outline: one in metres of the national grid, one in degrees, in a collection. */
function files(world) {
  const folder = world.folder();
  const write = (name, shape) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(shape));
    return path;
  };
  const polygon = (ring) => ({ type: "Polygon", coordinates: [ring] });
  const metres = polygon([[190000, 444000], [191000, 444000], [191000, 445000], [190000, 444000]]);
  const degrees = polygon([[5.93, 51.98], [5.95, 51.98], [5.95, 51.99], [5.94, 51.985], [5.93, 51.99], [5.93, 51.98]]);
  const collection = { type: "FeatureCollection", features: [{ type: "Feature", properties: { naam: "Klarendal" }, geometry: degrees }] };
  return [write("rd.geojson", metres), write("klarendal.geojson", collection)];
}
