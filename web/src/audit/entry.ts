import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AuditEntry, Json } from '../api/audit-types.js';
import { base, buttons } from '../design/shared.js';
import { timeWords } from '../i18n/times.js';
import { type Difference, differences, isObject } from './differences.js';
import { addressOf } from './filter.js';
import { fieldWords, pathWords, type ValueContext, valueWords } from './value-words.js';
import { idWords, whatWords } from './what-words.js';

/** More differences are unfolded. */
const mostShown = 5;

/** One entry: who did what, when and from where, and what is different now. */
@localized()
@customElement('cmw-audit-entry')
export class Entry extends LitElement {
  @property({ attribute: false }) entry!: AuditEntry;
  @property({ attribute: false }) context!: ValueContext;

  @state() private isWhole = false;
  @state() private isRaw = false;

  protected override render(): TemplateResult {
    const { entry, context } = this;
    // Which one it is stands above already.
    const all = differences(entry.before, entry.after).filter(
      ({ path, before, after }) => path.length > 1 || (after ?? before) !== entry.id,
    );
    const shown = this.isWhole ? all : all.slice(0, mostShown);
    return html`
      <div class="head">
        <h3>${whatWords(entry)}</h3>
        <time datetime=${entry.at}>${timeWords(entry.at, context.now, context.timeZone)}</time>
      </div>
      <p class="quiet">
        ${this.#who(entry)}<span class="of">${this.#of(entry)}</span>${
          entry.address ? html`<span class="address">${msg(str`desde ${entry.address}`)}</span>` : nothing
        }
      </p>
      ${this.#changes(entry, shown)}
      ${
        all.length > shown.length
          ? html`<button class="bare" aria-expanded="false" @click=${this.#unfold}>
              ${msg(str`Mostrar los ${all.length} campos`)}
            </button>`
          : nothing
      }
      ${
        entry.cut
          ? html`<p class="quiet">${msg('Estos campos eran muy largos y se guardó solo su comienzo:')} ${entry.cut.map((field) => (field === '*' ? msg('Todo') : fieldWords(field, entry.what))).join(', ')}</p>`
          : nothing
      }
      ${
        entry.erasedAt
          ? html`<p class="quiet">${msg('Lo que cambió se borró, a solicitud de la persona.')}</p>`
          : nothing
      }
      ${entry.before === undefined && entry.after === undefined ? nothing : this.#raw(entry)}
    `;
  }

  #who({ who, whoName }: AuditEntry): TemplateResult {
    if (!who) return html`<span>${msg('El sistema')}</span>`;
    return html`<a href=${addressOf({ who })}>${whoName ?? this.context.agentName(who) ?? who}</a>`;
  }

  /** What it is about: its name where it has one. */
  #of({ id, before, after }: AuditEntry): TemplateResult {
    const name = nameIn(after) ?? nameIn(before) ?? idWords(id);
    return html`<a href=${addressOf({ id })} aria-label=${msg(str`Ver todos los cambios de ${name}`)}>${name}</a>`;
  }

  #changes({ before, after }: AuditEntry, shown: readonly Difference[]): TemplateResult | typeof nothing {
    if (shown.length === 0) {
      return before !== undefined && after !== undefined
        ? html`<p class="quiet">${msg('Se guardó sin cambiar nada.')}</p>`
        : nothing;
    }

    const isChange = before !== undefined && after !== undefined;
    return html`<dl>${shown.map((each) => this.#difference(each, isChange))}</dl>`;
  }

  #difference({ path, before, after }: Difference, isChange: boolean): TemplateResult {
    const words = (value: Json | undefined) => valueWords(value, path, this.entry.what, this.context);
    return html`
      <div>
        <dt>${pathWords(path, this.entry.what)}</dt>
        <dd>
          ${
            isChange
              ? html`<del><span class="visually-hidden">${msg('antes:')} </span>${words(before)}</del>
                  <span aria-hidden="true">→</span>
                  <ins><span class="visually-hidden">${msg('después:')} </span>${words(after)}</ins>`
              : words(after ?? before)
          }
        </dd>
      </div>
    `;
  }

  #raw(entry: AuditEntry): TemplateResult {
    return html`
      <details @toggle=${(event: Event) => (this.isRaw = (event.target as HTMLDetailsElement).open)}>
        <summary>${msg('Datos completos')}</summary>
        ${
          this.isRaw
            ? html`<pre tabindex="0" aria-label=${msg('Datos completos')}>${JSON.stringify(
                { what: entry.what, id: entry.id, before: entry.before, after: entry.after },
                undefined,
                2,
              )}</pre>`
            : nothing
        }
      </details>
    `;
  }

  /** The button goes, so the focus goes to what follows it. */
  async #unfold(): Promise<void> {
    this.isWhole = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('summary')?.focus();
  }

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-1);
        overflow-wrap: anywhere;
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: 0 var(--cmw-space-4);
      }

      h3 {
        font: var(--cmw-type-strong);
      }

      time,
      .quiet {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
        font-variant-numeric: tabular-nums;
      }

      p > * + *::before {
        content: ' · ';
        white-space: pre;
      }

      a {
        color: var(--cmw-accent);
      }

      dl {
        display: grid;
        gap: var(--cmw-space-1);
        margin: var(--cmw-space-1) 0 0;
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border-radius: var(--cmw-radius-s);
        background: var(--cmw-sunken);
        font: var(--cmw-type-small);
      }

      dl > div {
        display: grid;
        grid-template-columns: minmax(8rem, 16rem) minmax(0, 1fr);
        gap: 0 var(--cmw-space-3);
      }

      dt {
        color: var(--cmw-quiet);
      }

      dd {
        margin: 0;
      }

      del {
        color: var(--cmw-quiet);
      }

      ins {
        font-weight: 600;
        text-decoration: none;
      }

      button.bare {
        justify-self: start;
        min-block-size: 2rem;
        padding-inline: var(--cmw-space-2);
        color: var(--cmw-accent);
        font: var(--cmw-type-label);
      }

      details {
        font: var(--cmw-type-small);
      }

      summary {
        inline-size: fit-content;
        padding-block: var(--cmw-space-1);
        color: var(--cmw-accent);
        font: var(--cmw-type-label);
        cursor: pointer;
      }

      pre {
        max-block-size: 16rem;
        margin: 0;
        padding: var(--cmw-space-3);
        overflow: auto;
        border-radius: var(--cmw-radius-s);
        background: var(--cmw-sunken);
        font: 400 0.8125rem / 1.45 ui-monospace, monospace;
        white-space: pre-wrap;
      }

      @media (width < 40rem) {
        dl > div {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];
}

/** What a thing is called in it. */
function nameIn(value: Json | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const name = [value.name, value.label].find((one) => typeof one === 'string' && one !== '');
  return typeof name === 'string' ? name : undefined;
}
