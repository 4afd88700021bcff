import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SettingsApi, StoredOutcomes } from '../api/settings-api.js';
import type { OutcomeMeaning } from '../api/settings-types.js';
import type { Outcome, Requirement } from '../api/types.js';
import { Saving } from '../base/saving.js';
import { SharedRules } from '../base/shared-rules.js';
import { choiceField, editorStyles, type SettingsEditor, savedWords, textField, tick } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { currentLocale } from '../i18n/locale.js';
import { type OutcomeRow, outcomeRowOf, outcomesOf } from './outcome-rows.js';
import { rowStyles, rowTools, tool } from './row-tools.js';
import { keepCodes, RuleRows, rulesSection } from './rule-rows.js';

const mostOutcomes = 100;

/** The results of a call to choose among. One that calls may have is archived, and they keep its name. */
@localized()
@customElement('cmw-outcomes')
export class OutcomesEditor extends LitElement implements SettingsEditor {
  @property({ attribute: false }) api!: Pick<SettingsApi, 'outcomes' | 'setOutcomes'>;

  readonly #saving = new Saving(this);
  readonly #rules: SharedRules<StoredOutcomes, readonly OutcomeRow[]> = new SharedRules<
    StoredOutcomes,
    readonly OutcomeRow[]
  >(this.#saving, {
    read: () => this.api.outcomes(),
    write: async (rows, etag) => {
      const stored = await this.api.setOutcomes({ items: outcomesOf(rows), ...(etag ? { etag } : {}) });
      // The fields have a page of their own, and did not change.
      return { ...stored, fields: this.#rules.stands?.fields ?? [] };
    },
    typedOf: ({ items }) => items.map(outcomeRowOf),
    keepCodes: keepCodes(({ code, stored }) => ({ code, stored })),
  });

  readonly #rows = new RuleRows(this, this.#rules, () => outcomeRowOf());

  get isDirty(): boolean {
    return this.#rules.isDirty;
  }

  protected override firstUpdated(): void {
    void this.#rules.read();
  }

  protected override render(): TemplateResult {
    return rulesSection({
      words: msg('Resultados'),
      about: msg(
        'Lo que un agente puede anotar de una llamada, en este orden. Uno que ya se usó no se borra: se archiva, y las llamadas que lo tienen conservan su nombre.',
      ),
      rules: this.#rules,
      saving: this.#saving,
      form: () => this.#form(),
      entries: ({ items }) => items.map(entryOf),
    });
  }

