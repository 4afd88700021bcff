import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './settings-page.js';

/** What an administrator decides for everybody: an index, and a page of each part. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Ajustes'),
  draw: ({ api, me }, { part }) =>
    html`<cmw-settings-page .api=${api} .me=${me} .path=${part ?? ''}></cmw-settings-page>`,
};
