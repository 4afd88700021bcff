import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { importsApi } from '../api/imports-api.js';
import type { Me } from '../api/types.js';
import { partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import './import-page.js';

/** One import: how far it is, and what came of it. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Importación'),
  draw: ({ api, me }, { importId }) =>
    html`<cmw-import-page .api=${importsApi(api)} .me=${me} .importId=${partOf(importId) ?? ''}></cmw-import-page>`,
};
