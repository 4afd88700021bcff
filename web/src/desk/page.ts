import { html } from 'lit';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import type { Desk } from './desk.js';
import './desk-page.js';

/** The agent's page. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined; readonly demo: boolean }> = {
  title: () => '',
  draw: ({ desk, me, demo }) => html`<cmw-desk-page .desk=${desk} .me=${me} .demo=${demo}></cmw-desk-page>`,
};
