import { msg } from '@lit/localize';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import { reportsApi } from '../api/reports-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './report-page.js';

/** What the calls of some days add up to. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Reportes'),
  // The page changes its own address, which the frame does not see.
  draw: ({ api, me }) =>
    html`<cmw-report-page .api=${reportsApi(api)} .me=${me} .search=${live(location.search)}></cmw-report-page>`,
};
