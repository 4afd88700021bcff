import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { statusApi } from '../api/status-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './status-page.js';

/** Whether everything works, and what to do about what does not. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Estado del sistema'),
  draw: ({ api, me }) => html`<cmw-status-page .api=${statusApi(api)} .me=${me}></cmw-status-page>`,
};
