import { expect, test } from 'vitest';
import { describeInBrowser, openBrowser, signInAt } from '../support/browser.ts';
import { dataOf } from '../support/console-fixtures.ts';
import { openIngress, postWebhook } from '../support/ingress.ts';
import { openScene } from '../support/operations/scene.ts';
import { settled } from '../support/page-checks.ts';

const changing =
  /stop|delete|edit|new strategy|add|pause|exit|send|release|import|placed|save|turn/i;

describeInBrowser('a viewer', () => {
  test('finds no button that changes anything, and script in a message is text', async () => {
    await using scene = await openScene();
    const { strategyId, accountId } = await scene.newStrategy();
    const order = await scene.newIndeterminateOrder();
    const { webhook_id: webhookId } = dataOf<{ webhook_id: string }>(
      await scene.asha.get(`/strategy/${strategyId}`),
    );
    const script = '<img src=x onerror="document.title=\'taken\'"><script>alert(1)</script>';
    await using ingress = await openIngress(scene.parts);
    const body = { symbol: 'SBIN', action: 'BUY', note: script };
    const { body: answer } = await postWebhook(ingress.url, { webhookId, body });
    const signalId = String(answer['signal_id']);
    await using browser = await openBrowser();
    const { page } = browser;
    await signInAt(page, scene, { email: scene.viewer.user.email });
    const paths = [
      ...['/', '/needs-you', '/strategy', `/strategy/${strategyId}`, '/positions', '/brakes'],
      ...['/accounts', `/accounts/${accountId}`, `/orders/${order}`, `/signals/${signalId}`],
      ...[`/strategy/${strategyId}?tab=symbols`, '/calendar', '/start'],
    ];
    for (const path of paths) {
      await page.goto(`${scene.url}${path}`);
      await settled(page);
      const names = await page.getByRole('main').getByRole('button').allTextContents();
      const header = await page.getByRole('banner').getByRole('button').allTextContents();
      const found = [...names, ...header].filter((name) => changing.test(name));
      const switches = await page.getByRole('switch').count();
      expect([path, found, switches]).toEqual([path, [], 0]);
    }
    await page.goto(`${scene.url}/signals/${signalId}`);
    await page.getByText('onerror').waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).toBe('Signal · Orderlane');
    expect(browser.complaints).toEqual([]);
  }, 120_000);
});
