import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser, openBrowser, signInAt } from '../support/browser.ts';
import { openScene } from '../support/operations/scene.ts';

const badCsv = 'SBIN,NSE,10,MIS\nINFY,NSE,none,MIS\nTCS,MARS,5,MIS';
const goodCsv = 'SBIN,NSE,10,MIS\nINFY,NSE,5,MIS';

async function focused(page: Page): Promise<unknown> {
  return await page.evaluate('document.activeElement.textContent.trim()');
}

describeInBrowser('a strategy', () => {
  test('is made, mapped from CSV with its errors shown, tried, changed, turned off and on, and deleted', async () => {
    await using scene = await openScene();
    await scene.newAccount();
    await using browser = await openBrowser();
    const { page } = browser;
    await signInAt(page, scene, { email: scene.asha.user.email, path: '/strategy/new' });

    await page.getByLabel('Name').fill('<b>no</b>');
    await page.getByLabel('Entries until').fill('15:20');
    await page.getByRole('button', { name: 'Make the strategy' }).click();
    await page.getByText('can only contain letters, numbers').waitFor();
    await page.getByText('End time must be before square off time').waitFor();
    // Nothing typed is lost.
    expect(await page.getByLabel('Name').inputValue()).toBe('<b>no</b>');
    await page.getByLabel('Name').fill('Breakout');
    await page.getByLabel('Entries until').fill('15:00');
    await page.getByRole('button', { name: 'Make the strategy' }).click();
    await page.getByText('It trades nothing yet').waitFor();

    await page.getByRole('button', { name: 'Import CSV' }).click();
    await page.getByLabel('Or its lines').fill(badCsv);
    await page.getByRole('button', { name: 'Preview' }).click();
    const problems = page.getByRole('alert').filter({ hasText: 'Nothing was added' });
    await problems.getByText('line 2: Quantity must be a valid number').waitFor();
    await problems.getByText('line 3: Invalid exchange: MARS').waitFor();
    expect(await page.getByLabel('Or its lines').inputValue()).toBe(badCsv);
    await page.getByLabel('Or its lines').fill(goodCsv);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('2 symbols would be added').waitFor();
    const mapped = scene.db.selectFrom('strategy_symbol_mappings').select('symbol');
    expect(await mapped.execute()).toEqual([]);
    await page.getByRole('button', { name: 'Add 2 symbols' }).click();
    await page.getByRole('button', { name: 'Edit INFY' }).waitFor();
    expect(await mapped.orderBy('id').execute()).toEqual([{ symbol: 'SBIN' }, { symbol: 'INFY' }]);

    await page.getByRole('tab', { name: 'Test signal' }).click();
    await page.getByLabel(/As if it came at/).fill('2026-02-10T10:00');
    await page.getByRole('button', { name: 'Try it without trading' }).click();
    await page.getByText('It would be taken').waitFor();
    expect(await scene.db.selectFrom('signals').select('id').execute()).toEqual([]);

    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Name').fill('Breakout 2');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Breakout 2' }).waitFor();
    const strategy = scene.db.selectFrom('strategies').select(['name', 'is_active', 'deleted_at']);
    const isOn = page.getByLabel('Breakout 2 is on');
    // A switch is a small thing to see: its label is what is pressed.
    await isOn.click({ force: true });
    await page.getByText('Breakout 2 is off').waitFor();
    expect(await strategy.execute()).toMatchObject([{ name: 'Breakout 2', is_active: false }]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Breakout 2 is on').waitFor();
    expect(await strategy.execute()).toMatchObject([{ is_active: true }]);

    // By keys alone: past the menu, into the dialog, out of it, and back to where one was.
    await page.reload();
    await page.getByRole('heading', { name: 'Breakout 2' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the page');
    const remove = page.getByRole('button', { name: 'Delete', exact: true }).first();
    await remove.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Delete "Breakout 2"' });
    await dialog.getByText('its 2 mappings are gone').waitFor();
    for (let n = 0; n < 5; n++) await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.closest('[role=dialog]') !== null`)).toBe(
      true,
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => await focused(page)).toBe('Delete');
    await page.keyboard.press('Enter');
    await page.getByText('its 2 mappings are gone').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).last().click();
    await page.getByText('There are no strategies yet').waitFor();
    expect(browser.complaints).toEqual([]);
  }, 120_000);
});
