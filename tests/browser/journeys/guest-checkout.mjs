import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { addToCart, cards, cart, chooseCard, chooseTransfer, fillAddress, goToCheckout, orderNumber, pay, payButton, pictureOf, shownPicture, track } from '../support/shopping.mjs';

const CUP = '/products/petit-noir-espresso-cup';

/** How far the order has come, in one word. */
const badge = (page, word) => page.locator('.ui-badge').getByText(word, { exact: true });

test('a guest finds a mug, buys it with a bank transfer and tracks the order', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.acme());
  await visitor.look('home');
  await page.getByRole('navigation', { name: 'Categories' }).getByRole('link', { name: 'Cups & Mugs' }).click();
  await page.getByRole('heading', { name: 'Cups & Mugs', level: 1 }).waitFor();
  await visitor.look('category');
  await page.getByRole('main').getByRole('link', { name: /Morning Mug/ }).click();
  await page.getByRole('heading', { name: 'Morning Mug', level: 1 }).waitFor();
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const glaze of ['Sea', 'Ochre']) {
      await page.getByRole('radio', { name: glaze }).check({ force: true });
      const wanted = await pictureOf(page, glaze);
      await page.locator(`.shop-gallery__slide:not([inert]) img[src*="${wanted}"]`).waitFor();
      await visitor.settle();
      assert.ok((await shownPicture(page)).includes(wanted), `${glaze} at ${width} shows ${await shownPicture(page)}`);
    }
  }
  await page.getByRole('radio', { name: '350 ml' }).check({ force: true });
  await page.getByText('€32.00').first().waitFor();
  await visitor.look('product');
  await addToCart(page);
  await cart(page).getByText('Ochre / 350 ml').waitFor();
  await visitor.look('drawer');
  await cart(page).getByRole('link', { name: 'View cart' }).click();
  await page.getByRole('heading', { name: 'Your cart', level: 1 }).waitFor();
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Increase quantity' }).click();
  await main.getByText('€64.00').first().waitFor();
  await visitor.look('cart');
  await main.getByRole('link', { name: 'Checkout' }).click();
  await page.getByRole('heading', { name: 'Checkout', level: 1 }).waitFor();
  await fillAddress(page, 'gwen@example.test');
  await chooseTransfer(page);
  await visitor.look('checkout-transfer');
  const number = await pay(visitor);
  await visitor.look('confirmation-transfer');
  assert.ok(await page.getByText('How to pay').isVisible(), 'the confirmation says how to pay');
  await page.getByText('IBAN', { exact: true }).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Copy' }).count() >= 2, 'account and reference can be copied');
  assert.equal(await page.locator('[aria-current=step]').innerText(), 'Paid', 'the payment is what comes next');
  assert.match(await page.locator('address').innerText(), /\nL-1234 Luxembourg\nLuxembourg$/, 'the country is a name');
  await track(visitor, site.acme('/track'), number, 'gwen@example.test');
  await page.getByText('Awaiting payment').waitFor();
  await visitor.look('tracked');
});

test('a search with suggestions, facets and sorting leads to products', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.acme('/products'));
  await visitor.look('all-products');
  await page.getByRole('combobox', { name: 'Search the shop' }).fill('vase');
  await page.getByRole('option', { name: /Moon Vase/ }).waitFor();
  await visitor.look('suggestions');
  await page.getByRole('combobox', { name: 'Search the shop' }).press('Enter');
  await page.getByRole('heading', { name: /Results for .vase./ }).waitFor();
  await visitor.look('search');
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption({ label: 'Price: low to high' });
  await page.waitForURL(/sort=/);
  await visitor.settle();
  await visitor.open(site.acme('/search?q=zzzzzz'));
  await page.getByText('No results for').first().waitFor();
  await visitor.look('search-empty');
});

test('an approved card pays at once', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await goToCheckout(visitor, site.acme(CUP), 'card@example.test');
  await chooseCard(page, cards.approved);
  await visitor.look('checkout-card');
  await pay(visitor);
  await badge(page, 'Paid').waitFor();
  await visitor.look('confirmation-card');
});

