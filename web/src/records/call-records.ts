import { msg } from '@lit/localize';
import { html } from 'lit';
import type { Page } from '../base/page.js';
import { type RecordsPlace, recordsApi } from './frame.js';
import './pull-page.js';

/** How the pull of the operator's records goes. */
export const page: Page<RecordsPlace> = {
  title: () => msg('Registros de llamada'),
  draw: ({ api, me }) => html`<cmw-pull-page .api=${recordsApi(api)} .me=${me}></cmw-pull-page>`,
};
