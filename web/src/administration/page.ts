import { msg } from '@lit/localize';
import { html } from 'lit';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import './administration-page.js';

/** Where an administrator finds all pages that are theirs. */
export const page: Page<{ readonly me: Me | undefined }> = {
  title: () => msg('Administración'),
  draw: ({ me }) => html`<cmw-administration-page .me=${me}></cmw-administration-page>`,
};
