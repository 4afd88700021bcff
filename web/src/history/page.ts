import { msg } from '@lit/localize';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { historyApi } from '../api/history-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './history-page.js';

/** The calls that were, by a filter that the address says. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined }> = {
  title: () => msg('Historial de llamadas'),
  // The page changes its own address, which the frame does not see.
  draw: ({ desk, me }) =>
    html`<cmw-history-page
      .api=${historyApi(desk.api)}
      .desk=${desk}
      .me=${me}
      .search=${live(location.search)}
    ></cmw-history-page>`,
};