test('a field that is missing is named at the field', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 422/);
  const { page } = visitor;
  await goToCheckout(visitor, site.acme(CUP), 'not-an-address');
  await page.getByRole('textbox', { name: 'City' }).fill('');
  await chooseTransfer(page);
  await payButton(page).click();
  await page.getByText('Please enter an e-mail address.').waitFor();
  await page.getByText('Please fill this in.').first().waitFor();
  await visitor.look('checkout-errors');
  await page.getByRole('alert').getByRole('link', { name: 'City' }).click();
  assert.ok(await page.getByRole('textbox', { name: 'City' }).evaluate((field) => field === document.activeElement), 'the summary leads to the field');
});

test('a declined card keeps the cart and says so', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 402/);
  const { page } = visitor;
  await goToCheckout(visitor, site.acme(CUP), 'declined@example.test');
  await chooseCard(page, cards.declined);
  await payButton(page).click();
  await page.getByText(/The payment was declined/).waitFor();
  await page.getByText('The card was declined. Try another one.').waitFor();
  assert.equal(await page.getByText('was declined', { exact: true }).count(), 0, 'no half sentence of the server is shown');
  await visitor.look('checkout-declined');
  await visitor.open(site.acme('/cart'));
  await page.getByRole('main').getByText('Petit Noir Espresso Cup').waitFor();
  await visitor.open(site.acme('/checkout'));
  await fillAddress(page, 'declined@example.test');
  await chooseCard(page, cards.approved);
  await pay(visitor);
});

test('a card that needs confirmation asks, and pays after the yes', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await goToCheckout(visitor, site.acme(CUP), 'confirm@example.test');
  await chooseCard(page, cards.confirmed);
  await payButton(page).click();
  const question = page.getByRole('dialog', { name: 'Confirm your payment' });
  await question.waitFor();
  await visitor.look('confirm-payment');
  await question.getByRole('button', { name: 'Yes, pay' }).click();
  await orderNumber(visitor);
  await badge(page, 'Paid').waitFor();
});

test('the checkout is fetched ahead, and going back finds shop and cart as they were', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  const ahead = page.locator('link[rel=prefetch], link[rel=modulepreload]').and(page.locator('[href*=checkout]'));
  await visitor.open(site.acme(CUP));
  assert.equal(await ahead.count(), 0, 'who only looks around fetches nothing ahead');
  await addToCart(page);
  await ahead.first().waitFor({ state: 'attached' });
  const files = await ahead.evaluateAll((links) => links.map((link) => link.href));
  const asked = [];
  page.on('response', (answer) => { asked.push(answer.url()); });
  await cart(page).getByRole('link', { name: 'Checkout' }).click();
  await page.waitForURL('**/checkout');
  await visitor.settle();
  const missed = files.filter((file) => !asked.includes(file));
  assert.deepEqual(missed, [], 'what was fetched ahead is what the checkout consists of');
  await page.getByText('Secure checkout').waitFor();
  assert.equal(await page.getByRole('search').count(), 0, 'nothing leads away from the checkout');
  await page.goBack();
  await page.getByRole('heading', { name: 'Petit Noir Espresso Cup', level: 1 }).waitFor();
  await visitor.settle();
  await cart(page).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Cart, 1 item' }).click();
  await cart(page).getByText('Petit Noir Espresso Cup').waitFor();
  await page.goForward();
  await page.getByRole('link', { name: 'Back to cart' }).click();
  await page.getByRole('heading', { name: 'Your cart', level: 1 }).waitFor();
  await page.getByRole('main').getByText('Petit Noir Espresso Cup').waitFor();
});

test('pressing pay twice makes one order', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  const answers = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('/checkouts') && answer.request().method() === 'POST') answers.push(answer.json());
  });
  await goToCheckout(visitor, site.acme(CUP), 'twice@example.test');
  await chooseCard(page, cards.approved);
  await payButton(page).evaluate((button) => { button.click(); button.click(); button.form.requestSubmit(); });
  await orderNumber(visitor);
  const orders = new Set((await Promise.all(answers)).map(({ order_id: id }) => id));
  assert.equal(orders.size, 1, `orders: ${[...orders].join(', ')}`);
});
