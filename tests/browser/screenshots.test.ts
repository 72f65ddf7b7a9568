import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeInBrowser, openBrowser, signInAt } from '../support/browser.ts';
import { stageAdmin } from '../support/browser-stage.ts';
import { settled } from '../support/page-checks.ts';
import { openShowcase } from '../support/showcase.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

describeInBrowser('the pictures of the documentation', () => {
  test.each(['light', 'dark'] as const)(
    'each page, %s',
    async (colorScheme) => {
      await mkdir(folder, { recursive: true });
      await using showcase = await openShowcase();
      await using browser = await openBrowser({ colorScheme, width: 1280, height: 860 });
      const { page, complaints } = browser;
      await signInAt(page, showcase, stageAdmin);
      for (const { name, path } of showcase.pages) {
        await page.goto(`${showcase.url}${path}`);
        await settled(page);
        const file = `${folder}${name}-${colorScheme}.png`;
        await page.screenshot({ path: file, animations: 'disabled' });
      }
      expect(complaints).toEqual([]);
    },
    300_000,
  );
});
