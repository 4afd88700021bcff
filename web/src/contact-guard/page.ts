import { msg } from '@lit/localize';
import { html } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { contactGuardApi } from '../api/contact-guard-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './contact-guard-page.js';

/** When and how often a person may be called, for an administrator. */
export const page: Page<{ readonly api: ApiClient; readonly me: Me | undefined }> = {
  title: () => msg('Horarios y límites de contacto'),
  draw: ({ api, me }) => html`<cmw-contact-guard-page .api=${contactGuardApi(api)} .me=${me}></cmw-contact-guard-page>`,
};
