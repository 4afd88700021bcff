import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { eventsApi } from '../api/events-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './events-page.js';

/** The applications that are told of events, for an administrator. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Eventos hacia su sistema'),
  draw: ({ api, me }) => html`<cmw-events-page .api=${eventsApi(api)} .me=${me}></cmw-events-page>`,
};
