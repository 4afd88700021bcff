import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { phonesApi } from '../api/phones-api.js';
import type { Me } from '../api/types.js';
import { partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import './report-page.js';

/** The report of a run, to sign. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Informe de homologación'),
  draw: ({ api, me }, { runId }) => html`<cmw-homologation-report-page
    .api=${api}
    .directory=${phonesApi(api)}
    .me=${me}
    .runId=${partOf(runId) ?? ''}
  ></cmw-homologation-report-page>`,
};
