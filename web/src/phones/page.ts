import { msg } from '@lit/localize';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import { phonesApi } from '../api/phones-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './phones-page.js';

/** Whose the operator's phones are. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Teléfonos'),
  // The page changes its own address, which the frame does not see.
  draw: ({ api, me }) =>
    html`<cmw-phones-page .api=${phonesApi(api)} .me=${me} .search=${live(location.search)}></cmw-phones-page>`,
};
