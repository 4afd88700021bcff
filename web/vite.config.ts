import { defineConfig, loadEnv } from 'vite';
import { guides } from './guides.js';
import { licenseFile, licenseNotices } from './license-notices.js';
import { smallerStyles } from './smaller-styles.js';
import { azureSettings, staticWebApp } from './static-web-app.js';

const api = 'http://127.0.0.1:7071';

/**
 * What the desk needs and other pages share. As one file it is some 6 KB smaller, compressed, than as thirty small ones.
 */
const core = new RegExp(
  [
    'node_modules/(lit|lit-html|lit-element|@lit|@lit-labs)/',
    'src/api/(api-client|api-error|types)\\.ts',
    'src/base/(addresses|focus-before|later|memory|observable|paged|ticking)\\.ts',
    'src/calls/(call-icons|call-key|call-order|call-row|call-words)\\.ts',
    'src/contacts/contact-name\\.ts',
    'src/design/(icons|paged-list|row-keys|shared)\\.ts',
    'src/dial/(dial-event|dialable)\\.ts',
    'src/follow-ups/follow-ups-store\\.ts',
    'src/i18n/(format|locale|plain-words)\\.ts',
    'src/work-list/work-list-store\\.ts',
  ].join('|'),
);

export default defineConfig(({ mode }) => {
  const azure = azureSettings(loadEnv(mode, import.meta.dirname, 'VITE_'));
  return {
    // A constant, so that a console without Azure holds nothing of it.
    define: { __AZURE__: JSON.stringify(azure) ?? 'undefined' },
    plugins: [smallerStyles(), guides(), licenseNotices(), ...(azure ? [staticWebApp(azure)] : [])],
    server: {
      proxy: { '/api': api, '/hubs': { target: api, ws: true } },
    },
    build: {
      target: 'es2022',
      // The host's Content-Security-Policy allows no data: addresses.
      assetsInlineLimit: 0,
      license: { fileName: licenseFile },
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'core', test: core }] } } },
    },
  };
});
