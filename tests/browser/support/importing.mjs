// Files that somebody imports in the dashboard.
import { people } from './site.mjs';

/** A figure of the report. */
export const figure = (page, label) => page.locator('.ui-stat', { hasText: label }).locator('.ui-stat__value').textContent();

/** Gives the page a file and waits for its report. */
export async function upload(visitor, csv) {
  const { page } = visitor;
  await page.locator('input[type=file]').setInputFiles(csv);
  await page.getByRole('heading', { name: csv.name, level: 1 }).waitFor();
  await page.getByText('Completed', { exact: true }).waitFor();
  await page.getByText(/rows were read/).waitFor();
}

/** Signs the owner in and imports a file for good. */
export async function importFile(visitor, site, csv) {
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/imports'), people.owner);
  await page.getByRole('switch', { name: 'Try it first' }).click();
  await upload(visitor, csv);
}
