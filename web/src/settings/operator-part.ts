import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SettingsApi } from '../api/settings-api.js';
import type { Me } from '../api/types.js';
import { pageFrame } from '../design/page-frame.js';
import { base } from '../design/shared.js';
import { defaultZone } from '../i18n/times.js';
import '../operator/operator-accounts.js';
import '../operator/webhook-keys.js';

/** The connection with the operator: its accounts and the webhook's keys, shown and tested, and not edited. */
@localized()
@customElement('cmw-operator-part')
export class OperatorPart extends LitElement {
  @property({ attribute: false }) api!: SettingsApi;
  @property({ attribute: false }) me: Me | undefined;

  readonly isDirty = false;

  protected override render(): TemplateResult {
    const timeZone = this.me?.timeZone ?? defaultZone;
    const signIn = this.me?.host?.signIn ?? 'password';
    return html`
      <section aria-labelledby="accounts">
        <h2 id="accounts">${msg('Cuentas del operador')}</h2>
        <cmw-operator-accounts .api=${this.api} .timeZone=${timeZone} .signIn=${signIn}></cmw-operator-accounts>
      </section>
      <section aria-labelledby="keys">
        <h2 id="keys">${msg('Dirección para los avisos del operador')}</h2>
        <cmw-webhook-keys .api=${this.api} .timeZone=${timeZone} .signIn=${signIn}></cmw-webhook-keys>
      </section>
    `;
  }

  static override styles = [
    base,
    pageFrame,
    css`
      :host {
        max-inline-size: none;
        margin: 0;
        padding: 0;
      }
    `,
  ];
}
