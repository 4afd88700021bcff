import { msg } from '@lit/localize';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { supervisionApi } from '../api/supervision-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './supervision-page.js';

/** The floor, live, for who supervises it. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined }> = {
  title: () => msg('Supervisión'),
  // The page changes its own address, which the frame does not see.
  draw: ({ desk, me }) =>
    html`<cmw-supervision-page
      .api=${supervisionApi(desk.api)}
      .desk=${desk}
      .me=${me}
      .search=${live(location.search)}
    ></cmw-supervision-page>`,
};
