// For everybody: by keyboard alone, from right to left, with large text, with thick fingers, in English.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";
import { tabTo } from "../fixtures/keyboard.mjs";
import { QUESTION } from "../fixtures/phone.mjs";

const [{ path: PHOTO }] = smallPhotos();
const SMALL = { viewport: { width: 320, height: 568 } };
const LONG = "Hottentottententententoonstellingsterreinbewonersvereniging";

journey("a photo is made and saved by keyboard alone", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join();
  const chooser = page.waitForEvent("filechooser");
  await tabTo(page, page.getByLabel("Kies foto"));
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(PHOTO);
  await page.getByRole("radiogroup", { name: QUESTION }).waitFor();
  await tabTo(page, page.getByRole("radio", { name: "Dit is fijn" }));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  assert.ok(await page.getByRole("radio", { name: "Dit kan beter" }).isChecked());
  await tabTo(page, page.getByRole("button", { name: "Verder" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("checkbox", { name: "Wonen" }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "Verder" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("textbox", { name: "Vertel erbij" }));
  await page.keyboard.type("Zonder muis.");
  await tabTo(page, page.getByRole("button", { name: "Bewaren" }));
  await page.keyboard.press("Enter");
  await anna.hasSaved();
  await tabTo(page, page.getByRole("link", { name: "Klaar" }));
  await page.keyboard.press("Enter");
  await anna.isAtStart();
  await tabTo(page, page.getByRole("link", { name: "Mijn foto's" }));
  await page.keyboard.press("Enter");
  await anna.hasSentAll(1);
  await anna.entry("Zonder muis.").waitFor();
});

journey("mirrored, on a small phone, every screen fits and everything works", async (world) => {
  const anna = await world.phone("Anna", SMALL);
  await anna.open("/?taal=qps");
  assert.equal(await anna.page.locator("html").getAttribute("dir"), "rtl");
  await anna.join({ name: "Anna" });
  assert.deepEqual(await onEveryScreen(world, anna, tooWide), []);
});

journey("with letters twice as large every screen still fits", async (world) => {
  const anna = await world.phone("Anna");
  const session = await anna.context.newCDPSession(anna.page);
  await session.send("Page.enable");
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  await anna.join({ name: "Anna" });
  const size = await anna.page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  assert.ok(size >= 32, `letters of ${size} px`);
  assert.deepEqual(await onEveryScreen(world, anna, tooWide), []);
});

journey("everything that is tapped is at least 48 pixels wide and high", async (world) => {
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  assert.deepEqual(await onEveryScreen(world, anna, smallTargets), []);
});

journey("who speaks English chooses it once and finds the app in English from then on", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join();
  await anna.go("Meer");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "More", exact: true }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await anna.reload();
  await page.getByRole("heading", { name: "More", exact: true }).waitFor();
  await page.getByRole("link", { name: "Start" }).click();
  await page.getByLabel("Choose photo").setInputFiles(PHOTO);
  await page.getByRole("radiogroup").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").filter({ hasText: "Saved on this phone" }).waitFor();
  assert.deepEqual(await page.evaluate(() => document.body.innerText.match(/\b(foto|bewaard|verder|buurt)\b/gi)), null);
});

/** Goes through all screens, with long words on them; returns what `look`, which runs in the page, finds on each. */
async function onEveryScreen(world, anna, look) {
  const { page } = anna;
  const found = [];
  const seen = async (where) => {
    found.push(...(await page.evaluate(look)).map((what) => `${where}: ${what}`));
    await world.audit();
  };
  await seen("Start");
  await anna.choose(PHOTO);
  await anna.feel("Allebei");
  await seen("the feeling");
  await anna.next();
  await anna.about("Straat, stoep en plein", "Winkels, school en zorg", "Lucht, geluid en warmte");
  await seen("the themes");
  await anna.next();
  await anna.tell(`${LONG} is lang.`);
  await seen("the story");
  await anna.save();
  await seen("saved");
  // By their addresses, so that one screen that is wrong does not hide the others.
  await anna.open("/mijn");
  await anna.hasSentAll(1);
  await seen("Mijn foto's");
  const edit = await anna.articles.getByRole("link", { name: "Pas aan" }).getAttribute("href");
  for (const [path, sign] of [
    [edit, page.getByRole("textbox", { name: "Vertel erbij" })],
    ["/buurt", anna.articles.nth(6)],
    [edit.replace("erbij/mijn", "buurt"), page.getByRole("article").getByRole("img")],
    ["/gesprek", page.getByRole("heading", { name: "Gesprek" })],
    ["/meer", page.getByRole("heading", { name: "Meer", exact: true })],
    ["/mee", page.getByRole("textbox", { name: "Code" })],
    ["/meer/gegevens", page.getByRole("button", { name: "Maak een reservekopie" })],
    ["/meer/telefoons", page.getByText("Je hebt nog geen woorden.")],
    ["/meer/telefoons/hierbij", page.getByRole("textbox", { name: "De 8 cijfers" })],
  ]) {
    await anna.open(path);
    await sign.waitFor();
    await seen(path);
  }
  return found;
}

/** Runs in the page: the texts that reach beyond the screen, where the page can be scrolled sideways. */
function tooWide() {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  if (scrollWidth <= clientWidth) return [];
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const width = (element) => element.getBoundingClientRect().width;
  const widest = [...document.querySelectorAll("main *")].filter(hasText).sort((a, b) => width(b) - width(a))[0];
  return [`${scrollWidth} of ${clientWidth} px wide, by ${widest?.outerHTML.slice(0, 120)}`];
}

/** Runs in the page: what can be tapped and is too small. A link within a sentence is as high as its line. */
function smallTargets() {
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const isOffScreen = ({ bottom, right }) => bottom <= 0 || right <= 0;
  const isWithinText = (element) => element.matches("p a, .skip");
  const tapped = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
  return tapped.filter(isShown).filter((element) => !isWithinText(element)).flatMap((element) => {
    const box = (element.closest("label") ?? element).getBoundingClientRect();
    const isSmall = !isOffScreen(box) && (box.width < 47.9 || box.height < 47.9);
    return isSmall ? [`${element.outerHTML.slice(0, 120)}: ${box.width.toFixed(1)} x ${box.height.toFixed(1)}`] : [];
  });
}
