import { msg } from '@lit/localize';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { contactsApi } from '../api/contacts-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './contacts-page.js';

/** The contacts, by name or by what the address looks for. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined }> = {
  title: () => msg('Contactos'),
  // The page changes its own address, which the frame does not see.
  draw: ({ desk, me }) =>
    html`<cmw-contacts-page
      .api=${contactsApi(desk.api)}
      .desk=${desk}
      .me=${me}
      .search=${live(location.search)}
    ></cmw-contacts-page>`,
};
