import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { addToCart, cart, cards, chooseCard, fillAddress, goToCheckout, orderNumber, payButton } from '../support/shopping.mjs';

const CUP = '/products/petit-noir-espresso-cup';
const VASE = '/products/moon-vase';
const SILENT = '4000 0000 0000 0119';
const SILENT_DECLINED = '4000 0000 0000 0127';
/** The server asks the provider again a quarter of a minute later. */
const ANSWER_MS = 90_000;

const waiting = (page) => page.getByRole('heading', { name: 'Waiting for your payment' });

async function payInSilence(visitor, url, email, card) {
  const { page } = visitor;
  await goToCheckout(visitor, url, email);
  await chooseCard(page, card);
  await payButton(page).click();
  await waiting(page).waitFor({ timeout: 60_000 });
  assert.equal(await page.getByText('Thank you').count(), 0, 'nobody is thanked before anything is ordered');
  assert.equal(await page.getByText('We have sent').count(), 0, 'no mail is promised');
}

test('a card that does not answer in time is waited for, and turns to paid', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await payInSilence(visitor, site.acme(CUP), 'silent@example.test', SILENT);
  const address = page.url();
  await visitor.look('waiting');
  // Another cart meanwhile: the checkout says that a payment is open.
  await visitor.open(site.acme(VASE));
  await addToCart(page);
  await cart(page).getByRole('link', { name: 'Checkout' }).click();
  await page.waitForURL('**/checkout');
  await page.getByText(/^A payment of .* is still open$/).waitFor();
  await visitor.look('still-open');
  await page.getByRole('link', { name: 'See the order' }).click();
  await page.waitForURL(address);
  await page.getByRole('heading', { name: 'Thank you for your order' }).waitFor({ timeout: ANSWER_MS });
  await orderNumber(visitor);
  await page.locator('.ui-badge').getByText('Paid', { exact: true }).waitFor();
  await visitor.look('paid-late');
});

test('a card that is declined after a silence says so and gives the cart back', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await payInSilence(visitor, site.acme(CUP), 'silent-declined@example.test', SILENT_DECLINED);
  await page.getByRole('heading', { name: 'Payment failed', level: 1 }).waitFor({ timeout: ANSWER_MS });
  await visitor.look('not-paid');
  await page.getByRole('link', { name: 'Back to cart' }).click();
  await page.getByRole('main').getByText('Petit Noir Espresso Cup').waitFor();
});

test('a question of the bank comes back after a reload', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  const question = page.getByRole('dialog', { name: 'Confirm your payment' });
  await goToCheckout(visitor, site.acme(CUP), 'reload@example.test');
  await chooseCard(page, cards.confirmed);
  await payButton(page).click();
  await question.waitFor();
  await visitor.open(site.acme('/cart'));
  await page.getByRole('link', { name: 'Continue the payment' }).click();
  await question.waitFor();
  await visitor.look('asked-again');
  await question.getByRole('button', { name: 'Yes, pay' }).click();
  await orderNumber(visitor);
});

test('who declines what the bank asks finds the form with the cart, and the focus at what happened', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 402/);
  const { page } = visitor;
  const question = page.getByRole('dialog', { name: 'Confirm your payment' });
  await goToCheckout(visitor, site.acme(CUP), 'no@example.test');
  await chooseCard(page, cards.confirmed);
  await payButton(page).click();
  await question.getByRole('button', { name: 'No, go back' }).click();
  await page.getByText(/The payment was declined/).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'checkout-problem');
  await page.getByRole('complementary').getByText('Petit Noir Espresso Cup').waitFor();
});

test('errors go as they are met', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 422/);
  const { page } = visitor;
  await visitor.open(site.acme(CUP));
  await addToCart(page);
  await visitor.open(site.acme('/checkout'));
  await payButton(page).click();
  const wrong = page.locator('.ui-field--invalid');
  await wrong.first().waitFor();
  await page.getByText('Please check these fields').waitFor();
  await fillAddress(page, 'met@example.test');
  assert.equal(await wrong.count(), 0, 'no field is red that was filled in');
  await page.getByText('Please check these fields').waitFor({ state: 'hidden' });
});

test('a line that cannot be ordered is named at the checkout, with a way on', async ({ visit, site }) => {
  const [visitor, other] = [await visit(), await visit()];
  const { page } = visitor;
  await visitor.open(site.acme(CUP));
  await addToCart(page);
  await visitor.open(site.acme(VASE));
  await addToCart(page);
  await visitor.open(site.acme('/checkout'));
  await fillAddress(page, 'dead@example.test');
  await other.signIn(site.dashboard('/login'), { email: 'owner@acme.test', password: 'Orion-demo-2026!' });
  await other.page.waitForURL('**/dashboard');
  const shelve = async (action) => {
    const token = await other.page.evaluate(async () => {
      const answer = await fetch('/api/v1/store/auth/refresh', { method: 'POST' });
      return (await answer.json()).access_token;
    });
    await other.page.evaluate(async ([token, action]) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const { data } = await (await fetch('/api/v1/store/products?q=Moon', { headers })).json();
      const answer = await fetch(`/api/v1/store/products/${data[0].id}/${action}`, { method: 'POST', headers, body: '{}' });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    }, [token, action]);
  };
  await shelve('archive');
  try {
    await page.reload();
    await page.getByText(/no longer available in that quantity/).waitFor();
    await page.getByText(/Moon Vase.*No longer sold/).waitFor();
    assert.match(await payButton(page).innerText(), /^(Pay|Place order)$/, 'a button without a price names none');
    await visitor.look('blocked');
    await page.getByRole('main').getByRole('button', { name: /Remove/ }).first().click();
    await page.getByText(/no longer available in that quantity/).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /^(Pay|Place order).*€/ }).waitFor();
  } finally {
    await shelve('unarchive');
    await shelve('publish').catch(() => {});
  }
  visitor.expect(/status of 409/);
});
