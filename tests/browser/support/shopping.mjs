// What customers do in every shop.
import assert from 'node:assert/strict';

export const cards = {
  approved: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  confirmed: '4000 0025 0000 3155',
};

export const cart = (page) => page.getByRole('dialog', { name: 'Your cart' });

export async function addToCart(page) {
  await page.locator('.shop-buy').getByRole('button', { name: 'Add to cart' }).click();
  await cart(page).getByRole('link', { name: 'Checkout' }).waitFor();
}

/** The folder of the picture in the middle of the gallery: what one sees, whatever the gallery takes for current. */
export async function shownPicture(page) {
  return page.locator('.shop-gallery__stage').evaluate((stage) => {
    const { left, top, width, height } = stage.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const seen = [...stage.querySelectorAll('img')].filter((image) => {
      const box = image.getBoundingClientRect();
      return box.left < x && x < box.right && box.top < y && y < box.bottom && image.checkVisibility({ visibilityProperty: true });
    });
    // Of several in one place the last lies on top.
    const shown = seen.at(-1);
    // Without the width, which follows the window.
    return shown ? new URL(shown.currentSrc).pathname.replace(/[^/]*$/, '') : 'none';
  });
}

/** The picture of the variants with an option's value, of the product whose page it is. */
export async function pictureOf(page, value) {
  const { variants } = await page.evaluate(async () => (await fetch(`/api/v1/storefront${window.location.pathname}`)).json());
  return variants.find((variant) => variant.option_values.includes(value) && variant.image_id).image_id;
}

/** From a product's page to the filled-in checkout. */
export async function goToCheckout(visitor, productUrl, email) {
  const { page } = visitor;
  await visitor.open(productUrl);
  await addToCart(page);
  await cart(page).getByRole('link', { name: 'Checkout' }).click();
  await page.waitForURL('**/checkout');
  await visitor.settle();
  await fillAddress(page, email);
}

export async function fillAddress(page, email) {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByLabel('Country').selectOption('LU');
  await page.getByRole('textbox', { name: 'Full name' }).fill('Gwen Guest');
  await page.getByRole('textbox', { name: 'Street and number' }).fill('4, rue du Test');
  await page.getByRole('textbox', { name: 'Postal code' }).fill('1234');
  await page.getByRole('textbox', { name: 'City' }).fill('Luxembourg');
}

export async function chooseTransfer(page) {
  await page.getByRole('radio', { name: /bank transfer/i }).check();
}

export async function chooseCard(page, number) {
  await page.getByRole('radio', { name: /card/i }).check();
  await page.getByRole('textbox', { name: 'Card number' }).fill(number);
  await page.getByRole('textbox', { name: /Expiry/ }).fill('12/30');
  await page.getByRole('textbox', { name: 'Security code' }).fill('123');
}

export const payButton = (page) => page.getByRole('button', { name: /^(Pay|Place order)/ });

/** Pays, and answers the number of the order that came of it. */
export async function pay(visitor) {
  const { page } = visitor;
  await payButton(page).click();
  return orderNumber(visitor);
}

export async function orderNumber(visitor) {
  const { page } = visitor;
  await page.getByRole('heading', { name: 'Thank you for your order' }).waitFor();
  const text = await page.getByText(/^Order #?\d+$/).first().textContent();
  const number = /\d+/.exec(text)?.[0];
  assert.ok(number, `no order number in ${text}`);
  return number;
}

export async function track(visitor, url, number, email) {
  const { page } = visitor;
  await visitor.open(url);
  await page.getByRole('textbox', { name: 'Order number' }).fill(number);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('button', { name: 'Find order' }).click();
  await page.getByRole('heading', { name: new RegExp(`Order #?${number}`) }).waitFor();
}
