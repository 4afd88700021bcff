import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { WrapUp } from '../api/types.js';
import { base, buttons } from '../design/shared.js';
import { dayAndTime } from '../i18n/format.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import { wrapUpLines } from './wrap-up-words.js';

/** Shows what somebody else wrote meanwhile, and lets the agent choose. Fires `keep-mine` and `take-theirs`. */
@localized()
@customElement('cmw-wrap-up-conflict')
export class WrapUpConflict extends LitElement {
  @property({ attribute: false }) theirs!: WrapUp;
  @property({ attribute: false }) outcomes!: OutcomesStore;
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  /** True if it was the agent, in another window. */
  @property({ type: Boolean }) own = false;

  override focus(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  protected override render(): TemplateResult {
    const { theirs } = this;
    const time = dayAndTime(Date.parse(theirs.updatedAt), this.timeZone);
    const outcome = theirs.outcome ? this.outcomes.label(theirs.outcome) : msg('Sin resultado');
    return html`
      <div class="clash" role="alert">
        <p>
          <strong>
            ${this.own ? msg(str`Usted cambió esto en otra ventana (${time}):`) : msg(str`${theirs.agentName ?? theirs.agentId} cambió esto (${time}):`)}
          </strong>
        </p>
        ${[outcome, ...wrapUpLines(theirs, this.timeZone), ...this.outcomes.fieldLines(theirs.fields)].map((line) => html`<p class="their">${line}</p>`)}
        <p>${msg('Lo que escribió usted está arriba, y nada se pierde hasta que elija.')}</p>
        <div class="choice">
          <button type="button" @click=${() => this.dispatchEvent(new Event('keep-mine'))}>${msg('Conservar mi versión')}</button>
          <button type="button" @click=${() => this.dispatchEvent(new Event('take-theirs'))}>${msg('Usar la otra')}</button>
        </div>
      </div>
    `;
  }

  static override styles = [
    base,
    buttons,
    css`
      .clash {
        display: grid;
        gap: var(--cmw-space-2);
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-warn-ground);
      }

      .clash strong {
        color: var(--cmw-warn);
      }

      .their {
        padding-inline-start: var(--cmw-space-3);
        border-inline-start: 3px solid var(--cmw-warn);
        white-space: pre-line;
        overflow-wrap: anywhere;
      }

      .choice {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-1) var(--cmw-space-2);
      }
    `,
  ];
}
