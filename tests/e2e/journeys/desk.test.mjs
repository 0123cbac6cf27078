// The second part of the app: for who guides, also without network; and nothing of it for who does not.
import { strict as assert } from "node:assert";
import { journey } from "../fixtures/journey.mjs";
import { serveRelease } from "../fixtures/release.mjs";
import { DEMO } from "../fixtures/server.mjs";

journey("a worker opens Begeleiden from Meer, goes back, and opens it again without network", async (world) => {
  const wies = await world.phone("Wies");
  const { page } = wies;
  await wies.join({ code: DEMO.workerCode, name: "Wies" });
  await wies.hasDesk();
  await wies.go("Meer");
  await page.getByRole("link", { name: "Begeleiden" }).click();
  await atDesk(wies);
  await page.goBack();
  await page.getByRole("heading", { name: "Meer", exact: true }).waitFor();
  await wies.offline();
  await wies.open("/begeleiden");
  await atDesk(wies);
  await page.getByText("Geen internet. Je kunt gewoon doorgaan.").waitFor();
  await wies.go("Start");
  await wies.isAtStart();
  await wies.online();
});

journey("a resident's phone keeps nothing of the second part, and says without network that it is not there", async (world) => {
  const anna = await world.phone("Anna");
  const { page } = anna;
  await anna.join({ name: "Anna" });
  await anna.isInstalled();
  await anna.go("Meer");
  await page.getByRole("button", { name: "English" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Begeleiden" }).count(), 0);
  await anna.open("/begeleiden");
  await page.getByRole("heading", { name: "Dit deel is voor begeleiders" }).waitFor();
  await world.audit();
  assert.ok(!(await kept(anna)).includes("/desk.html"));
  await anna.offline();
  await anna.open("/begeleiden");
  await page.getByRole("heading", { name: "Deze pagina is er niet" }).waitFor();
  await anna.online();
});

journey("a new version brings the second part along where it was kept, and both parts are of one version", async (world) => {
  const release = await serveRelease(world);
  const wies = await world.phone("Wies");
  const { page } = wies;
  await wies.join({ code: DEMO.workerCode, name: "Wies" });
  await wies.hasDesk();
  const next = release.next();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await wies.go("Meer");
  const renew = page.getByRole("button", { name: "Vernieuwen" });
  await renew.waitFor();
  await wies.offline();
  await wies.open("/begeleiden");
  await atDesk(wies);
  assert.equal(await versionOf(page), release.version);
  await wies.open("/meer");
  await Promise.all([page.waitForEvent("load"), renew.click()]);
  await wies.isReady();
  assert.equal(await versionOf(page), next);
  await wies.open("/begeleiden");
  await atDesk(wies);
  assert.equal(await versionOf(page), next);
  await wies.online();
});

journey("a coordinator sees who is in, finds the code and a sheet to print, invites, and reads in the log what was done", async (world) => {
  const cora = await world.phone("Cora");
  const { page } = cora;
  await cora.join({ code: await world.server.invite("coordinator"), name: "Cora" });
  await cora.open("/begeleiden");
  await page.getByText("Cora, coördinator").waitFor();
  await page.getByRole("link", { name: "Deelnemers" }).click();
  const me = page.getByRole("listitem").filter({ hasText: "Cora, coördinator" });
  await me.waitFor();
  assert.equal(await me.getByRole("button", { name: "Verwijder Cora" }).count(), 0);
  await page.getByRole("button", { name: "Verwijder Willem" }).waitFor();
  await world.audit();
  await page.goBack();
  await page.getByRole("link", { name: "Uitnodigen" }).click();
  await page.getByText(DEMO.code, { exact: true }).first().waitFor();
  await page.emulateMedia({ media: "print" });
  await page.getByRole("heading", { name: `Doe mee met ${DEMO.name}` }).waitFor();
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "Maak een uitnodiging" }).click();
  await page.getByText("De uitnodiging is klaar").waitFor();
  await world.audit();
  await page.goBack();
  await page.getByRole("link", { name: "Logboek" }).click();
  await page.getByText("Jij maakte een uitnodiging voor: begeleider.").waitFor();
});

async function atDesk(phone) {
  await phone.page.getByRole("heading", { name: "Begeleiden", exact: true }).waitFor();
  await phone.page.getByText(`${DEMO.name}, Arnhem`).waitFor();
  await phone.page.getByText("Wies, begeleider").waitFor();
}

/** Returns the paths of all files that the service worker holds. */
function kept(phone) {
  return phone.page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => new URL(url).pathname);
  });
}

function versionOf(page) {
  return page.locator("meta[name=version]").getAttribute("content");
}
