// What is wrong with a page, beyond what the browser itself complains about.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const GRAVE = ['serious', 'critical'];

/** Sentences, one for each complaint. */
export async function complaintsAbout(page) {
  await loadLazyPictures(page);
  return [...await accessibility(page), ...await layout(page)];
}

async function accessibility(page) {
  // Through the debugger, which the page's own policy does not bind.
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)) }));
  });
  return violations
    .filter(({ impact }) => GRAVE.includes(impact))
    .map(({ id, impact, help, nodes }) => `axe ${impact} ${id}: ${help}: ${nodes.join(' | ')}`);
}

async function layout(page) {
  return page.evaluate(() => {
    const complaints = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) complaints.push(`scrolls sideways: ${scrollWidth} px in ${clientWidth} px`);
    for (const image of document.images) {
      const isShown = image.getClientRects().length > 0;
      if (isShown && image.complete && image.naturalWidth === 0) complaints.push(`broken picture ${image.currentSrc || image.src}`);
    }
    return complaints;
  });
}

async function loadLazyPictures(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
    for (let y = 0; y < document.documentElement.scrollHeight; y += window.innerHeight) {
      window.scrollTo(0, y);
      await frame();
    }
    // The photograph starts at the top: what sticks to the window would stand in the middle of it otherwise.
    window.scrollTo(0, 0);
    await frame();
    // Pictures that the layout hides at this width are never fetched, so only those that are shown are waited for.
    const pending = [...document.images].filter((image) => !image.complete && image.getClientRects().length > 0);
    const settled = (image) => new Promise((resolve) => {
      image.addEventListener('load', resolve, { once: true });
      image.addEventListener('error', resolve, { once: true });
    });
    const limit = new Promise((resolve) => { setTimeout(resolve, 5_000); });
    await Promise.race([Promise.all(pending.map(settled)), limit]);
  });
}
