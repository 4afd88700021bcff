import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LookupContact, LookupTest } from '../api/lookup-api.js';
import { Saving } from '../base/saving.js';
import { editorStyles, refusalNotice, textField } from '../design/editor.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import { numberWords } from '../i18n/times.js';

/** Asks the CRM about a number, and shows what came back. */
@localized()
@customElement('cmw-lookup-test')
export class LookupTester extends LitElement {
  @property({ attribute: false }) send!: (number: string) => Promise<LookupTest>;

  @state() private number = '';
  @state() private tested: LookupTest | undefined;

  readonly #saving = new Saving(this);

  protected override render(): TemplateResult {
    return html`
      <form novalidate @submit=${this.#submit}>
        ${textField({
          id: 'number',
          label: msg('Teléfono por el que se pregunta'),
          value: this.number,
          maxLength: 64,
          fault: this.#saving.fault('number'),
          change: (number) => {
            this.number = number;
            this.#saving.typed();
          },
        })}
        ${refusalNotice(this.#saving, { again: () => this.#test() })}
        <div class="actions">
          <button aria-disabled=${this.#saving.busy}>${msg('Probar')}</button>
        </div>
      </form>
      <div role="status">${this.#answer()}</div>
    `;
  }

  #answer(): TemplateResult | typeof nothing {
    const { tested } = this;
    if (this.#saving.busy) return html`<p class="quiet">${msg('Esperando la respuesta…')}</p>`;
    if (!tested) return nothing;
    const { answered, contacts, leftOut, milliseconds, why, answer, request } = tested;
    const time = numberWords(milliseconds);
    return html`
      <div class="answer">
        <p class=${answered ? 'good' : 'bad'}>
          ${
            !answered
              ? `${why} ${msg(str`(${time} ms)`)}`
              : contacts.length === 0
                ? msg(str`El CRM contestó en ${time} ms: nadie tiene ese número.`)
                : msg(str`El CRM contestó en ${time} ms:`)
          }
        </p>
        ${contacts.length > 0 ? html`<ul class="rows">${contacts.map(contactRow)}</ul>` : nothing}
        ${leftOut ? html`<p class="warn">${leftOut}</p>` : nothing}
        <details>
          <summary>${msg('Lo que se envió y lo que contestó')}</summary>
          <pre tabindex="0">${request.body}</pre>
          <pre tabindex="0">${answer ?? msg('Sin contenido')}</pre>
        </details>
      </div>
    `;
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#test();
  };

  #test(): Promise<void> {
    return this.#saving.save(async () => {
      this.tested = undefined;
      this.tested = await this.send(this.number.trim());
    });
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    fields,
    editorStyles,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-3);
        max-inline-size: none;
        margin: 0;
        padding: 0;
      }

      .answer {
        display: grid;
        gap: var(--cmw-space-2);
      }

      pre {
        margin-block-start: var(--cmw-space-2);
      }

      .good {
        color: var(--cmw-live);
      }

      .warn {
        color: var(--cmw-warn);
      }

      .bad {
        color: var(--cmw-bad);
      }

      form {
        max-inline-size: 24rem;
      }
    `,
  ];
}

const contactRow = ({ name, numbers = [], link }: LookupContact): TemplateResult => html`
  <li>
    <strong>${link ? html`<a href=${link} target="_blank" rel="noopener noreferrer">${name ?? numbers[0]}</a>` : (name ?? numbers[0])}</strong>
    <span class="quiet small">${numbers.join(' · ')}</span>
  </li>
`;
