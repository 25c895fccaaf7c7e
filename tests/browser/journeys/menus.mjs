// A platform's administrator arranges the sidebar of its dashboards: by buttons and by keys, hides an entry, looks at it as a role and puts it back.
import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

/** The names in the sidebar of a dashboard, from its top. */
async function sidebar(visitor) {
  await visitor.settle();
  const names = await visitor.page.getByRole('navigation').getByRole('link').allTextContents();
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

async function openMenu(visitor, site) {
  const { page } = visitor;
  await visitor.signIn(site.admin('/platforms'), people.admin);
  await page.getByRole('link', { name: 'Orion main' }).click();
  await page.getByRole('link', { name: 'Menu', exact: true }).click();
  await page.getByRole('heading', { name: 'Menu', level: 1 }).waitFor();
  await visitor.settle();
}

async function save(page) {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Menu saved').first().waitFor();
}

test('a platform orders the sidebar of its dashboards, hides an entry and puts everything back', async ({ visit, site }) => {
  const owner = await visit();
  await owner.signIn(site.dashboard(), people.owner);
  await owner.page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  const declared = await sidebar(owner);
  assert.ok(declared.indexOf('Orders') < declared.indexOf('Customers'), declared.join(', '));

  const admin = await visit();
  const { page } = admin;
  await openMenu(admin, site);
  await admin.look('sidebar');
  const entry = (name) => page.getByRole('listitem').filter({ has: page.getByRole('button', { name: `Move ${name} up`, exact: true }) });
  // What nobody may do without has no switch.
  await entry('Settings').getByText('Always shown').waitFor();
  await page.getByRole('switch', { name: 'Show Settings' }).waitFor({ state: 'detached' });

  // The keyboard stays with what it has moved; at the end it goes to the other arrow.
  const down = page.getByRole('button', { name: 'Move Orders down', exact: true });
  await down.focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Move Orders'));
  await page.getByRole('switch', { name: 'Show Products' }).click();
  await entry('Products').getByText('Hidden', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Move Sales up', exact: true }).click();

  const preview = page.getByRole('group', { name: 'Preview of the menu' });
  await preview.getByText('Customers', { exact: true }).waitFor();
  await preview.getByText('Products', { exact: true }).waitFor({ state: 'detached' });
  await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Fulfilment' });
  await preview.getByText('Customers', { exact: true }).waitFor({ state: 'detached' });
  await preview.getByText('Orders', { exact: true }).waitFor();
  await admin.look('sidebar-arranged');
  await save(page);

  try {
    await owner.page.reload();
    const arranged = await sidebar(owner);
    assert.ok(!arranged.includes('Products'), arranged.join(', '));
    assert.ok(arranged.indexOf('Customers') < arranged.indexOf('Orders'), arranged.join(', '));
    await owner.look('dashboard-arranged');
    // Hidden is hidden and nothing more.
    await owner.open(site.dashboard('/products'));
    await owner.page.getByRole('heading', { name: 'Products', level: 1 }).waitFor();
  } finally {
    await page.getByRole('button', { name: 'Put it back' }).click();
    const question = page.getByRole('dialog', { name: 'Put the menu back?' });
    await question.waitFor();
    await admin.look('sidebar-question');
    await question.getByRole('button', { name: 'Put it back' }).click();
    await page.getByText('The menu is as the modules declare it').waitFor();
  }
  await owner.page.reload();
  assert.deepEqual(await sidebar(owner), declared);
});

test('whoever saves a menu that somebody else has changed is told so', async ({ visit, site }) => {
  const [first, second] = [await visit(), await visit()];
  second.expect(/status of 412/);
  await openMenu(first, site);
  await openMenu(second, site);
  await first.page.getByRole('switch', { name: 'Show Categories' }).click();
  await save(first.page);
  try {
    await second.page.getByRole('switch', { name: 'Show Customers' }).click();
    await second.page.getByRole('button', { name: 'Save', exact: true }).click();
    await second.page.getByText('Not saved').waitFor();
    await second.look('sidebar-late');
  } finally {
    await first.page.getByRole('button', { name: 'Put it back' }).click();
    await first.page.getByRole('dialog', { name: 'Put the menu back?' }).getByRole('button', { name: 'Put it back' }).click();
    await first.page.getByText('The menu is as the modules declare it').waitFor();
  }
});
