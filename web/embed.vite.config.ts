import { defineConfig, loadEnv, type Plugin } from 'vite';
import { embedMessages, modulesFrom } from './embed-messages.js';
import { licenseNotices } from './license-notices.js';
import { smallerStyles } from './smaller-styles.js';
import { azureSettings } from './static-web-app.js';

/** The licences of the libraries in the embedded phone. */
const licenseFile = 'embed-licenses.txt';

/** The script of a page, and what the phone needs before its first call is on the screen. */
const [script, phone] = ['src/embed/embed.ts', 'src/embed/phone-body.ts'];
const inScript = modulesFrom([script], false);
const inPhone = modulesFrom([phone], false);
const libraries = /node_modules\/(lit|lit-html|lit-element|@lit)\/|@oxc-project/;

/** As one file it is some 2 KB smaller, compressed, than as five. */
const isPhone = (id: string): boolean => (inPhone.has(id) && !inScript.has(id)) || libraries.test(id);

/**
 * Leaves out what SignalR brings for browsers without `fetch`, which have no components either, and for resuming a
 * connection, which nobody here asks for; and the sentences of its log, which is off.
 */
const leaner = (): Plugin => ({
  name: 'callmyway-leaner',
  enforce: 'pre',
  load(id) {
    const unused = /\/signalr\/dist\/esm\/(XhrHttpClient|MessageBuffer)\.js$/.exec(id)?.[1];
    return unused ? `export class ${unused} {}` : undefined;
  },
  transform(code, id) {
    if (!/\/signalr\/dist\/esm\/\w+\.js$/.test(id)) return undefined;
    return { code: code.replace(/^\s*(?:this\._)?logger\.log\(.*\);\r?$/gm, ';'), map: null };
  },
  // The build of a library keeps these marks for whoever bundles it further. Pages load it as it is.
  generateBundle(_, files) {
    for (const file of Object.values(files))
      if (file.type === 'chunk') file.code = file.code.replaceAll('/* @__PURE__ */', '');
  },
});

/**
 * The phone for other pages, beside the console. A build of its own: the console's files would be cut anew for what both
 * share, and an agent's desk would load more of them.
 */
export default defineConfig(({ mode }) => {
  const azure = azureSettings(loadEnv(mode, import.meta.dirname, 'VITE_'));
  return {
    define: { __AZURE__: JSON.stringify(azure) ?? 'undefined' },
    plugins: [
      leaner(),
      smallerStyles({ inPixels: true }),
      embedMessages({ first: phone, all: [script] }),
      licenseNotices(licenseFile),
    ],
    // The files are loaded by pages of other origins: addresses are relative to the file that names them.
    base: './',
    build: {
      target: 'es2022',
      emptyOutDir: false,
      copyPublicDir: false,
      assetsInlineLimit: 0,
      // A library: without Vite's code that fetches files ahead, by addresses of the page.
      lib: { entry: { embed: script }, formats: ['es'] },
      license: { fileName: licenseFile },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension' as const,
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'assets/embed-[name]-[hash].js',
          minify: true,
          codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'phone', test: isPhone }] },
          assetFileNames: 'assets/embed-[name]-[hash][extname]',
        },
      },
    },
  };
});
