import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { poll } from '@orderlane/local/poll';
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
  // By the debugger's way again: waiting within the page would need the policy's leave.
  const isStill = 'document.getAnimations().every((each) => each.playState !== "running")';
  await poll(async () => Boolean(await page.evaluate(isStill)) || undefined, {
    what: 'the end of all animations',
    withinMs: 20_000,
  });
}

/** Adds up the script that a page loads from now on, as many bytes as travel. */
export function countScript(page: Page): { bytes(): number } {
  let sum = 0;
  page.on('response', (response) => {
    const { 'content-type': type, 'content-length': length } = response.headers();
    if (type?.includes('javascript') === true) sum += Number(length ?? Number.NaN);
  });
  return { bytes: () => sum };
}

/** Notes when each link of a row appears (ms since the epoch), by the page's own clock. */
export async function seeRows(page: Page): Promise<() => Promise<Record<string, number>>> {
  await page.evaluate(`
    window.seenAt = {};
    new MutationObserver(() => {
      for (const link of document.querySelectorAll('.rows a')) {
        window.seenAt[link.textContent] ??= Date.now();
      }
    }).observe(document.querySelector('.rows'), { childList: true, subtree: true, characterData: true });
  `);
  return async () => (await page.evaluate('window.seenAt')) as Record<string, number>;
}
