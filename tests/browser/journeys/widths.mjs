// The dashboard between a phone and a desk: nothing is cut off, and what one came for is in sight.
import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

const WIDTHS = [1024, 900, 820, 768];
const PAGES = ['/dashboard', '/orders', '/customers', '/products', '/products/new', '/categories', '/imports', '/exports', '/inventory', '/webhooks', '/webhooks/new', '/api-keys', '/api-keys/new', '/programs', '/programs/new', '/domains', '/domains/new', '/team', '/audit', '/roles', '/roles/new', '/settings', '/settings?tab=shipping'];

/** What of the page nobody can get to: beyond the window's edge, or cut off by something that does not scroll. */
function outOfReach() {
  const complaints = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) complaints.push(`the page scrolls sideways: ${scrollWidth} px in ${clientWidth} px`);
  const cutsAt = (element) => {
    let edge = clientWidth;
    for (let box = element.parentElement; box; box = box.parentElement) {
      const { overflowX } = getComputedStyle(box);
      if (overflowX === 'auto' || overflowX === 'scroll') return Infinity;
      if (overflowX === 'hidden' || overflowX === 'clip') edge = Math.min(edge, box.getBoundingClientRect().right);
    }
    return edge;
  };
  for (const element of document.querySelectorAll('main :is(button, a, input, select, textarea, td, th, [role=textbox])')) {
    if (!element.checkVisibility() || element.closest('.ui-sr-only, .sr-only')) continue;
    const { right, width } = element.getBoundingClientRect();
    const said = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40);
    if (width > 0 && right > cutsAt(element) + 1) complaints.push(`${element.tagName} “${said}” is cut off at ${Math.round(right)} px`);
  }
  return complaints;
}

/** Whether all of an element is in the window without scrolling anything sideways. */
async function isInSight(locator) {
  return locator.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect();
    let edge = document.documentElement.clientWidth;
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (getComputedStyle(box).overflowX !== 'visible') edge = Math.min(edge, box.getBoundingClientRect().right);
    }
    return left >= 0 && right <= edge + 1;
  });
}

async function at(visitor, width) {
  await visitor.page.setViewportSize({ width, height: 900 });
  await visitor.settle();
}

test('on a tablet no page of the dashboard is cut off or scrolls sideways', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard(), people.owner);
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  const seen = [];
  const walk = async (path) => {
    for (const width of WIDTHS) {
      await at(visitor, width);
      seen.push(...(await page.evaluate(outOfReach)).map((complaint) => `${path} at ${width}: ${complaint}`));
    }
    await page.screenshot({ path: visitor.picture(`${path.replace(/\W+/g, '-').slice(1)}-768`), fullPage: true });
  };
  for (const path of PAGES) {
    await visitor.open(site.dashboard(path));
    await walk(path);
  }
  for (const [list, table, link] of [['/orders', 'Orders', /#\d+/], ['/products', 'Products', /Morning Mug/], ['/customers', 'Customers', /./]]) {
    await visitor.open(site.dashboard(list));
    await page.getByRole('table', { name: table }).getByRole('link', { name: link }).first().click();
    await page.waitForURL(new RegExp(`${list}/[0-9a-f]`));
    await walk(`${list}/one`);
  }
  assert.deepEqual(seen, []);
});

test('stock is adjusted and totals are read without scrolling sideways', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/inventory'), people.owner);
  await page.getByRole('table', { name: 'Stock' }).waitFor();
  for (const width of WIDTHS) {
    await at(visitor, width);
    assert.ok(await isInSight(page.getByRole('button', { name: /^Adjust/ }).first()), `Adjust at ${width}`);
  }
  await visitor.open(site.dashboard('/orders'));
  for (const width of WIDTHS) {
    await at(visitor, width);
    assert.ok(await isInSight(page.getByRole('columnheader', { name: 'Total' })), `Total at ${width}`);
  }
});

test('the sidebar is a rail on a tablet and unfolds above the page', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/orders'), people.owner);
  await page.getByRole('table', { name: 'Orders' }).waitFor();
  await at(visitor, 800);
  const rail = await page.locator('.ui-sidebar').evaluate((side) => side.getBoundingClientRect().width);
  assert.ok(rail < 80, `the sidebar takes ${rail} px`);
  await page.getByRole('complementary').getByRole('button', { name: 'Navigation' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Products', exact: true }).click();
  await page.getByRole('heading', { name: 'Products', level: 1 }).waitFor();
});
