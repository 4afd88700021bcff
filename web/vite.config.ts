import { defineConfig } from 'vitest/config';

const api = 'http://127.0.0.1:7071';

export default defineConfig({
  server: {
    proxy: { '/api': api, '/hubs': { target: api, ws: true } },
  },
  build: {
    target: 'es2022',
    // The host's Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
  },
  test: { include: ['test/**/*.test.ts'] },
});
