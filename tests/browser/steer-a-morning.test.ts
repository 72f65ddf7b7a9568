import { poll } from '@orderlane/local/poll';
import { expect, test } from 'vitest';
import { describeInBrowser, openBrowser, signInAt } from '../support/browser.ts';
import { openStage, stageAdmin } from '../support/browser-stage.ts';

describeInBrowser('during the day', () => {
  test('orders move without a reload, an undecided one is settled, and everything is stopped by its sentence', async () => {
    await using stage = await openStage();
    const { webhook_id: webhookId } = await stage.newStrategy({ symbols: ['SBIN', 'INFY'] });
    await using browser = await openBrowser();
    const { page } = browser;
    await signInAt(page, stage, { ...stageAdmin, path: '/orders' });
    await page.getByText('No orders').waitFor();
    // Any reload would take this away.
    await page.evaluate('window.sameDocument = true');

    await stage.signal(webhookId, { symbol: 'SBIN', action: 'BUY' });
    const row = page.getByRole('row').filter({ hasText: 'BUY 10 SBIN' });
    await row.locator('[data-state="filled"]').waitFor();
    expect(await page.evaluate('window.sameDocument')).toBe(true);

    await stage.stack.db.updateTable('openalgo_accounts').set({ trades_elsewhere: true }).execute();
    stage.fault({ kind: 'reset_after', times: 1, symbol: 'INFY' });
    await stage.signal(webhookId, { symbol: 'INFY', action: 'BUY' });
    const undecided = await stage.orderOf('INFY', 'indeterminate');
    await page.getByRole('link', { name: 'Needs you' }).click();
    await page.getByText('Did it reach the broker?').waitFor();
    const candidate = page.getByRole('row').filter({ hasText: 'might be this one' });
    const number = (await candidate.getByRole('cell').first().textContent()) ?? '';
    await page.getByLabel('Its number at the broker').fill(number);
    await page.getByRole('button', { name: 'It was placed' }).click();
    await page.getByText('Nothing needs you').waitFor();
    const settled = stage.stack.db.selectFrom('orders').select(['status', 'broker_order_id']);
    expect(await settled.where('id', '=', undecided as never).executeTakeFirst()).toMatchObject({
      broker_order_id: number,
    });

    await page.getByRole('button', { name: 'Stop', exact: true }).first().click();
    await page.getByRole('radio', { name: 'Halt' }).check();
    const stop = page.getByRole('button', { name: 'Stop now' });
    expect(await stop.isDisabled()).toBe(true);
    await page.getByLabel(/stop everything/).fill('stop everything');
    await stop.click();
    await page.getByText('Nothing is sent: everything').waitFor();
    const brakes = await stage.stack.db.selectFrom('brakes').selectAll().execute();
    expect(brakes).toMatchObject([{ strength: 'halt' }]);
    await page.getByRole('link', { name: 'see and release' }).click();
    await page.getByRole('button', { name: 'Release' }).click();
    await page.getByLabel(/resume everything/).fill('resume everything');
    await page.getByRole('button', { name: 'Release' }).last().click();
    const released = async () =>
      (await stage.stack.db.selectFrom('brakes').selectAll().execute()).length === 0 || undefined;
    await poll(released, { what: 'the release', withinMs: 20_000 });
    expect(browser.complaints).toEqual([]);
  }, 180_000);
});
