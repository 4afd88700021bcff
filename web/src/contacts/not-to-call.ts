import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DoNotCall } from '../api/do-not-call-api.js';
import { base } from '../design/shared.js';
import { shortDay } from '../i18n/format.js';

/** Says which numbers must not be called, why and since when. */
@localized()
@customElement('cmw-not-to-call')
export class NotToCall extends LitElement {
  @property({ attribute: false }) entries: readonly DoNotCall[] = [];
  @property({ attribute: false }) timeZone = '';

  protected override render(): TemplateResult {
    return html`
      <ul aria-label=${msg('No llamar')}>
        ${this.entries.map(
          ({ display, reason, addedAt }) => html`
            <li>
              <strong>${msg(str`No llamar al ${display}`)}</strong>
              ${reason ? msg(str`Desde el ${this.#day(addedAt)}: ${reason}`) : msg(str`Desde el ${this.#day(addedAt)}`)}
            </li>
          `,
        )}
      </ul>
    `;
  }

  #day(at: string): string {
    return shortDay(Date.parse(at), this.timeZone);
  }

  static override styles = [
    base,
    css`
      ul {
        display: grid;
        gap: var(--cmw-space-2);
        margin-block-end: var(--cmw-space-4);
      }

      li {
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
        font: var(--cmw-type-small);
        overflow-wrap: anywhere;
      }

      strong {
        display: block;
        font: var(--cmw-type-strong);
      }
    `,
  ];
}
