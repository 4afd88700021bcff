import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Page } from '../base/page.js';
import { base } from '../design/shared.js';

/** The page for unknown addresses. */
@localized()
@customElement('cmw-no-such-page')
export class NoSuchPage extends LitElement {
  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1">${msg('Esta página no existe')}</h1>
      <p>${msg('Revise la dirección. Sus llamadas están en el escritorio.')}</p>
      <a href="/">${msg('Ir al escritorio')}</a>
    `;
  }

  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: var(--cmw-space-3);
        padding: 15vh var(--cmw-space-4) var(--cmw-space-6);
        text-align: center;
      }

      h1 {
        font: var(--cmw-type-hero);
      }

      h1:focus-visible {
        outline: none;
      }

      a {
        color: var(--cmw-accent);
        font: var(--cmw-type-strong);
      }
    `,
  ];
}

export const page: Page<unknown> = {
  title: () => msg('Esta página no existe'),
  draw: () => html`<cmw-no-such-page></cmw-no-such-page>`,
};
