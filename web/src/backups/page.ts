import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './backups-page.js';

/** The backups of this host, for an administrator. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Respaldos'),
  draw: ({ api, me }) => html`<cmw-backups-page .api=${api} .me=${me}></cmw-backups-page>`,
};
