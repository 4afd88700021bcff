import { msg } from '@lit/localize';
import { html } from 'lit';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './help-page.js';

/** The guides of the office's people. */
export const page: Page<{ readonly me: Me | undefined }> = {
  title: () => msg('Ayuda'),
  draw: ({ me }, { guide }) => html`<cmw-help-page .me=${me} .name=${guide ?? ''}></cmw-help-page>`,
};
