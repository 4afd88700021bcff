import { defineConfig, mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.js';

// Apart from the build's configuration, as a console is built without the packages for its tests.
export default defineConfig((env) =>
  mergeConfig(viteConfig(env), defineConfig({ test: { include: ['test/**/*.test.ts'] } })),
);
