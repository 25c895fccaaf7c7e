import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { chooseTransfer, goToCheckout, pay } from '../support/shopping.mjs';
import { people } from '../support/site.mjs';

const CUP = '/products/petit-noir-espresso-cup';

async function openSettings(visitor, site, part = '') {
  await visitor.signIn(site.dashboard(part ? `/settings?tab=${part}` : '/settings'), people.owner);
  await visitor.page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await visitor.settle();
}

async function save(page, said = 'Settings saved') {
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText(said).first().waitFor();
  await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'hidden' });
}

/** The ways of shipping that a guest is offered. */
async function offered(customer, site) {
  await goToCheckout(customer, site.acme(CUP), 'shipping@example.test');
  await customer.settle();
  return (await customer.page.getByRole('main').innerText());
}

async function rename(page, name) {
  await page.getByLabel('Name', { exact: true }).first().fill(name);
  await save(page);
}

test('a store gets another name and the shop shows it', async ({ visit, site }) => {
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
});

test('one is asked before leaving what is not saved', async ({ visit, site }) => {
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
});

test('a way of shipping is added, changed, switched off and removed', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await openSettings(visitor, site, 'shipping');
  await page.getByRole('button', { name: 'Add method' }).click();
  const adding = page.getByRole('dialog', { name: 'Add shipping' });
  await adding.getByLabel('Name').fill('Bicycle courier');
  await adding.getByRole('button', { name: 'Save' }).click();
  await adding.getByText('This is required.').waitFor();
  await visitor.look('shipping-dialog');
  await adding.getByLabel('Price').fill('12.50');
  await adding.getByRole('button', { name: 'Save' }).click();
  await adding.waitFor({ state: 'hidden' });
  await page.getByText('€12.50', { exact: true }).waitFor();
  await visitor.look('shipping');
  const customer = await visit();
  assert.match(await offered(customer, site), /Bicycle courier[^]*€12\.50/);

  await page.getByRole('button', { name: 'Edit Bicycle courier' }).click();
  const editing = page.getByRole('dialog', { name: 'Edit shipping' });
  await editing.getByLabel('Free from').fill('20');
  await editing.getByRole('switch', { name: 'Offered at the checkout' }).click();
  await editing.getByRole('button', { name: 'Save' }).click();
  await page.getByText('€12.50, free from €20.00').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Bicycle courier' }).getByText('Off', { exact: true }).waitFor();
  assert.doesNotMatch(await offered(await visit(), site), /Bicycle courier/);

  await page.getByRole('button', { name: 'Edit Bicycle courier' }).click();
  await editing.getByRole('button', { name: 'Remove' }).click();
  const question = page.getByRole('dialog', { name: 'Remove this way of shipping?' });
  await question.waitFor();
  await visitor.look('remove-shipping');
  await question.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Bicycle courier').waitFor({ state: 'detached' });
});

test('a website of their own is let in, and a wrong address is told where it stands', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  const told = async () => {
    const headers = { host: new URL(site.acme()).host, origin: 'https://www.example.com' };
    const answer = await page.request.get(site.on('127.0.0.1', '/api/v1/storefront/store'), { headers });
    return answer.headers()['access-control-allow-origin'];
  };
  visitor.expect(/status of 422/);
  await openSettings(visitor, site, 'websites');
  assert.equal(await told(), undefined);
  const websites = page.getByLabel('Websites');
  await websites.fill('https://www.example.com\nhttps://www.example.org/shop');
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('https://www.example.org/shop', { exact: false }).last().waitFor();
  assert.equal(await websites.getAttribute('aria-invalid'), 'true');
  await visitor.look('websites-refused');
  await websites.fill('https://www.example.com');
  await save(page);
  assert.equal(await told(), 'https://www.example.com');
  await visitor.look('websites');
  await websites.fill('');
  await save(page);
  assert.equal(await told(), undefined);
});

test('the look is changed, warns about what is hard to read, and is asked about when one leaves it', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await openSettings(visitor, site);
  await page.getByRole('link', { name: 'Look', exact: true }).click();
  await page.waitForURL('**/settings?tab=look');
  const accent = page.getByRole('textbox', { name: 'Accent colour', exact: true });
  const [own, corners] = [await accent.inputValue(), await page.getByLabel('Corners').inputValue()];
  await accent.fill('#e08a3c');
  await page.getByText('Not everybody can read this').waitFor();
  // What the preview shows is what the warning is about.
  visitor.expect(/look-warning at \d+: axe serious color-contrast/);
  await visitor.look('look-warning');
  await page.getByRole('link', { name: 'Payments' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await accent.fill('#7a3b12');
  await page.getByText('Not everybody can read this').waitFor({ state: 'hidden' });
  await page.getByLabel('Corners').fill('0');
  await save(page);
  const customer = await visit();
  await customer.open(site.acme());
  const style = await customer.page.evaluate(() => {
    const computed = getComputedStyle(document.documentElement);
    return [computed.getPropertyValue('--accent'), computed.getPropertyValue('--radius')];
  });
  assert.deepEqual(style, ['#7a3b12', '0px']);
  await accent.fill(own);
  await page.getByLabel('Corners').fill(corners);
  await save(page);
});

test('the time zone is chosen from those there are', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await openSettings(visitor, site);
  const zone = page.getByLabel('Time zone');
  assert.equal(await zone.inputValue(), 'Europe/Luxembourg');
  await zone.selectOption('America/New_York');
  await save(page);
  await page.reload();
  await visitor.settle();
  assert.equal(await page.getByLabel('Time zone').inputValue(), 'America/New_York');
  await page.getByLabel('Time zone').selectOption('Europe/Luxembourg');
  await save(page);
});

// The other side of the date line has tomorrow already.
test('the days of the dashboard are those of the store, wherever it is read', async ({ visit, site }) => {
  const day = () => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'Europe/Luxembourg' }).format();
  for (const timezoneId of ['Pacific/Auckland', 'Pacific/Honolulu']) {
    const visitor = await visit({ timezoneId });
    const before = day();
    await visitor.signIn(site.dashboard(), people.owner);
    await visitor.page.getByRole('heading', { name: 'Revenue, last 30 days' }).waitFor();
    await visitor.settle();
    const last = await visitor.page.locator('.ui-chart__labels span').last().innerText();
    assert.ok([before, day()].includes(last), `${last} is today, ${before}, in ${timezoneId}`);
  }
});

test('whoever pays by transfer reads the account that the merchant has set', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 422/);
  const { page } = visitor;
  await openSettings(visitor, site, 'payments');
  const number = page.getByLabel('IBAN or account number');
  const own = await number.inputValue();
  await number.fill('DE89 3704 0044 0532 0130 01');
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await bar.getByRole('button', { name: 'Save' }).click();
  await page.getByText('This is not an IBAN: a character is wrong or missing.').waitFor();
  await visitor.look('bank-error');
  await number.fill('de89370400440532013000');
  await save(page, 'Bank details saved');
  assert.equal(await number.inputValue(), 'DE89 3704 0044 0532 0130 00');

  const customer = await visit();
  await goToCheckout(customer, site.acme(CUP), 'transfer@example.test');
  await chooseTransfer(customer.page);
  const order = await pay(customer);
  const text = await customer.page.getByRole('main').innerText();
  for (const line of [/Amount\n€30\.90\n/, /IBAN\nDE89 3704 0044 0532 0130 00\n/, new RegExp(`Reference\n${order}(\n|$)`)]) assert.match(text, line);
  await customer.look('bank-details');

  await number.fill(own);
  await save(page, 'Bank details saved');
});
