import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';
import { addToCart } from '../support/shopping.mjs';

async function openModules(visitor, site) {
  await visitor.signIn(site.admin('/modules'), people.admin);
  await visitor.page.getByRole('heading', { name: 'Modules', level: 1 }).waitFor();
  await visitor.page.getByRole('tab', { name: 'Orion', exact: true }).or(visitor.page.getByRole('button', { name: 'Orion', exact: true })).click();
  await visitor.settle();
}

/** Switches a module and, where others hang on it, all of them. */
async function turn(visitor, name, wanted) {
  const { page } = visitor;
  const answered = () => page.waitForResponse((answer) => /\/modules\/\w+\/(en|dis)able$/.test(answer.url()));
  const [answer] = await Promise.all([answered(), page.getByRole('switch', { name: `${name} on` }).click()]);
  if (answer.status() === 409) {
    const question = page.getByRole('dialog', { name: /Switch (off what depends on it|on what it requires)\?/ });
    await question.waitFor();
    await visitor.look(`question-${wanted ? 'on' : 'off'}`);
    await Promise.all([answered(), question.getByRole('button', { name: /^Switch (on|off) (both|all \d+)$/ }).click()]);
  }
  await page.getByRole('switch', { name: `${name} on`, checked: wanted }).waitFor();
}

test('orders are switched off and the cart is gone from an open shop, without a restart', async ({ visit, site }) => {
  const customer = await visit();
  await customer.open(site.acme('/products/petit-noir-espresso-cup'));
  await addToCart(customer.page);

  const visitor = await visit();
  await openModules(visitor, site);
  await visitor.look('modules');
  await turn(visitor, 'Orders', false);
  await visitor.look('orders-off');
  try {
    await customer.page.reload();
    await customer.settle();
    await customer.page.getByRole('heading', { name: 'Petit Noir Espresso Cup', level: 1 }).waitFor();
    await customer.page.getByRole('banner').getByRole('button', { name: /^Cart/ }).waitFor({ state: 'detached' });
    await customer.page.getByRole('button', { name: 'Add to cart' }).waitFor({ state: 'detached' });
    await customer.look('catalogue-only');

    const owner = await visit();
    await owner.signIn(site.dashboard(), people.owner);
    await owner.page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
    await owner.settle();
    await owner.page.getByRole('link', { name: 'Orders' }).waitFor({ state: 'detached' });
    await owner.look('dashboard-without-orders');
  } finally {
    await turn(visitor, 'Orders', true);
  }
  await customer.page.reload();
  await customer.settle();
  await customer.page.getByRole('banner').getByRole('button', { name: /^Cart, 1/ }).waitFor();
});

test('what hangs on a module is named before it is switched off with it', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  visitor.expect(/status of 409/);
  await openModules(visitor, site);
  // It is told before the click, and asked after it.
  await page.locator('[data-module=payments]').getByText('Switching it off takes along: Orders').waitFor();
  try {
    await turn(visitor, 'Payments', false);
    await page.locator('[data-module=orders]').getByText('Switching it on takes along: Payments').waitFor();
    await page.getByRole('switch', { name: 'Orders on', checked: false }).waitFor();
  } finally {
    await turn(visitor, 'Orders', true);
  }
  await page.getByRole('switch', { name: 'Payments on', checked: true }).waitFor();
});
