import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';
import { cards, chooseCard, goToCheckout, payButton } from '../support/shopping.mjs';

const jobs = (page) => page.getByRole('table', { name: 'Jobs' });

test('a job is found by kind and store, called off and queued again', async ({ visit, site }) => {
  const customer = await visit();
  await goToCheckout(customer, site.acme('/products/petit-noir-espresso-cup'), 'jobs@example.test');
  await chooseCard(customer.page, cards.confirmed);
  await payButton(customer.page).click();
  await customer.page.getByRole('dialog', { name: 'Confirm your payment' }).waitFor();

  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.admin('/dashboard'), people.admin);
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Jobs', exact: true }).click();
  await page.getByRole('heading', { name: 'Jobs', level: 1 }).waitFor();
  await jobs(page).waitFor();
  await visitor.look('all');
  // While nobody answers, a look at the payment always waits for its minute.
  await page.getByRole('searchbox', { name: 'Kind of job' }).fill('orders.resolve_payment');
  await page.waitForURL(/kind=/);
  await page.getByRole('searchbox', { name: 'Store', exact: true }).fill('acme');
  await page.waitForURL(/store=acme/);
  await page.getByRole('tab', { name: 'Waiting' }).or(page.getByRole('button', { name: 'Waiting', exact: true })).click();
  await page.waitForURL(/status=queued/);
  await visitor.settle();
  const row = jobs(page).getByRole('row').nth(1);
  assert.match(await row.innerText(), /orders\.resolve_payment[^]*Waiting[^]*acme/);
  await row.getByRole('button', { name: 'Call off' }).click();
  const question = page.getByRole('dialog', { name: 'Call off “Ask how a payment ended”?' });
  await question.waitFor();
  await visitor.look('question');
  await question.getByRole('button', { name: 'Call off' }).click();
  await page.getByText('Called off: Ask how a payment ended').waitFor();

  await page.getByRole('tab', { name: 'Called off' }).or(page.getByRole('button', { name: 'Called off', exact: true })).click();
  await page.waitForURL(/status=cancelled/);
  await jobs(page).getByText(/called off by /).first().waitFor();
  await visitor.look('called-off');
  await jobs(page).getByRole('button', { name: 'Retry' }).first().click();
  await page.getByText('Queued: Ask how a payment ended').waitFor();
});

test('the tools page says when none are configured', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.admin('/tools'), people.admin);
  await page.getByRole('heading', { name: 'Tools', level: 1 }).waitFor();
  await visitor.settle();
  await visitor.look('tools');
  await page.getByText('No tools are configured').waitFor();
});
