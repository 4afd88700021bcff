import { msg } from '@lit/localize';
import { html } from 'lit';
import { historyApi } from '../api/history-api.js';
import type { Me } from '../api/types.js';
import { callIdOf, partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './call-page.js';

/** A call with all that is known of it. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined }> = {
  title: () => msg('Llamada'),
  draw: ({ desk, me }, { account, callId }) =>
    html`<cmw-call-page
      .api=${historyApi(desk.api)}
      .desk=${desk}
      .me=${me}
      .account=${partOf(account) ?? ''}
      .callId=${callIdOf(callId)}
    ></cmw-call-page>`,
};
