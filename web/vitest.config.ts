import { availableParallelism } from 'node:os';
import { defineConfig, mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.js';

// A zone that is neither UTC nor an office's: what is written in the machine's zone is not what a test expects. There a
// day without a time, which is midnight in UTC, is the day before.
process.env.TZ = 'Atlantic/Cape_Verde';

/** These build the console, and Vite's bundler works in a process of its own alone. */
const builds = [
  'test/embed/embed-build.test.ts',
  'test/embed/embed-licenses.test.ts',
  'test/license-notices.test.ts',
  'test/static-web-app.test.ts',
];

// Apart from the build's configuration, as a console is built without the packages for its tests.
export default defineConfig((env) =>
  mergeConfig(
    viteConfig(env),
    defineConfig({
      test: {
        // With one worker, the default on two processors, the files of one project share one context.
        maxWorkers: Math.max(2, availableParallelism() - 1),
        // No test asserts how long anything takes: a busy machine may take its time.
        testTimeout: 30_000,
        hookTimeout: 30_000,
        projects: [
          // A context for each file costs half of the processor time of a process for each file.
          {
            extends: true,
            test: { name: 'console', include: ['test/**/*.test.ts'], exclude: builds, pool: 'vmThreads' },
          },
          { extends: true, test: { name: 'builds', include: builds, pool: 'forks' } },
        ],
      },
    }),
  ),
);
