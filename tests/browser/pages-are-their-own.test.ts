import { expect, test } from 'vitest';
import { describeInBrowser, openBrowser, signInAt } from '../support/browser.ts';
import { openScene } from '../support/operations/scene.ts';

describeInBrowser('the console in a browser', () => {
  test('signs in, shows the strategies, loads nothing from elsewhere and writes no style that its policy refuses', async () => {
    await using scene = await openScene();
    const { strategyId } = await scene.newStrategy();
    const { name } = await scene.db
      .selectFrom('strategies')
      .select('name')
      .where('id', '=', strategyId)
      .executeTakeFirstOrThrow();
    await using browser = await openBrowser();
    const { page } = browser;
    await signInAt(page, scene, { email: scene.asha.user.email, path: '/strategy' });
    await page.getByRole('link', { name }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/strategy');
    expect(browser.complaints).toEqual([]);
    // The policy is in force: what it forbids does not happen.
    const policy = (
      await page.request.get(`${scene.url}/strategy`, { headers: { accept: 'text/html' } })
    ).headers()['content-security-policy'];
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    await page.evaluate(`
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
    `);
    expect(await page.title()).toBe('Strategies · Orderlane');
    expect(browser.complaints).toEqual([expect.stringContaining('Content Security Policy')]);
  });
});
