import { msg } from '@lit/localize';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import { peopleApi } from '../api/people-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './people-page.js';

/** Who works with the calls, and who can sign in. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Personas'),
  // The page changes its own address, which the frame does not see.
  draw: ({ api, me }) =>
    html`<cmw-people-page .api=${peopleApi(api)} .me=${me} .search=${live(location.search)}></cmw-people-page>`,
};
