import { msg } from '@lit/localize';
import { html } from 'lit';
import type { Page } from '../base/page.js';
import './call-page.js';
import { type RecordsPlace, recordsApi } from './frame.js';
import { callIdOf, partOf } from './paths.js';

/** A call with its record. */
export const page: Page<RecordsPlace> = {
  title: () => msg('Registro de una llamada'),
  draw: ({ api, me }, { account, callId }) =>
    html`<cmw-call-page
      .api=${recordsApi(api)}
      .me=${me}
      .account=${partOf(account) ?? ''}
      .callId=${callIdOf(callId)}
    ></cmw-call-page>`,
};
