import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import type { Me } from '../api/types.js';
import { partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import './comparison-page.js';

/** Two runs of the homologation beside each other. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Comparar homologaciones'),
  draw: ({ api, me }, { runId, otherId }) => html`<cmw-homologation-comparison-page
    .api=${api}
    .me=${me}
    .runId=${partOf(runId) ?? ''}
    .otherId=${partOf(otherId) ?? ''}
  ></cmw-homologation-comparison-page>`,
};
