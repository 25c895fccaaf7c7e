// Platforms in the administration: made, moved and switched off and on, and what a shop on them answers meanwhile.
import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

const FRESH = 'Tramway-quince-4417';

test('a platform is made and a store on it answers at once; it is switched off and on', async ({ visit, site }) => {
  const admin = await visit();
  admin.expect(/status of (409|422)/);
  const { page } = admin;
  await admin.signIn(site.admin('/platforms/new'), people.admin);
  await page.getByRole('heading', { name: 'New platform', level: 1 }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Lantern shops');
  await page.keyboard.press('Tab');
  await page.getByRole('textbox', { name: 'Domain' }).fill('deep.orion.localhost');
  await page.getByRole('button', { name: 'Create platform' }).click();
  await page.getByText(/collides with the platform at/i).waitFor();
  await admin.look('platform-refused');
  await page.getByRole('textbox', { name: 'Domain' }).fill('lanterns.localhost');
  await page.getByRole('button', { name: 'Create platform' }).click();
  await page.getByRole('heading', { name: 'Lantern shops', level: 1 }).waitFor();
  await admin.look('platform');
  const platform = page.url();

  await admin.open(site.admin('/stores/new'));
  await page.getByLabel('Platform', { exact: true }).selectOption({ label: 'Lantern shops' });
  await page.getByLabel('Name', { exact: true }).first().fill('Lantern House');
  await page.keyboard.press('Tab');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('owner@lantern.test');
  await page.getByRole('textbox', { name: 'Name' }).last().fill('Lena Lantern');
  await page.getByLabel(/^Password/).fill(FRESH);
  await page.getByRole('button', { name: 'Create store' }).click();
  await page.getByRole('heading', { name: 'Lantern House', level: 1 }).waitFor();
  const shop = site.on('lantern-house.lanterns.localhost');
  const visitor = await visit();
  visitor.expect(/status of (404|503)/);
  assert.equal((await visitor.open(shop)).status(), 503);
  await visitor.page.getByRole('heading', { name: 'Opening soon' }).waitFor();

  await admin.open(platform);
  await page.getByRole('button', { name: 'Switch platform off' }).click();
  const question = page.getByRole('dialog', { name: 'Switch Lantern shops off?' });
  await question.getByLabel('Reason').fill('Not yet');
  await admin.look('platform-switch-off');
  await question.getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('This platform is switched off').waitFor();
  await admin.look('platform-off');
  assert.equal((await visitor.page.goto(shop)).status(), 404);
  await page.getByRole('button', { name: 'Switch platform on' }).click();
  await page.getByRole('button', { name: 'Switch platform off' }).waitFor();
  assert.equal((await visitor.page.goto(shop)).status(), 503);

  await page.getByRole('textbox', { name: 'Domain' }).fill('lamps.localhost');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const move = page.getByRole('dialog', { name: 'Move the platform to another domain?' });
  await move.getByText(/1 store and the administration answer below lamps.localhost/).waitFor();
  await admin.look('platform-move');
  await move.getByRole('button', { name: 'Move it' }).click();
  await page.getByText('Platform saved').waitFor();
  assert.equal((await visitor.page.goto(site.on('lantern-house.lamps.localhost'))).status(), 503);
  await admin.open(site.admin('/platforms'));
  await page.getByRole('table', { name: 'Platforms' }).waitFor();
  await admin.look('platforms');
  // The one by which they have come cannot go.
  await page.getByRole('link', { name: 'Orion main' }).click();
  await page.getByRole('button', { name: 'Switch platform off' }).click();
  const own = page.getByRole('dialog', { name: 'Switch Orion off?' });
  await own.getByLabel('Reason').fill('By mistake');
  await own.getByRole('button', { name: 'Switch off' }).click();
  await own.getByText(/You have come by its domain/).waitFor();
  await admin.look('platform-stays');
});
