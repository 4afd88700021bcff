import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './erasures-page.js';

/** The protocols of erased persons, for an administrator. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Datos personales'),
  draw: ({ api, me }) => html`<cmw-erasures-page .api=${api} .me=${me}></cmw-erasures-page>`,
};
