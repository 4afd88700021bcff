import { defineConfig } from 'vite';
import { licenseNotices } from './license-notices.js';

/** The licences of the libraries in these scripts. */
const licenseFile = 'embed-pages-licenses.txt';

/**
 * The pages that show the phone in a frame, the script of the page around them, and HubSpot's page. Apart from
 * `embed.vite.config.ts`, so that `embed.js` shares no file with them: it would be one more to fetch before the phone's
 * outline is painted.
 */
export default defineConfig({
  plugins: [licenseNotices(licenseFile)],
  base: './',
  publicDir: 'embed-pages',
  build: {
    target: 'es2022',
    emptyOutDir: false,
    license: { fileName: licenseFile },
    lib: {
      entry: {
        'embed-frame': 'src/embed/embed-frame.ts',
        'embed-page': 'src/embed/frame-page.ts',
        'embed-hubspot': 'src/embed/hubspot-page.ts',
      },
      formats: ['es'],
    },
    rolldownOptions: {
      output: {
        minify: true,
        entryFileNames: '[name].js',
        chunkFileNames: 'assets/embed-[name]-[hash].js',
      },
    },
  },
});
