import { msg } from '@lit/localize';
import { html } from 'lit';
import { firstStepsApi } from '../api/first-steps-api.js';
import { settingsApi } from '../api/settings-api.js';
import type { Me } from '../api/types.js';
import type { Page } from '../base/page.js';
import type { Desk } from '../desk/desk.js';
import './first-steps-page.js';

/** From an empty installation to the first call on a screen. */
export const page: Page<{ readonly desk: Desk; readonly me: Me | undefined }> = {
  title: () => msg('Primeros pasos'),
  draw: ({ desk, me }) =>
    html`<cmw-first-steps-page
      .api=${firstStepsApi(desk.api)}
      .settings=${settingsApi(desk.api)}
      .desk=${desk}
      .me=${me}
    ></cmw-first-steps-page>`,
};
