import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{libs,services,infra}/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'services/console/web/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
