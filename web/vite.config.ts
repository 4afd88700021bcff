import { defineConfig, loadEnv } from 'vite';
import { guides } from './guides.js';
import { licenseFile, licenseNotices } from './license-notices.js';
import { azureSettings, staticWebApp } from './static-web-app.js';

const api = 'http://127.0.0.1:7071';

export default defineConfig(({ mode }) => {
  const azure = azureSettings(loadEnv(mode, import.meta.dirname, 'VITE_'));
  return {
    // A constant, so that a console without Azure holds nothing of it.
    define: { __AZURE__: JSON.stringify(azure) ?? 'undefined' },
    plugins: [guides(), licenseNotices(), ...(azure ? [staticWebApp(azure)] : [])],
    server: {
      proxy: { '/api': api, '/hubs': { target: api, ws: true } },
    },
    build: {
      target: 'es2022',
      // The host's Content-Security-Policy allows no data: addresses.
      assetsInlineLimit: 0,
      license: { fileName: licenseFile },
    },
  };
});
