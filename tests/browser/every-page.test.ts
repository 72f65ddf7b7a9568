import { expect, test } from 'vitest';
import { describeInBrowser, openBrowser, signInAt } from '../support/browser.ts';
import { stageAdmin } from '../support/browser-stage.ts';
import { overflowOf, seriousFindings, settled } from '../support/page-checks.ts';
import { openShowcase } from '../support/showcase.ts';

const screens = [
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const;

describeInBrowser('every page', () => {
  test('is free of what axe calls serious, fits a telephone, and complains of nothing', async () => {
    await using showcase = await openShowcase();
    const found: unknown[] = [];
    for (const screen of screens) {
      await using browser = await openBrowser(screen);
      const { page, complaints } = browser;
      await signInAt(page, showcase, stageAdmin);
      for (const { name, path } of showcase.pages) {
        await page.goto(`${showcase.url}${path}`);
        await settled(page);
        const of = `${name}, ${screen.colorScheme}`;
        const findings = await seriousFindings(page);
        const overflow = await overflowOf(page);
        if (findings.length > 0 || overflow > 0) found.push({ of, findings, overflow });
      }
      expect(complaints).toEqual([]);
    }
    expect(found).toEqual([]);
  }, 300_000);
});
