// Reading a screen aloud, for who reads little: by the browser's own speech, in the language of the screen.
import { strict as assert } from "node:assert";
import { smallPhotos } from "../fixtures/corpus.mjs";
import { journey } from "../fixtures/journey.mjs";

const [{ path: PHOTO }] = smallPhotos();

journey("the question and its choices are read aloud in the language of the screen, and any tap ends it", async (world) => {
  const anna = await world.phone("Anna");
  await anna.context.addInitScript(speakDutch);
  await anna.open();
  await anna.choose(PHOTO);
  const { page } = anna;
  const say = page.getByRole("button", { name: "Lees voor" });
  await say.click();
  await page.waitForFunction(() => window.spoken.length > 4);
  const question = await spoken(page);
  assert.deepEqual(inOrder(question, ["Wat vind je hiervan?", "Dit is fijn", "Dit kan beter", "Allebei", "Bewaren"]), []);
  assert.deepEqual([...new Set(question.map(({ lang }) => lang))], ["nl-NL"]);
  assert.equal(new Set(question.map(({ text }) => text)).size, question.length, "nothing is said twice");
  await world.audit();

  await anna.feel("Dit is fijn");
  assert.equal(await page.evaluate(() => speechSynthesis.speaking), false, "a tap ends it");
  await anna.next();
  await say.click();
  assert.deepEqual(inOrder(await spoken(page), ["Waar gaat het over?", "Groen en water", "Iets anders"]), []);
  await say.click();
  assert.equal(await page.evaluate(() => speechSynthesis.speaking), false, "a second tap ends it");

  // There is no voice for English here.
  await page.goto(`${anna.origin}/meer?taal=en`);
  await page.getByRole("heading", { name: "More", exact: true }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Read aloud" }).count(), 0);
});

journey("where the browser has no voice nobody is offered one", async (world) => {
  const anna = await world.phone("Anna");
  await anna.context.addInitScript(() => Object.defineProperty(window, "speechSynthesis", { value: undefined }));
  await anna.open();
  await anna.page.getByRole("heading", { name: "Wat zie jij in je buurt?" }).waitFor();
  assert.equal(await anna.page.getByRole("button", { name: "Lees voor" }).count(), 0);
});

/** Puts a browser's speech with one Dutch voice in place, which comes late, as voices do; notes what it is given. */
function speakDutch() {
  const voices = [];
  window.spoken = [];
  const speech = {
    speaking: false,
    getVoices: () => voices,
    speak: ({ text, lang, voice }) => {
      speech.speaking = true;
      window.spoken.push({ text, lang, voice: voice?.name });
    },
    cancel: () => {
      speech.speaking = false;
      window.spoken = [];
    },
    onvoiceschanged: null,
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  setTimeout(() => {
    voices.push({ name: "Xander", lang: "nl-NL" });
    speech.onvoiceschanged?.();
  }, 300);
}

function spoken(page) {
  return page.evaluate(() => window.spoken);
}

/** Returns which of these words were not said, one after the other. */
function inOrder(said, words) {
  let from = 0;
  return words.filter((word) => {
    const at = said.findIndex(({ text }, index) => index >= from && text.includes(word));
    from = at + 1;
    return at < 0;
  });
}
