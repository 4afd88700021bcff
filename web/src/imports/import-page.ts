import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ContactImport, ImportUndo } from '../api/import-types.js';
import type { ImportsApi } from '../api/imports-api.js';
import { isAdmin, type Me } from '../api/types.js';
import { Reading, Repeating } from '../base/reading.js';
import { saveFile } from '../base/save-file.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { fact, pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { shortDay } from '../i18n/format.js';
import { defaultZone, numberWords, timeWords } from '../i18n/times.js';
import { fieldWords, isMoving, isUnderWay, keyWords, nameOf, ruleWords, stateBadge } from './import-words.js';

const everyMs = 1_000;

/** One import: how far it is, what came of it, its refused rows, and its undo. */
@localized()
@customElement('cmw-import-page')
export class ImportPage extends LitElement {
  @property({ attribute: false }) api!: ImportsApi;
  @property({ attribute: false }) me: Me | undefined;
  @property({ attribute: false }) importId = '';

  /** True while it asks whether the import is to be undone. */
  @state() private asking = false;

  readonly #import = new Reading<ContactImport>(this, () => this.api.get(this.importId));
  readonly #saving = new Saving(this);
  #again: () => unknown = () => {};

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => this.#import.value !== undefined && isMoving(this.#import.value),
      () => this.#import.read(),
    );
  }

  get #may(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('importId')) {
      this.#import.clear();
      this.asking = false;
    }

    if ((changed.has('importId') || changed.has('me')) && this.#may) void this.#import.read();
  }

  protected override render(): TemplateResult {
    const { value } = this.#import;
    return html`
      <p><a href="/contact-imports">${msg('Todas las importaciones')}</a></p>
      <h1 tabindex="-1">${value ? nameOf(value) : msg('Importación')}</h1>
      ${this.me && !this.#may ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${
        this.#may
          ? readingBody(
              this.#import,
              msg('No se pudo leer la importación.'),
              (each) => html`${this.#result(each)} ${this.#how(each)}`,
            )
          : nothing
      }
    `;
  }

  #result(each: ContactImport): TemplateResult {
    const timeZone = this.me?.timeZone ?? defaultZone;
    const share = each.rows > 0 ? each.read / each.rows : 0;
    return html`
      <section aria-labelledby="result">
        <div class="bar">
          <h2 id="result">${msg('Resultado')}</h2>
          <span role="status">${stateBadge(each)}</span>
          <time class="quiet small" datetime=${each.createdAt}>${timeWords(each.createdAt, this.api.now(), timeZone)}</time>
        </div>
        ${
          isUnderWay(each)
            ? html`
                <progress max="1" .value=${share} aria-label=${msg('Avance de la importación')}>${Math.round(share * 100)} %</progress>
                <p>${msg(str`${numberWords(each.read)} de ${numberWords(each.rows)} filas. Puede cerrar esta página: la importación sigue.`)}</p>
              `
            : nothing
        }
        <dl class="facts">
          ${fact(msg('Filas'), numberWords(each.rows))} ${fact(msg('Contactos nuevos'), numberWords(each.added))}
          ${fact(msg('Contactos cambiados'), numberWords(each.changed))} ${fact(msg('Ya estaban'), numberWords(each.skipped))}
          ${fact(msg('Filas rechazadas'), numberWords(each.refused))}
        </dl>
        ${each.error ? html`<p class=${each.state === 'failed' ? 'bad' : 'warn'}>${each.error}</p>` : nothing}
        ${
          each.ending
            ? html`<p role="status">${msg('Antes se terminan de importar las filas que ya empezaron.')}</p>`
            : nothing
        }
        ${
          (each.state === 'failed' || each.state === 'cancelled') && !each.ending
            ? html`<p>${msg(str`Se trabajaron ${numberWords(each.read)} de ${numberWords(each.rows)} filas. Lo que se importó queda guardado hasta que lo deshaga.`)}</p>`
            : nothing
        }
        ${this.#undone(each)} ${this.#actions(each, timeZone)} ${refusalNotice(this.#saving, { again: () => this.#again() })}
      </section>
    `;
  }

  /** What is counted is not read aloud: it changes each second, and would never come to its end. */
  #undone({ undo }: ContactImport): TemplateResult | typeof nothing {
    if (!undo) return nothing;
    return html`
      ${
        isUnderWay(undo)
          ? html`<progress max="1" .value=${undo.progress} aria-label=${msg('Avance de la anulación')}>${Math.round(undo.progress * 100)} %</progress>`
          : nothing
      }
      <p class="said">${isUnderWay(undo) ? undoneWords(undo) : nothing}</p>
      <p class="said" role="status">${isUnderWay(undo) ? nothing : undoneWords(undo)}</p>
    `;
  }

  #actions(each: ContactImport, timeZone: string): TemplateResult {
    const mayUndo =
      !isUnderWay(each) &&
      !each.ending &&
      each.added + each.changed > 0 &&
      (each.undo === undefined || each.undo.state === 'failed') &&
      Date.parse(each.keptUntil) > this.api.now();
    return html`
      <div class="bar">
        ${
          isUnderWay(each)
            ? html`<button aria-disabled=${this.#saving.busy} @click=${() => this.#change(() => this.api.cancel(each.importId))}>
                ${msg('Cancelar la importación')}
              </button>`
            : nothing
        }
        ${
          each.refused > 0
            ? html`<button aria-disabled=${this.#saving.busy} @click=${() => this.#download(each)}>${msg('Descargar filas rechazadas')}</button>`
            : nothing
        }
        ${mayUndo && !this.asking ? html`<button class="undo" @click=${this.#ask}>${msg('Deshacer la importación')}</button>` : nothing}
      </div>
      ${
        mayUndo && this.asking
          ? html`<div class="notice" role="alertdialog" aria-labelledby="sure">
              <p id="sure">
                ${msg('¿Deshacer? Se quitan los contactos que agregó y los que cambió vuelven a como estaban.')}
                ${msg(str`Se puede hasta el ${shortDay(Date.parse(each.keptUntil), timeZone)}.`)}
              </p>
              <button class="sure" @click=${() => this.#undo(each)}>${msg('Sí, deshacer')}</button>
              <button @click=${this.#dontUndo}>${msg('No')}</button>
            </div>`
          : nothing
      }
    `;
  }

  #how({ columns, duplicates, by }: ContactImport): TemplateResult {
    return html`
      <section aria-labelledby="how">
        <h2 id="how">${msg('Cómo se importó')}</h2>
        <dl class="facts wide">
          ${fact(msg('Un contacto ya está si coincide'), keyWords[by]())} ${fact(msg('Si el contacto ya está'), ruleWords[duplicates]())}
        </dl>
        <dl class="facts">
          ${columns.map(({ name, field }) => fact(name || '—', field ? this.#nameOfField(field) : html`<span class="quiet">${msg('No se importó')}</span>`))}
        </dl>
      </section>
    `;
  }

  /** As the form before the import named it; one that the office has no more by its key. */
  #nameOfField(field: string): string {
    return this.me?.contactFields?.find(({ key }) => key === field)?.label ?? fieldWords(field);
  }

  async #change(make: () => Promise<ContactImport>): Promise<void> {
    this.#again = () => this.#change(make);
    await this.#saving.save(async () => this.#import.take(await make()));
  }

  async #download({ importId }: ContactImport): Promise<void> {
    this.#again = () => this.#download({ importId } as ContactImport);
    await this.#saving.save(async () => saveFile(await this.api.refused(importId), msg('filas-rechazadas.csv')));
  }

  readonly #ask = async (): Promise<void> => {
    this.asking = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.sure')?.focus();
  };

  readonly #dontUndo = async (): Promise<void> => {
    this.asking = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.undo')?.focus();
  };

  async #undo({ importId }: ContactImport): Promise<void> {
    this.asking = false;
    await this.#change(() => this.api.undo(importId));
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      progress {
        inline-size: 100%;
        block-size: 0.5rem;
        accent-color: var(--cmw-accent);
      }

      .bad,
      .problem {
        color: var(--cmw-bad);
      }

      .warn {
        color: var(--cmw-warn);
      }

      .bar:empty {
        display: none;
      }

      .wide {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr));
      }
    `,
  ];
}

function undoneWords({ state, error, undone, kept }: ImportUndo): string {
  const words =
    state === 'failed'
      ? (error ?? msg('No se pudo deshacer.'))
      : undone === 1
        ? msg('Se deshizo 1 contacto.')
        : msg(str`Se deshicieron ${numberWords(undone)} contactos.`);
  return kept > 0 ? `${words} ${keptWords(kept)}` : words;
}

const keptWords = (kept: number): string =>
  kept === 1
    ? msg('Otro queda como está, porque alguien lo cambió después.')
    : msg(str`Otros ${numberWords(kept)} quedan como están, porque alguien los cambió después.`);
