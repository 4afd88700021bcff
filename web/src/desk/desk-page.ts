import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type Me, seesTeam } from '../api/types.js';
import { base } from '../design/shared.js';
import '../pop-ups/pop-up-list.js';
import './calls-list.js';
import type { Desk } from './desk.js';

/** The agent's page: the calls on the screen, and beside them today's. */
@localized()
@customElement('cmw-desk-page')
export class DeskPage extends LitElement {
  @property({ attribute: false }) desk!: Desk;
  @property({ attribute: false }) me: Me | undefined;
  @property({ type: Boolean }) demo = false;

  readonly #now = (): number => this.desk.api.now();

  protected override render(): TemplateResult {
    const { desk, me } = this;
    const team = me !== undefined && seesTeam(me);
    return html`
      <h1 class="visually-hidden">${msg('Escritorio de llamadas')}</h1>
      <div class=${team ? 'columns team' : 'columns'}>
        <cmw-pop-up-list
          .store=${desk.popUps}
          .endpoints=${me?.endpoints ?? []}
          .timeZone=${desk.calls.timeZone}
          .now=${this.#now}
        >
          ${this.demo ? html`<p slot="empty">${msg('Para probarla, use «Simular una llamada», arriba.')}</p>` : ''}
        </cmw-pop-up-list>
        <cmw-calls-list .store=${desk.calls} .now=${this.#now} .team=${team}></cmw-calls-list>
      </div>
    `;
  }

  static override styles = [
    base,
    css`
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(20rem, 26rem);
        align-items: start;
        gap: var(--cmw-space-6);
        max-inline-size: 76rem;
        margin-inline: auto;
        padding: var(--cmw-space-6) var(--cmw-space-5);
      }

      /* The team's list has a column more. */
      .columns.team {
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr);
      }

      @media (width < 56rem) {
        .columns,
        .columns.team {
          grid-template-columns: minmax(0, 1fr);
          gap: var(--cmw-space-5);
          padding: var(--cmw-space-4);
        }
      }
    `,
  ];
}