  #form(): TemplateResult {
    const rows = this.#rules.typed;
    const fault = this.#saving.fault('items');
    const archived = rows.filter(({ active }) => !active);
    return html`
      <form novalidate @submit=${this.#rows.submit}>
        <ol>
          ${rows.map((row, place) => (row.active ? this.#row(row, place) : nothing))}
        </ol>
        ${fault ? html`<span class="field-error">${fault}</span>` : nothing}
        ${
          archived.length > 0
            ? html`<details>
                <summary>${archivedWords(archived.length)}</summary>
                <ul class="archived">
                  ${rows.map((row, place) => (row.active ? nothing : this.#archived(row, place)))}
                </ul>
              </details>`
            : nothing
        }
        <div class="actions">
          ${
            rows.length < mostOutcomes
              ? html`<button type="button" class="add" @click=${this.#rows.add}>${msg('Agregar un resultado')}</button>`
              : nothing
          }
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
          ${savedWords(this.#saving, this.isDirty)}
        </div>
      </form>
    `;
  }

  #row(row: OutcomeRow, place: number): TemplateResult {
    const name = row[currentLocale()] || row.es || row.en || msg(str`Resultado ${place + 1}`);
    const at = `items[${place}]`;
    const active = this.#rules.typed.filter((other) => other.active);
    const tools = {
      name,
      place: active.indexOf(row),
      id: place,
      count: active.length,
      move: (step: number) => this.#move(place, step),
      remove: () => this.#remove(place),
    };
    return html`
      <li>
        <fieldset id=${`row-${place}`}>
          <legend>${name}</legend>
          ${row.stored ? rowTools({ ...tools, removeWords: msg(str`Archivar: ${name}`) }) : rowTools(tools)}
          <div class="row">
            ${textField({
              id: `es-${place}`,
              label: msg('Nombre en español'),
              value: row.es,
              maxLength: 80,
              // A new outcome's code is made of this name: what is wrong with the code is mended here.
              fault: this.#saving.fault(`${at}.es`, ...(row.code ? [] : [`${at}.code`])),
              change: (es) => this.#rows.change(place, { es }),
            })}
            ${textField({
              id: `en-${place}`,
              label: msg('Nombre en inglés'),
              value: row.en,
              maxLength: 80,
              fault: this.#saving.fault(`${at}.en`),
              change: (en) => this.#rows.change(place, { en }),
            })}
            ${choiceField({
              id: `means-${place}`,
              label: msg('Qué significa'),
              value: row.means,
              choices: meanings(),
              fault: this.#saving.fault(`${at}.means`),
              change: (means) => this.#rows.change(place, { means }),
            })}
            ${textField({
              id: `code-${place}`,
              label: msg('Código (no cambia)'),
              value: row.code,
              maxLength: 40,
              readOnly: row.stored,
              fault: row.code ? this.#saving.fault(`${at}.code`) : '',
              change: (code) => this.#rows.change(place, { code }),
            })}
          </div>
          <div class="checks" role="group" aria-label=${msg(str`Lo que pide: ${name}`)}>
            <span class="quiet">${msg('Pide:')}</span>
            ${requirements().map(([part, words]) =>
              tick(words, row.requires[part] === true, (on) =>
                this.#rows.change(place, { requires: { ...row.requires, [part]: on } }),
              ),
            )}
          </div>
          ${this.#ownFields(row)}
        </fieldset>
      </li>
    `;
  }

  #ownFields({ code, stored }: OutcomeRow): TemplateResult | typeof nothing {
    if (!stored) return nothing;
    const own = (this.#rules.stands?.fields ?? []).filter(
      ({ outcomes }) => outcomes.length === 0 || outcomes.includes(code),
    );
    const names = own.map((field) => field[currentLocale()]).join(', ');
    return html`<p class="quiet small">
      ${names ? msg(str`Campos propios: ${names}.`) : msg('Sin campos propios.')}
      <a href="/settings/wrap-up-fields">${msg('Cambiar los campos')}</a>
    </p>`;
  }

  #archived(row: OutcomeRow, place: number): TemplateResult {
    const name = row[currentLocale()];
    return html`<li>
      <span>${name}</span>
      ${tool(msg(str`Volver a usar: ${name}`), msg('Volver a usar'), true, () => this.#rows.change(place, { active: true }), `again-${place}`)}
    </li>`;
  }

  /** Past the next one that is shown: archived ones stand between. */
  #move(place: number, step: number): void {
    const rows = this.#rules.typed;
    let to = place + step;
    while (rows[to] && !rows[to]?.active) to += step;
    this.#rows.move(place, to);
  }

  /** Calls may have one that is stored: it is archived. */
  #remove(place: number): void {
    if (this.#rules.typed[place]?.stored) this.#rows.change(place, { active: false });
    else this.#rules.rearrange(this.#rules.typed.filter((_, other) => other !== place));
    void this.#rows.focus(undefined);
  }

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    rowStyles,
    css`
      /* The longest meaning can be read. */
      .row {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
      }

      .checks {
        align-items: center;
      }

      .small {
        font: var(--cmw-type-small);
      }

      a {
        color: var(--cmw-accent);
      }

      summary {
        inline-size: fit-content;
        padding-block: var(--cmw-space-1);
        color: var(--cmw-accent);
        font: var(--cmw-type-label);
        cursor: pointer;
      }

      .archived li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--cmw-space-3);
      }

      .archived button {
        inline-size: auto;
        padding-inline: var(--cmw-space-3);
        color: var(--cmw-accent);
      }
    `,
  ];
}

const entryOf = (outcome: Outcome) => ({ key: outcome.code, name: outcome.es, content: outcome });

const archivedWords = (count: number): string => (count === 1 ? msg('1 archivado') : msg(str`${count} archivados`));

const requirements = (): readonly (readonly [Requirement, string])[] => [
  ['note', msg('una nota')],
  ['followUp', msg('un seguimiento')],
  ['promise', msg('una promesa')],
  ['charge', msg('un cargo')],
];

const meanings = (): readonly (readonly [OutcomeMeaning, string])[] => [
  ['nothing', msg('Nada más')],
  ['promise', msg('Promete pagar')],
  ['wrongNumber', msg('El número no es de esa persona')],
  ['doNotCall', msg('No quiere que la llamen')],
  ['notReached', msg('No se le localizó')],
];
