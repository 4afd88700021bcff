import { msg } from '@lit/localize';
import { html } from 'lit';
import { partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import { type RecordsPlace, recordsApi } from './frame.js';
import './statement-page.js';

/** A month's cost by route, beside the operator's invoice. */
export const page: Page<RecordsPlace> = {
  title: () => msg('Estado de cuenta'),
  draw: ({ api, me }, { account, month }) =>
    html`<cmw-statement-page
      .api=${recordsApi(api)}
      .me=${me}
      .account=${partOf(account)}
      .month=${month}
    ></cmw-statement-page>`,
};
