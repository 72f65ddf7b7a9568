import { poll } from '@orderlane/local/poll';
import { expect, test } from 'vitest';
import { describeInBrowser, openBrowser, signInAt } from '../support/browser.ts';
import { openStage, stageAdmin } from '../support/browser-stage.ts';
import { startHttpServer } from '../support/far-side.ts';

describeInBrowser('during the day', () => {
  test('orders move without a reload, an undecided one is settled, the square-off is foreseen, alerts are tried, and everything is stopped by its sentence', async () => {
    await using told = await startHttpServer((response) => response.end());
    await using stage = await openStage({ ALERT_WEBHOOK_URL: told.url, ALERTS_MS: '100' });
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
    // Every page says so, by itself.
    const needs = page.getByRole('link', { name: 'Needs you' });
    await needs.getByText('1', { exact: true }).waitFor();
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    await needs.click();
    await page.getByText('Did it reach the broker?').waitFor();
    const candidate = page.getByRole('row').filter({ hasText: 'might be this one' });
    const number = (await candidate.getByRole('cell').first().textContent()) ?? '';
    await candidate.getByRole('button', { name: `This one: ${number}` }).click();
    await page.getByRole('button', { name: 'It was placed as this one' }).click();
    await page.getByText('Nothing needs you').waitFor();
    const settled = stage.stack.db.selectFrom('orders').select(['status', 'broker_order_id']);
    expect(await settled.where('id', '=', undecided as never).executeTakeFirst()).toMatchObject({
      broker_order_id: number,
    });

    // What the square-off would do, before it does; and whether alerts arrive.
    await page.getByRole('link', { name: 'Today' }).click();
    await page.getByText(': real money').waitFor();
    const lanes = page.getByRole('region', { name: 'Lanes' }).getByRole('table');
    await lanes.getByRole('row').filter({ hasText: 'regular' }).getByText('0 s').waitFor();
    await page.getByRole('table', { name: 'Accounts' }).getByText('there, seen at').waitFor();
    await page.getByRole('button', { name: 'Preview of Morning breakout' }).click();
    const preview = page.getByRole('dialog', { name: /Square-off of/ });
    await preview.getByRole('cell', { name: 'SELL 10 SBIN' }).waitFor();
    await page.keyboard.press('Escape');
    await preview.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Alert targets' }).click();
    await page.getByRole('button', { name: 'Send a test alert' }).click();
    const target = page.getByRole('article', { name: 'webhook' });
    await target.locator('[data-state="ready"]').waitFor();
    const isTold = async () =>
      told.heard.some(({ body }) => body.includes('test_alert')) || undefined;
    await poll(isTold, { what: 'the test alert', withinMs: 20_000 });
    await target.getByRole('time').waitFor();

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
  }, 240_000);
});
