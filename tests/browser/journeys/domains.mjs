import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

const MANAGER = { ...people.owner, email: 'manager@acme.test' };
const HOST = 'shop.globex.test';
const LIMIT_MS = 20_000;

/** Asks until the page says so: name servers are asked at most every three seconds. */
async function checkUntil(page, words) {
  const limit = Date.now() + LIMIT_MS;
  const said = page.getByText(words).first();
  while (!(await said.isVisible())) {
    assert.ok(Date.now() < limit, `the page never says ${words}`);
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/check'));
    await page.getByRole('button', { name: 'Check now' }).click();
    await answered;
  }
}

/** The value of a record as the page tells it. */
async function told(page, pattern) {
  const text = page.getByText(pattern).first();
  await text.waitFor();
  return (await text.textContent()).trim();
}

test('a domain is added, proved, leads to the shop, and goes again', async ({ visit, site }) => {
  test.skip(!site.names, 'the server that runs asks other name servers');
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.globex('/store/domains'), people.globexOwner);
  await page.getByText('No domain of your own yet').waitFor();
  await visitor.look('empty');
  await page.getByRole('link', { name: 'Add domain' }).click();
  const field = page.getByRole('textbox', { name: 'Domain' });
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  for (const [typed, refusal] of [['github.io', 'is where others register their domains'], ['10.0.0.1', 'is an address and no name']]) {
    visitor.expect(/status of 422 .*\/domains/);
    await field.fill(typed);
    await bar.getByRole('button', { name: 'Add domain' }).click();
    await page.getByText(refusal).waitFor();
  }
  await visitor.look('refused');
  await field.fill(`https://${HOST}/products`);
  await bar.getByRole('button', { name: 'Add domain' }).click();
  await page.getByRole('heading', { name: HOST, level: 1 }).waitFor();
  await checkUntil(page, 'The proof is not there yet');
  await visitor.look('pending');

  assert.equal((await page.request.get(site.on('127.0.0.1', '/internal/tls-ask?domain=shop.globex.test'))).status(), 404);
  site.names.text(`_orion-challenge.${HOST}`, await told(page, /^orion-verification=/));
  site.names.alias(HOST, await told(page, /^globex\.orion\.localhost$/));
  await checkUntil(page, 'The proof is there, and the domain leads here');
  await page.getByText('Yes: customers are sent here').waitFor();
  await visitor.look('active');

  const shopper = await visit();
  await shopper.open(site.on(HOST, '/'));
  await shopper.page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(new URL(shopper.page.url()).hostname, HOST);
  const canonical = await shopper.page.locator('link[rel=canonical]').getAttribute('href');
  assert.equal(new URL(canonical).hostname, HOST);

  await visitor.open(site.globex('/store/domains'));
  await page.getByRole('table', { name: 'Domains' }).getByRole('link', { name: HOST }).waitFor();
  await visitor.look('list');
  await page.getByRole('switch', { name: 'Send customers on to the primary domain' }).click();
  await page.getByText('Saved').waitFor();
  await shopper.open(site.globex('/products?x=1'));
  assert.equal(shopper.page.url(), site.on(HOST, '/products?x=1'));
  await page.getByRole('switch', { name: 'Send customers on to the primary domain' }).click();

  await page.getByRole('table', { name: 'Domains' }).getByRole('link', { name: HOST }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  const question = page.getByRole('dialog', { name: 'Remove this domain?' });
  await question.waitFor();
  await visitor.look('remove');
  await question.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No domain of your own yet').waitFor();
  shopper.expect(/status of 404/);
  const gone = await shopper.open(site.on(HOST, '/products'));
  assert.equal(gone.status(), 404);
});

test('who has a domain is told to whom adds it, and who may only look adds none', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.globex('/store/domains/new'), people.globexOwner);
  visitor.expect(/status of 409 .*\/domains/);
  await page.getByRole('textbox', { name: 'Domain' }).fill('shop.acme.test');
  const add = page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Add domain' });
  await add.click();
  await page.getByText('belongs to another store').waitFor();
  await visitor.look('taken');
  await page.getByRole('checkbox', { name: /^It is mine/ }).check();
  await add.click();
  await page.getByRole('heading', { name: 'shop.acme.test', level: 1 }).waitFor();
  await page.getByText('Not proved yet').waitFor();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog', { name: 'Remove this domain?' }).getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No domain of your own yet').waitFor();

  const manager = await visit();
  await manager.signIn(site.dashboard('/domains'), MANAGER);
  await manager.page.getByRole('table', { name: 'Domains' }).getByRole('link', { name: 'shop.acme.test' }).waitFor();
  assert.equal(await manager.page.getByRole('link', { name: 'Add domain' }).count(), 0);
  await manager.open(site.dashboard('/domains/new'));
  await manager.page.getByText('domains.write').waitFor();
});
