import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { phonesApi } from '../api/phones-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './runs-page.js';

/** The runs of the homologation. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Homologación'),
  draw: ({ api, me }) => html`<cmw-homologation-runs-page
    .api=${api}
    .directory=${phonesApi(api)}
    .me=${me}
  ></cmw-homologation-runs-page>`,
};
