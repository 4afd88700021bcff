import { msg } from '@lit/localize';
import { html } from 'lit';
import { partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import './day-page.js';
import { type RecordsPlace, recordsApi } from './frame.js';

/** A day with the calls that are not simply matched. */
export const page: Page<RecordsPlace> = {
  title: () => msg('Conciliación de un día'),
  draw: ({ api, me }, { account, day }) =>
    html`<cmw-day-page .api=${recordsApi(api)} .me=${me} .account=${partOf(account) ?? ''} .day=${day ?? ''}></cmw-day-page>`,
};
