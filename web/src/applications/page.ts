import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { applicationsApi } from '../api/applications-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './applications-page.js';

/** The applications that come in by a key, and those whose pages show the phone, for an administrator. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Claves y páginas de otros sistemas'),
  draw: ({ api, me }) => html`<cmw-applications-page .api=${applicationsApi(api)} .me=${me}></cmw-applications-page>`,
};
