import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', 'services/console/web/**'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{libs,services,infra,tools}/**/*.test.ts', 'tests/chaos/**/*.test.ts'],
          exclude,
        },
      },
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['tests/{integration,model}/**/*.test.ts'],
          exclude,
          globalSetup: ['tests/support/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          // Rates and recoveries are counted here: one file at a time, after all others.
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          // A minute of chaos is `npm run test:chaos`: it wants a machine of its own.
          exclude: [
            ...exclude,
            ...(process.argv.some((each) => each.includes('chaos'))
              ? []
              : ['tests/e2e/chaos-short.test.ts']),
          ],
          globalSetup: ['tests/support/global-setup.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
