import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const axeFile = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

interface AxeResult {
  violations: {
    id: string;
    impact: string | null;
    nodes: { html: string; failureSummary: string }[];
  }[];
}

/** What axe calls serious or critical on the page as it stands: the rule, and where. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // By the debugger's way: the page's own policy lets no script in.
  await page.evaluate(await readFile(axeFile, 'utf8'));
  const result = (await page.evaluate('axe.run(document)')) as AxeResult;
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}

/** By how many pixels the page is wider than the screen. */
export async function overflowOf(page: Page): Promise<number> {
  return Number(
    await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    ),
  );
}

/** Until it shows what it was opened for, and nothing is loading any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').waitFor();
  await page.locator('[data-loading]').first().waitFor({ state: 'detached' });
  await page.waitForFunction(
    'document.getAnimations().every((each) => each.playState !== "running")',
  );
}
