// Those who guide look at entries: approve, ask, hide; what others then see of them.
import { strict as assert } from "node:assert";
import { drawNumber } from "../fixtures/drawn.mjs";
import { journey } from "../fixtures/journey.mjs";
import { Member, newId } from "../fixtures/member.mjs";
import { DEMO } from "../fixtures/server.mjs";
import { until } from "../fixtures/until.mjs";

const STORY = "Losse tegels bij de school.";

journey("a worker asks about an entry without network, reads the answer, and approves it by keyboard", async (world) => {
  const [cora, karim, anna] = await team(world);
  await cora.write("project", cora.membership.project.id, { approval: true });
  await karim.makeEntry(drawNumber(1), { valence: "could_be_better", themes: ["straat"], story: STORY });
  await karim.isShown(1);
  assert.ok(!(await sees(anna, STORY)));
  const wies = await world.phone("Wies");
  const { page } = wies;
  await wies.join({ code: DEMO.workerCode, name: "Wies" });
  await wies.open("/begeleiden");
  await page.getByRole("link", { name: /^Goedkeuren/ }).click();
  await page.getByText("Een foto is pas voor anderen te zien als een begeleider hem goedkeurt.").waitFor();
  await page.getByRole("link", { name: new RegExp(STORY) }).click();
  await page.getByRole("img", { name: "Foto" }).first().waitFor();
  await world.audit();

  await wies.offline();
  await page.getByRole("button", { name: "Vraag iets" }).click();
  await page.getByText("Schrijf eerst een bericht. Dan weet de maker waarom.").waitFor();
  await page.getByRole("textbox", { name: "Bericht aan de maker" }).fill("Staat de naam van de school erop?");
  await page.getByRole("button", { name: "Vraag iets" }).click();
  await page.getByText(STORY).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Terug" }).click();
  await page.getByRole("link", { name: "Gevraagd (1)" }).click();
  await page.getByRole("link", { name: new RegExp(STORY) }).click();
  await page.getByText("Jij: gevraagd").waitFor();
  await page.getByText("Staat op dit apparaat. Wordt verstuurd zodra er internet is.").waitFor();
  await wies.online();
  await page.getByText("Staat op dit apparaat. Wordt verstuurd zodra er internet is.").waitFor({ state: "detached" });

  const asked = (await karim.pull()).map(({ view }) => view).find((view) => view?.kind === "review");
  assert.deepEqual([asked.fields.decision, asked.fields.reason], ["ask", "Staat de naam van de school erop?"]);
  await karim.write("answer", newId(), { review: asked.id, text: "Nee, die is niet te lezen." });
  await page.getByText("Antwoord van Karim").waitFor();
  await page.getByText("Nee, die is niet te lezen.").waitFor();
  await world.audit();
  await page.getByRole("textbox", { name: "Bericht aan de maker" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await until("the entry to be shown to others", () => sees(anna, STORY));
  assert.deepEqual(await reviewed(world.server, cora), ["entry_approved", "entry_asked"]);
});

journey("what a worker hides leaves the wall of others, and comes back when it is approved, once for two quick taps", async (world) => {
  const [cora, karim] = await team(world);
  await karim.makeEntry(drawNumber(2), { valence: "good", story: STORY });
  await karim.isShown(1);
  const anna = await world.phone("Anna");
  await anna.join({ name: "Anna" });
  await anna.go("Buurt");
  await anna.entry(STORY).waitFor();
  const wies = await world.phone("Wies");
  const { page } = wies;
  await wies.join({ code: DEMO.workerCode, name: "Wies" });
  await wies.open("/begeleiden/goedkeuren?stand=zichtbaar");
  await page.getByRole("link", { name: new RegExp(STORY) }).click();
  await page.getByRole("textbox", { name: "Bericht aan de maker" }).fill("Er staat een kenteken op.");
  await page.getByRole("button", { name: "Verberg" }).click();
  await anna.entry(STORY).waitFor({ state: "detached" });
  await wies.open("/begeleiden/goedkeuren?stand=verborgen");
  await page.getByRole("link", { name: new RegExp(STORY) }).click();
  await page.getByText("Er staat een kenteken op.").waitFor();
  await page.getByRole("button", { name: "Keur goed" }).evaluate((button) => [button, button].forEach((button) => button.click()));
  await anna.entry(STORY).waitFor();
  assert.deepEqual(await reviewed(world.server, cora), ["entry_approved", "entry_hidden"]);
});

/** A coordinator and two residents, who have no phones. */
async function team({ server }) {
  return [
    await Member.join(server.origin, { code: await server.invite("coordinator"), name: "Cora" }),
    await Member.join(server.origin, { name: "Karim" }),
    await Member.join(server.origin, { name: "Anna" }),
  ];
}

async function sees(member, story) {
  return (await member.views()).some(({ fields }) => fields.story === story);
}

/** What was said of entries, as the log tells it to a coordinator, the newest first. */
async function reviewed({ origin }, { membership, headers }) {
  const { lines } = await (await fetch(`${origin}/api/projects/${membership.project.id}/log`, { headers })).json();
  return lines.map(({ act }) => act).filter((act) => act.startsWith("entry_"));
}
