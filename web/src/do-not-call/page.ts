import { msg } from '@lit/localize';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import { doNotCallApi } from '../api/do-not-call-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './do-not-call-page.js';

/** The numbers that must not be called, for supervisors. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('No llamar'),
  // The page changes its own address, which the frame does not see.
  draw: ({ api, me }) => html`<cmw-do-not-call-page
    .api=${doNotCallApi(api)}
    .me=${me}
    .search=${live(location.search)}
  ></cmw-do-not-call-page>`,
};
