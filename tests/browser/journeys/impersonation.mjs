// Somebody who runs the platform in the dashboard of a store, and what its owner sees of it.
import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { linkIn, mail } from '../support/mailbox.mjs';
import { people } from '../support/site.mjs';

const WHY = 'The owner asked why the price of a vase is wrong in the shop';

/** The page of acme in the administration. */
async function store(admin, site) {
  await admin.signIn(site.admin('/stores'), people.admin);
  await admin.page.getByRole('table', { name: 'Stores' }).getByRole('link', { name: 'Atelier Acme' }).first().click();
  await admin.page.getByRole('heading', { name: 'Atelier Acme', level: 1 }).waitFor();
}

/** Begins an impersonation and follows its link into another tab. */
async function enter(admin, { mayChange }) {
  const { page } = admin;
  await page.getByRole('button', { name: 'Impersonate' }).click();
  const asked = page.getByRole('dialog', { name: 'Impersonate in Atelier Acme' });
  await asked.getByRole('textbox', { name: 'Reason' }).fill(WHY);
  if (mayChange) await asked.getByRole('checkbox', { name: /^Change things/ }).check();
  await asked.getByRole('button', { name: 'Begin' }).click();
  const link = asked.getByRole('link', { name: 'Enter the dashboard' });
  await link.waitFor();
  const [tab] = await Promise.all([admin.context.waitForEvent('page'), link.click()]);
  await tab.getByRole('status', { name: 'Impersonation' }).waitFor();
  return tab;
}

/** The administrator's other tab as somebody who looks at pages. */
async function inTab(admin, tab, work) {
  const { page } = admin;
  admin.page = tab;
  try {
    await work(tab);
  } finally {
    admin.page = page;
  }
}

test('an administrator enters a store with a reason, changes something, and the owner sees and ends it', async ({ visit, site }) => {
  const admin = await visit();
  await store(admin, site);
  await admin.page.getByRole('button', { name: 'Impersonate' }).click();
  const asked = admin.page.getByRole('dialog', { name: 'Impersonate in Atelier Acme' });
  admin.expect(/status of 422/);
  await asked.getByRole('button', { name: 'Begin' }).click();
  await asked.getByText(/is required/).first().waitFor();
  await admin.look('refused');
  await asked.getByRole('button', { name: 'Cancel' }).click();
  const tab = await enter(admin, { mayChange: true });

  await inTab(admin, tab, async () => {
    const banner = tab.getByRole('status', { name: 'Impersonation' });
    await banner.getByText(WHY).waitFor();
    await admin.look('banner');
    // What is the store's own people's is not even in the menu.
    for (const [name, count] of [['Products', 1], ['Orders', 1], ['Team', 0], ['API keys', 0]]) {
      const links = tab.getByRole('navigation').getByRole('link', { name, exact: true });
      assert.equal(await links.count() > 0, count > 0, name);
    }
    await tab.getByRole('link', { name: 'Products', exact: true }).first().click();
    await tab.getByRole('link', { name: /Moon Vase/ }).first().click();
    await tab.getByRole('heading', { name: 'Moon Vase', level: 1 }).waitFor();
    await banner.waitFor();
    await tab.getByLabel('Price', { exact: true }).first().fill('77.00');
    await tab.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
    await tab.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'hidden' });
    await admin.open(site.dashboard('/team'));
    await tab.getByText('This page is closed to you').waitFor();
    await banner.waitFor();
    await admin.look('closed');
  });

  const owner = await visit();
  const { page } = owner;
  await owner.signIn(site.dashboard('/audit'), people.owner);
  const log = page.getByRole('table', { name: 'Audit log' });
  await log.getByText(`impersonating: ${WHY}`).first().waitFor();
  await log.getByText(people.admin.email).first().waitFor();
  await owner.look('audit');
  await log.getByRole('link', { name: 'Product updated' }).first().click();
  await page.getByRole('heading', { name: 'Product updated', level: 1 }).waitFor();
  await page.getByText(WHY).waitFor();
  await owner.open(linkIn(await mail(site, people.owner.email, /is in the dashboard/)));
  const row = page.getByRole('listitem').filter({ hasText: WHY });
  await row.getByText('In the dashboard now').waitFor();
  await owner.look('team');
  await row.getByRole('button', { name: /^End/ }).click();
  await row.getByText(/ended by/).waitFor();

  // The next thing that the administrator asks for is refused, and there is nobody to prolong the session.
  admin.expect(/status of 401/);
  await inTab(admin, tab, async () => {
    await tab.getByRole('link', { name: 'Orders', exact: true }).first().click();
    await tab.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  });
  await admin.open(site.admin('/audit?action=product.updated'));
  await admin.page.getByText(`impersonating: ${WHY}`).first().waitFor();
});

test('who enters to look changes nothing, and leaves by the keyboard', async ({ visit, site }) => {
  const admin = await visit();
  await store(admin, site);
  const tab = await enter(admin, { mayChange: false });
  await inTab(admin, tab, async () => {
    const banner = tab.getByRole('status', { name: 'Impersonation' });
    await banner.getByText('You may look and change nothing.').waitFor();
    await admin.open(site.dashboard('/products'));
    await tab.getByRole('table', { name: 'Products' }).waitFor();
    assert.equal(await tab.getByRole('link', { name: 'Add product' }).count(), 0);
    const leave = banner.getByRole('button', { name: 'Leave' });
    await leave.focus();
    admin.expect(/status of 401/);
    await tab.keyboard.press('Enter');
    await tab.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  });
});
