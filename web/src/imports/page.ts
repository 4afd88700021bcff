import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { importsApi } from '../api/imports-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './imports-page.js';

/** Contacts from a file, and the imports that were. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Importar contactos'),
  draw: ({ api, me }) => html`<cmw-imports-page .api=${importsApi(api)} .me=${me}></cmw-imports-page>`,
};
