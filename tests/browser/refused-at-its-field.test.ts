import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInBrowser, openBrowser, signInAt } from '../support/browser.ts';
import { dataOf } from '../support/console-fixtures.ts';
import { freePort } from '../support/free-port.ts';
import { openScene, plantedKey } from '../support/operations/scene.ts';
import { seriousFindings } from '../support/page-checks.ts';

/** Waits until a field says this, where a screen reader finds it too. */
async function says(page: Page, field: Locator, words: string): Promise<void> {
  const said = async () => {
    const ids = (await field.getAttribute('aria-describedby')) ?? '';
    const texts = ids
      .split(' ')
      .map(async (id) => await page.locator(`[id="${id}"]`).allTextContents());
    return (await Promise.all(texts)).flat().join(' ');
  };
  await expect.poll(said).toContain(words);
}

describeInBrowser('what the API refuses', () => {
  test('is said at its field, with everything typed still there', async () => {
    await using scene = await openScene();
    const { strategyId } = await scene.newStrategy();
    const taken = 'Main';
    const account = { name: taken, base_url: scene.openalgoUrl, api_key: plantedKey };
    dataOf(await scene.admin.post('/accounts/new', account));
    await using browser = await openBrowser();
    const { page } = browser;
    const field = (name: string | RegExp) => page.getByRole('textbox', { name });
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).click();
    };
    await signInAt(page, scene, { email: scene.admin.user.email, path: '/accounts/new' });

    // An account: the address, the key, the name, the rate; each in its turn.
    await field('Name').fill('New one');
    await field(/Where OpenAlgo is/).fill(`http://127.0.0.1:${await freePort()}`);
    await field(/API key/).fill('a wrong key');
    await press('Test and add');
    await says(page, field(/Where OpenAlgo is/), 'ECONNREFUSED');
    await field(/Where OpenAlgo is/).fill(scene.openalgoUrl);
    await press('Test and add');
    await says(page, field(/API key/), 'OpenAlgo refuses the key');
    await field(/API key/).fill(plantedKey);
    await field('Name').fill(taken);
    await press('Test and add');
    await says(page, field('Name'), 'There is an account');
    expect(await seriousFindings(page)).toEqual([]);
    await field(/^Orders/).fill('many');
    await press('Test and add');
    await says(page, field(/^Orders/), 'no rate');
    expect(await field('Name').inputValue()).toBe(taken);
    expect(await field(/API key/).inputValue()).toBe(plantedKey);

    // A user, a key for programs, a day of the calendar, a password.
    await page.goto(`${scene.url}/users`);
    await field('Name').fill('Meera again');
    await field('E-mail').fill(scene.viewer.user.email);
    await press('Add');
    await says(page, field('E-mail'), 'with that e-mail already');
    expect(await field('Name').inputValue()).toBe('Meera again');
    await page.goto(`${scene.url}/keys`);
    await press('Make it');
    await says(page, field('Name'), 'It is missing');
    await page.goto(`${scene.url}/calendar`);
    await field('Date').fill('2031-03-04');
    await field('Hours, or closed').fill('noon');
    await press('Enter it');
    await says(page, field('Hours, or closed'), 'Write the hours as');
    await page.goto(`${scene.url}/me`);
    await field('The one that is valid now').fill('not this one at all');
    await field('The new one').fill('a new password of tests');
    await press('Change it');
    await says(page, field('The one that is valid now'), 'wrong');
    expect(await field('The new one').inputValue()).toBe('a new password of tests');

    // A symbol: in its form, and where its quantity is changed in the table.
    await page.goto(`${scene.url}/strategy/${strategyId}?tab=symbols`);
    await press('Add a symbol');
    await page.getByRole('combobox', { name: /^Symbol/ }).fill('SBIN');
    await field(/^Quantity/).fill('5');
    await press('Save');
    await says(page, field(/^As the signal names it/), 'already has a mapping');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Quantity of SBIN: 10, change it' }).click();
    await field('Quantity of SBIN').fill('0');
    await page.keyboard.press('Enter');
    await page.getByRole('tooltip').filter({ hasText: 'uantity' }).waitFor();
    expect(await field('Quantity of SBIN').inputValue()).toBe('0');
    await field('Quantity of SBIN').fill('12');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Quantity of SBIN: 12, change it' }).waitFor();
    const mapped = scene.db.selectFrom('strategy_symbol_mappings').select('quantity');
    expect(await mapped.execute()).toEqual([{ quantity: 12 }]);
    expect(browser.complaints).toEqual([]);
  }, 240_000);
});
