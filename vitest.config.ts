import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', 'services/console/web/**'];

/** Rates and recoveries are counted here, or everything is loaded: one file at a time, after all others. */
const alone = [
  'account-rate',
  'chaos-short',
  'clocks-differ',
  'executor-crash',
  'npm-start',
  'opposite-orders',
  'postgres-stopped-under-load',
  'random-sequences',
  'rolling-restart',
  'stopped-with-a-claim',
].map((name) => `tests/e2e/${name}.test.ts`);

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A busy machine may take seconds for what takes none.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{libs,services,infra,tools}/**/*.test.ts', 'tests/{chaos,fuzz}/**/*.test.ts'],
          exclude,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['tests/{integration,model}/**/*.test.ts'],
          exclude,
          globalSetup: ['tests/support/build-web.ts', 'tests/support/global-setup.ts'],
          // They wait more than they compute.
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          exclude: [...exclude, ...alone],
          globalSetup: ['tests/support/global-setup.ts'],
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          globalSetup: ['tests/support/global-setup.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          // The pictures of the documentation are `npm run screenshots`.
          exclude: [
            ...exclude,
            ...(process.argv.some((each) => each.includes('screenshots'))
              ? []
              : ['tests/browser/screenshots.test.ts']),
          ],
          globalSetup: ['tests/support/build-web.ts', 'tests/support/global-setup.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
