/** The Azure settings of the build; undefined in LocalHost's console. */
declare const __AZURE__: import('../static-web-app.js').AzureSettings | undefined;
