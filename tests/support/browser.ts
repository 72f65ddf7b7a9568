import { findOnPath } from '@orderlane/local/find-on-path';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { describe } from 'vitest';
import { readBrowserRequired, readSearchPath } from './config.ts';
import { testPassword } from './here-console.ts';

const program =
  (await findOnPath('chromium', readSearchPath())) ??
  (await findOnPath('google-chrome', readSearchPath()));

if (program === undefined && !readBrowserRequired()) {
  process.stderr.write('\nNO CHROMIUM ON THE PATH: the tests of the web UI are LEFT OUT.\n\n');
}

/** Runs where a Chromium is found; where TEST_BROWSER=required there has to be one. */
export const describeInBrowser = describe.skipIf(program === undefined && !readBrowserRequired());

export interface BrowserOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
}

export interface TestBrowser extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the pages complained of: faults, refused content, calls to other addresses. */
  readonly complaints: string[];
}

/** Debian's Chromium with a profile of its own; it may reach this machine and nothing else. */
export async function openBrowser(options: BrowserOptions = {}): Promise<TestBrowser> {
  const { width = 1280, height = 900, colorScheme = 'light' } = options;
  const stack = new AsyncDisposableStack();
  const profile = stack.use(await makeTemporaryFolder());
  if (program === undefined) throw new Error('There is no chromium on the PATH');
  const context = await chromium.launchPersistentContext(profile.path, {
    executablePath: program,
    headless: true,
    colorScheme,
    viewport: { width, height },
    permissions: ['clipboard-read', 'clipboard-write'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
      '--disable-dev-shm-usage',
    ],
  });
  stack.defer(async () => await context.close());
  const complaints: string[] = [];
  context.on('page', (opened) => listen(opened, complaints));
  const page = context.pages()[0] ?? (await context.newPage());
  listen(page, complaints);
  page.setDefaultTimeout(20_000);
  return {
    context,
    page,
    complaints,
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`fault: ${error.message}`));
  page.on('console', (message) => {
    // A refusal that the page shows is no fault of the page.
    const isRefusal = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    const isHere = hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:';
    if (!isHere) complaints.push(`called ${request.url()}`);
  });
}

/** Signs in by the page itself and goes on to `path`. */
export async function signInAt(
  page: Page,
  console: { url: string },
  { email, path = '/' }: { email: string; path?: string },
): Promise<void> {
  await page.goto(`${console.url}/sign-in?next=${encodeURIComponent(path)}`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(testPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .locator('[data-stream="live"]')
    .waitFor()
    .catch(async (cause: unknown) => {
      const shown = await page.locator('body').textContent();
      throw new Error(`The page does not become live. It shows:\n${shown}`, { cause });
    });
}
