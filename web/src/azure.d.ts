/** What the build was given of Azure; undefined in LocalHost's console. */
declare const __AZURE__: import('../static-web-app.js').AzureSettings | undefined;
