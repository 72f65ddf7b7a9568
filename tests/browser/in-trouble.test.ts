import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { describeInBrowser, openBrowser, signInAt } from '../support/browser.ts';
import { openCuttable } from '../support/cuttable.ts';
import { storeOrder } from '../support/factories.ts';
import { testPassword } from '../support/here-console.ts';
import { openScene } from '../support/operations/scene.ts';
import { seriousFindings, settled } from '../support/page-checks.ts';

/** What stands where there is nothing yet. */
const empty = {
  '/': 'Nothing is set up yet',
  '/needs-you': 'Nothing needs you',
  '/strategy': 'There are no strategies yet',
  '/signals': 'No signals',
  '/orders': 'No orders',
  '/positions': 'No strategy holds anything',
  '/closings': 'No closings',
  '/square-offs': 'No square-offs',
  '/alerts': 'No alerts',
  '/brakes': 'Nothing is stopped',
  '/accounts': 'There are no accounts yet',
  '/keys': 'There are no keys',
};

describeInBrowser('when something is wrong', () => {
  test('pages say so, keep what was typed, and find back by themselves', async () => {
    await using scene = await openScene();
    await using way = await openCuttable(scene.url);
    await using browser = await openBrowser();
    const { page } = browser;
    const { email } = scene.asha.user;
    await signInAt(page, way, { email });

    for (const [path, words] of Object.entries(empty)) {
      await page.goto(`${way.url}${path}`);
      await page.getByText(words).waitFor();
    }

    // The database has a fault: what, that orders go on, and a way to try again.
    await sql`alter table openalgo_accounts rename to gone`.execute(scene.db);
    await page.goto(`${way.url}/accounts`);
    const fault = page.getByRole('main').getByRole('alert').filter({ hasText: 'could not be' });
    await fault.getByText('Orders go on without this page').waitFor();
    await settled(page);
    expect(await seriousFindings(page)).toEqual([]);
    await sql`alter table gone rename to openalgo_accounts`.execute(scene.db);
    await fault.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('There are no accounts yet').waitFor();

    // The session is ended elsewhere while a form is filled in.
    const { accountId, strategyId } = await scene.newStrategy();
    await page.goto(`${way.url}/strategy/new`);
    await page.getByLabel('Name').fill('Half written');
    await page.getByLabel('Entries until').fill('14:45');
    await scene.db.deleteFrom('user_sessions').execute();
    await page.getByRole('button', { name: 'Make the strategy' }).click();
    const again = page.getByRole('dialog', { name: 'Your session has ended' });
    const password = again.getByRole('textbox', { name: 'Password' });
    await password.fill('not the password');
    await again.getByRole('button', { name: 'Sign in' }).click();
    await again.getByRole('alert').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await password.fill(testPassword);
    await again.getByRole('button', { name: 'Sign in' }).click();
    await again.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Name').inputValue()).toBe('Half written');
    expect(await page.getByLabel('Entries until').inputValue()).toBe('14:45');
    await page.getByRole('button', { name: 'Make the strategy' }).click();
    await page.getByRole('heading', { name: 'Half written' }).waitFor();

    // The network goes away, and comes back with what happened meanwhile.
    await page.goto(`${way.url}/orders`);
    await page.getByText('No orders').waitFor();
    await page.locator('[data-stream="live"]').waitFor();
    await page.evaluate('window.sameDocument = true');
    way.cut();
    await page.locator('[data-stream="lost"]').waitFor();
    await page.getByText('What you see may be old').waitFor();
    await storeOrder({ db: scene.db, accountId, strategyId });
    way.mend();
    await page.getByRole('link', { name: 'BUY 10 SBIN' }).waitFor();
    await page.locator('[data-stream="live"]').waitFor();
    expect(await page.getByText('What you see may be old').count()).toBe(0);
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    expect(browser.complaints).toEqual([]);
  }, 240_000);
});
