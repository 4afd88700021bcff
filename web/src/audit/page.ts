import { msg } from '@lit/localize';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import { auditApi } from '../api/audit-api.js';
import { historyApi } from '../api/history-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './audit-page.js';

/** Who changed what, by a filter that the address says. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Auditoría'),
  // The page changes its own address, which the frame does not see.
  draw: ({ api, me }) =>
    html`<cmw-audit-page
      .api=${auditApi(api)}
      .people=${historyApi(api)}
      .me=${me}
      .search=${live(location.search)}
    ></cmw-audit-page>`,
};
