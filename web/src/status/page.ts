import { msg } from '@lit/localize';
import { html } from 'lit';
import { statusApi } from '../api/status-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './status-page.js';

/** Whether everything works, and what to do about what does not. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined }> = {
  title: () => msg('Estado del sistema'),
  draw: ({ desk, me }) =>
    html`<cmw-status-page
      .api=${statusApi(desk.api)}
      .connection=${desk.connection}
      .me=${me}
    ></cmw-status-page>`,
};
