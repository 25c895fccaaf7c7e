import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

test('the owner finds who changed a price, from what to what, and everything else that was done to the product', async ({ visit, site }) => {
  const manager = await visit();
  await manager.signIn(site.dashboard('/products'), people.manager);
  await manager.page.getByRole('link', { name: /Moon Vase/ }).first().click();
  await manager.page.getByRole('heading', { name: 'Moon Vase', level: 1 }).waitFor();
  await manager.page.getByLabel('Price', { exact: true }).first().fill('91.00');
  await manager.page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await manager.page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'hidden' });

  const owner = await visit();
  const { page } = owner;
  await owner.signIn(site.dashboard('/dashboard'), people.owner);
  await page.getByRole('link', { name: 'Audit log', exact: true }).click();
  await page.getByRole('heading', { name: 'Audit log', level: 1 }).waitFor();
  const log = page.getByRole('table', { name: 'Audit log' });
  await log.waitFor();
  await owner.look('list');
  await page.getByRole('searchbox', { name: 'Search actions' }).fill('product');
  await page.keyboard.press('Enter');
  await log.getByText('€128.00 → €91.00').first().waitFor();
  await log.getByRole('link', { name: 'Product updated' }).first().click();
  await page.getByRole('heading', { name: 'Product updated', level: 1 }).waitFor();
  await page.getByText(people.manager.email).waitFor();
  await owner.look('entry');
  await page.getByRole('link', { name: 'All of theirs' }).click();
  await page.getByText(`By: ${people.manager.email}`).waitFor();
  await log.waitFor();
  await owner.look('narrowed');
});
