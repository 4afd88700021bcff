import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Mapping } from '../api/phone-types.js';
import { Saving } from '../base/saving.js';
import { choiceField, editorStyles, refusalNotice, textField, tick, tickStyles } from '../design/editor.js';
import { pageFrame, pagePart } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { clockTime } from '../i18n/format.js';
import { timeWords } from '../i18n/times.js';
import { type Case, type CaseChange, type HomologationApi, type Run, runPath } from './run.js';
import { dialWords, stateBadge, workWords } from './words.js';

/** A case: what to do by hand, what was seen, and the buttons to run and to decide it. `run-changed` has the new run. */
@localized()
@customElement('cmw-homologation-case')
export class HomologationCase extends LitElement {
  @property({ attribute: false }) api!: HomologationApi;
  @property({ attribute: false }) runId = '';
  @property({ attribute: false }) case!: Case;
  /** The phones of the run's account. */
  @property({ attribute: false }) phones: readonly Mapping[] = [];
  @property({ attribute: false }) timeZone = '';
  /** The names of agents by their ids. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();

  @state() private told: Readonly<Record<string, string>> = {};
  @state() private note: string | undefined;
  @state() private number = '';
  @state() private endpointId = '';
  @state() private confirmed = false;

  readonly #saving = new Saving(this);
  #last: CaseChange = { do: 'start' };

  protected override render(): TemplateResult {
    const { case: its } = this;
    return html`
      <article aria-labelledby="title">
        <div class="bar"><h3 id="title">${its.title}</h3>${stateBadge(its.state)}</div>
        <ol>${its.steps.map((step) => html`<li>${step}</li>`)}</ol>
        <div role="status">
          ${its.working ? html`<p class="working">${workWords(its.working, clockTime(Date.parse(its.working.until), this.timeZone))}</p>` : nothing}
        </div>
        ${this.#evidence(its)}
        ${its.advice ? html`<p class="notice">${its.advice}</p>` : nothing}
        ${its.working || its.state !== 'open' ? nothing : this.#fields(its)}
        ${this.#buttons(its)}
        ${refusalNotice(this.#saving, { again: () => this.#send(this.#last) })}
      </article>
    `;
  }

  #evidence(its: Case): TemplateResult {
    const who = its.decidedBy ? (this.names.get(its.decidedBy) ?? its.decidedBy) : undefined;
    return html`
      ${
        its.seen && its.seen.length > 0
          ? html`<div>
              <h4>${msg('Lo que se vio')}</h4>
              <ul class="rows">
                ${its.seen.map(
                  ({ at, what, raw }) => html`<li>
                    <span><time datetime=${at} class="quiet">${this.#time(at)}</time> ${what}</span>
                    ${raw ? html`<details><summary>${msg('Como llegó')}</summary><pre tabindex="0">${raw}</pre></details>` : nothing}
                  </li>`,
                )}
              </ul>
            </div>`
          : nothing
      }
      ${
        its.answers && its.answers.length > 0
          ? html`<div>
              <h4>${msg('Lo que responde')}</h4>
              <ul>${its.answers.map(({ label }) => html`<li>${label}</li>`)}</ul>
            </div>`
          : nothing
      }
      ${its.note ? html`<p><b>${msg('Nota:')}</b> ${its.note}</p>` : nothing}
      ${
        its.decidedAt
          ? html`<p class="quiet small">${msg('Decidida:')} ${this.#time(its.decidedAt)}${who ? ` · ${who}` : nothing}</p>`
          : nothing
      }
    `;
  }

  #fields(its: Case): TemplateResult {
    const saving = this.#saving;
    const fault = (key: string) => saving.fault(`told.${key}`);
    return html`
      ${its.kind === 'dial' ? this.#dial() : nothing}
      ${its.asks?.map(({ key, label, choices }) => {
        const value = this.told[key] ?? its.answers?.find(({ question }) => question === key)?.answer ?? '';
        const change = (text: string) => {
          this.told = { ...this.told, [key]: text };
        };
        return choices && choices.length > 0
          ? choiceField({
              id: `told-${key}`,
              label,
              value,
              choices: [['', msg('Elija una opción')], ...choices.map((one) => [one.value, one.label] as const)],
              fault: fault(key),
              change,
            })
          : textField({ id: `told-${key}`, label, value, maxLength: 2000, fault: fault(key), change });
      })}
      ${textField({
        id: 'note',
        label: msg('Nota (opcional)'),
        value: this.note ?? its.note ?? '',
        maxLength: 2000,
        fault: saving.fault('note'),
        change: (text) => {
          this.note = text;
        },
      })}
    `;
  }

  #dial(): TemplateResult {
    const saving = this.#saving;
    const phone = this.phones.find(({ endpointId }) => endpointId === this.endpointId);
    const fault = saving.fault('confirmed');
    // What was confirmed are these telephones: with another one it is to be confirmed again.
    const other = () => {
      this.confirmed = false;
    };
    return html`
      <div class="row">
        ${textField({
          id: 'number',
          label: msg('Número al que se llama'),
          value: this.number,
          maxLength: 64,
          fault: saving.fault('number'),
          change: (text) => {
            this.number = text;
            other();
          },
        })}
        ${choiceField({
          id: 'endpointId',
          label: msg('Teléfono'),
          value: this.endpointId,
          choices: [
            ['', msg('Elija un teléfono')],
            ...this.phones.map((one) => [one.endpointId, phoneName(one)] as const),
          ],
          fault: saving.fault('endpointId'),
          change: (endpointId) => {
            this.endpointId = endpointId;
            other();
          },
        })}
      </div>
      ${
        this.phones.length === 0
          ? html`<p class="quiet">
              ${msg('La cuenta no tiene teléfonos asignados.')} <a href="/phones">${msg('Asignar teléfonos')}</a>
            </p>`
          : nothing
      }
      <div>
        ${tick(dialWords(this.number, phone ? phoneName(phone) : ''), this.confirmed, (on) => {
          this.confirmed = on;
        })}
        <span class="field-error">${fault}</span>
      </div>
    `;
  }

  #buttons(its: Case): TemplateResult {
    const { busy } = this.#saving;
    const button = (words: string, change: () => CaseChange, primary = false) =>
      html`<button
        class=${primary ? 'primary' : ''}
        aria-disabled=${busy}
        aria-describedby="title"
        @click=${() => this.#send(change())}
      >${words}</button>`;
    if (its.working)
      return html`<div class="actions">${button(msg('Detener y evaluar'), () => ({ do: 'stop' }), true)}</div>`;
    if (its.state !== 'open')
      return html`<div class="actions">${button(msg('Abrir de nuevo'), () => ({ do: 'reopen' }))}</div>`;
    return html`
      <div class="actions">
        ${its.kind === 'byHand' ? nothing : button(startWords(its.kind), () => this.#start(its), true)}
        ${button(msg('Pasó'), () => this.#decide('passed'), its.kind === 'byHand')}
        ${button(msg('Falló'), () => this.#decide('failed'))}
        ${button(msg('Omitir'), () => ({ do: 'skip', ...this.#note() }))}
      </div>
    `;
  }

  #start({ kind }: Case): CaseChange {
    return kind === 'dial'
      ? {
          do: 'start',
          number: this.number,
          endpointId: this.endpointId,
          confirmed: this.confirmed,
          key: crypto.randomUUID(),
        }
      : { do: 'start' };
  }

  #decide(state: 'passed' | 'failed'): CaseChange {
    const told = Object.fromEntries(Object.entries(this.told).filter(([, text]) => text.trim() !== ''));
    return { do: 'decide', state, told, ...this.#note() };
  }

  #note(): { readonly note?: string } {
    const text = this.note?.trim();
    return text ? { note: text } : {};
  }

  async #send(change: CaseChange): Promise<void> {
    this.#last = change;
    await this.#saving.save(async () => {
      const run = await this.api.change<Run>(`${runPath(this.runId)}/cases/${encodeURIComponent(this.case.case)}`, {
        method: 'POST',
        body: change,
        // A dial waits for the operator's answer.
        timeoutMs: 60_000,
      });
      this.confirmed = false;
      if (change.do !== 'start' && change.do !== 'stop') {
        this.told = {};
        this.note = undefined;
      }
      this.dispatchEvent(new CustomEvent<Run>('run-changed', { detail: run }));
    });
    await this.updateComplete;
    // The button that was pressed may be gone.
    const { renderRoot } = this;
    if (!this.#saving.error && !renderRoot.querySelector(':focus')) {
      renderRoot.querySelector<HTMLElement>('.actions button')?.focus();
    }
  }

  #time(at: string): string {
    return timeWords(at, this.api.now(), this.timeZone);
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    pagePart,
    editorStyles,
    tickStyles,
    css`
      .check {
        min-block-size: var(--cmw-control);
      }

      article {
        display: grid;
        gap: var(--cmw-space-3);
        padding-block: var(--cmw-space-4);
        border-block-start: 1px solid var(--cmw-line);
      }

      article > .bar {
        justify-content: space-between;
      }

      ol {
        margin: 0;
        padding-inline-start: var(--cmw-space-5);
        list-style: decimal;
      }

      h4 {
        margin: 0;
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      .working {
        color: var(--cmw-accent);
        font: var(--cmw-type-strong);
      }
    `,
  ];
}

export const phoneName = ({ phone, label, endpointId }: Mapping): string =>
  label ? `${label} (${phone || endpointId})` : phone || endpointId;

function startWords(kind: Case['kind']): string {
  return kind === 'dial' ? msg('Llamar') : kind === 'watch' ? msg('Empezar a observar') : msg('Ejecutar');
}

declare global {
  interface HTMLElementTagNameMap {
    'cmw-homologation-case': HomologationCase;
  }
}
