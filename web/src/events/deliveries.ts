import { msg } from '@lit/localize';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ApiClient } from '../api/api-client.js';
import { eventsApi } from '../api/events-api.js';
import type { Me } from '../api/types.js';
import { partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import './deliveries-page.js';

/** What was sent to one application. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Envíos de eventos'),
  // The page changes its own address, which the frame does not see.
  draw: ({ api, me }, { endpointId }) => html`<cmw-deliveries-page
    .api=${eventsApi(api)}
    .me=${me}
    .endpointId=${partOf(endpointId) ?? ''}
    .search=${live(location.search)}
  ></cmw-deliveries-page>`,
};
