import { defineConfig } from 'vitest/config';

const cores = 2;

/** Two projects: `unit` holds everything that needs no browser, `journeys` the product's stories in Chromium. */
export default defineConfig({
  test: {
    maxWorkers: cores,
    reporters: process.env.RAPPORT_TEST_RESULTS
      ? [
          ['default', { summary: false }],
          ['json', { outputFile: process.env.RAPPORT_TEST_RESULTS }],
        ]
      : ['default'],
    allowOnly: !process.env.CI,
    passWithNoTests: false,
    globalSetup: ['test/harness/global-setup.ts'],
    // These end what hangs; none of them says how fast anything is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/journeys/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
