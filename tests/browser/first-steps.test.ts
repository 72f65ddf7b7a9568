import { expect, test } from 'vitest';
import { describeInBrowser, openBrowser } from '../support/browser.ts';
import { startConsoleProcess } from '../support/console.ts';
import { testPassword } from '../support/here-console.ts';
import { countScript } from '../support/page-checks.ts';
import { openStack } from '../support/stack.ts';

const scriptKb = 350;

describeInBrowser('the first run', () => {
  test('leads from the printed link to a first order, with a first load under 350 KB of script', async () => {
    await using stack = await openStack({
      simulator: { mode: 'analyze', clock: '2026-02-10T10:00:00+05:30' },
    });
    await stack.db.deleteFrom('openalgo_accounts').execute();
    await stack.start('executor');
    await using board = await startConsoleProcess(stack.parts, {
      HOST_SERVER: stack.simulator.url,
      TRADING_CLOCK: '2026-02-10T10:00:00+05:30',
    });
    const { url: link } = await board.waitForEvent('first_sign_in');
    await using browser = await openBrowser();
    const { page } = browser;
    const script = countScript(page);
    await page.goto(String(link));
    await page.getByLabel('Your e-mail').fill('owner@example.com');
    await page.getByLabel(/Password/).fill(testPassword);
    await page.getByRole('button', { name: 'Save and sign in' }).click();
    await page.getByText('Nothing is set up yet').waitFor();
    expect(script.bytes()).toBeGreaterThan(50 * 1024);
    expect(script.bytes()).toBeLessThan(scriptKb * 1024);

    await page.getByRole('link', { name: 'First steps' }).click();
    await page.getByLabel('Name').fill('Paper');
    await page.getByLabel(/API key/).fill('a wrong key');
    await page.getByRole('button', { name: 'Test and add' }).click();
    await page.getByText('OpenAlgo refuses the key').waitFor();
    await page.getByLabel(/API key/).fill('test-api-key-0123456789');
    await page.getByRole('button', { name: 'Test and add' }).click();
    await page.getByRole('button', { name: 'Make the strategy' }).waitFor();
    await page.getByLabel('Name').fill('First');
    await page.getByRole('button', { name: 'Make the strategy' }).click();
    await page.getByRole('button', { name: 'Add a symbol' }).click();
    await page.getByRole('combobox', { name: 'Symbol, as OpenAlgo names it' }).fill('SBIN');
    await page.getByLabel(/^Quantity/).fill('1');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'On to the first signal' }).click();
    await page.getByRole('button', { name: 'Send it for real' }).click();
    await page.getByRole('button', { name: 'Send it', exact: true }).click();
    await page.getByRole('link', { name: 'Follow its story' }).click();
    await page
      .getByRole('article', { name: 'BUY 1 SBIN' })
      .locator('[data-state="accepted"]')
      .first()
      .waitFor();
    expect(stack.simulator.simulator.calls.list({ endpoint: 'placeorder' })).toHaveLength(1);
    expect(browser.complaints).toEqual([]);
  }, 120_000);
});
