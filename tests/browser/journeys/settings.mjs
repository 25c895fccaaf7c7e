import { people } from '../support/site.mjs';

async function rename(page, name) {
  await page.getByLabel('Name', { exact: true }).first().fill(name);
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Settings saved').first().waitFor();
  await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'hidden' });
}

export const journeys = {
  'a store gets another name and the shop shows it': async ({ visit, site }) => {
    const visitor = await visit();
    const { page } = visitor;
    await visitor.signIn(site.dashboard('/settings'), people.owner);
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await visitor.look('settings');
    await rename(page, 'Acme & Daughters');
    const customer = await visit();
    await customer.open(site.acme());
    await customer.page.getByRole('contentinfo').getByText('Acme & Daughters').waitFor();
    await rename(page, 'Atelier Acme');
    await customer.open(site.acme());
    await customer.page.getByRole('contentinfo').getByText('Atelier Acme').waitFor();
  },

  'one is asked before leaving what is not saved': async ({ visit, site }) => {
    const visitor = await visit();
    const { page } = visitor;
    await visitor.signIn(site.dashboard('/settings'), people.owner);
    await page.getByLabel('Tagline').fill('Something else');
    await page.getByRole('link', { name: 'Orders' }).first().click();
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await question.waitFor();
    await visitor.look('leave');
    await question.getByRole('button', { name: 'Leave page' }).click();
    await page.waitForURL('**/store/orders');
  },
};
