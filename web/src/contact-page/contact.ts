import { msg } from '@lit/localize';
import { html } from 'lit';
import { contactsApi } from '../api/contacts-api.js';
import type { Me } from '../api/types.js';
import { partOf } from '../base/addresses.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './contact-page.js';

/** A contact with all that there was with it. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined }> = {
  title: () => msg('Contacto'),
  draw: ({ desk, me }, { contactId }) =>
    html`<cmw-contact-page
      .api=${contactsApi(desk.api)}
      .desk=${desk}
      .me=${me}
      .contactId=${partOf(contactId) ?? ''}
    ></cmw-contact-page>`,
};
