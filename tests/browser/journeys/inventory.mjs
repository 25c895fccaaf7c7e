import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

test('stock is adjusted with a reason, and the ledger says so', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/inventory'), people.owner);
  await page.getByRole('table', { name: 'Stock' }).waitFor();
  await visitor.look('list');
  await page.getByRole('searchbox', { name: 'Search stock' }).fill('ACM-MUG-SO-25');
  await page.waitForURL(/q=/);
  await visitor.settle();
  const row = page.getByRole('row', { name: /Morning Mug/ });
  await row.getByRole('button', { name: 'Adjust' }).click();
  const dialog = page.getByRole('dialog', { name: 'Adjust Morning Mug' });
  await dialog.getByLabel('Units to add').fill('5');
  await dialog.getByLabel('Reason').selectOption('received');
  await dialog.getByLabel(/Note/).fill('From the Thursday firing');
  await visitor.look('adjust');
  await dialog.getByRole('button', { name: 'Adjust' }).click();
  await page.getByText('5 on hand now').first().waitFor();
  await row.getByRole('button', { name: /History/ }).click();
  await page.getByRole('dialog').getByText('From the Thursday firing').first().waitFor();
  await visitor.look('movements');

  const customer = await visit();
  await customer.open(site.acme('/products/morning-mug'));
  await customer.page.getByRole('radio', { name: 'Soot' }).check({ force: true });
  await customer.page.getByRole('radio', { name: '250 ml' }).check({ force: true });
  await customer.page.getByText('Only 5 left').waitFor();
});
