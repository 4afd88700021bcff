import { msg } from '@lit/localize';
import { html } from 'lit';
import { partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import { type RecordsPlace, recordsApi } from './frame.js';
import './month-page.js';

/** A month of days at a glance. */
export const page: Page<RecordsPlace> = {
  title: () => msg('Conciliación'),
  draw: ({ api, me }, { account, month }) =>
    html`<cmw-month-page .api=${recordsApi(api)} .me=${me} .account=${partOf(account)} .month=${month}></cmw-month-page>`,
};
