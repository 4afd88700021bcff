import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ImportedRow, MappingImport } from '../api/phone-types.js';
import type { PhonesApi } from '../api/phones-api.js';
import { saveFile } from '../base/save-file.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { pageFrame, pagePart } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';

const mostRows = 100;

/** The table of phones: stored as a file, and read from one after a look at what would change. */
@localized()
@customElement('cmw-phones-file')
export class PhonesFile extends LitElement {
  @property({ attribute: false }) api!: Pick<PhonesApi, 'file' | 'preview' | 'importFile'>;

  @state() private picked: File | undefined;
  @state() private view: MappingImport | undefined;
  @state() private isDone = false;
  @state() private said = '';

  readonly #saving = new Saving(this);

  #again: () => unknown = () => {};

  protected override render(): TemplateResult {
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${msg('La tabla de teléfonos')}</h2>
        <p class="quiet">
          ${msg('Guárdela, cámbiela en una hoja de cálculo y vuelva a leerla como CSV. Antes de guardar nada verá qué cambia. Una columna que falte en el archivo queda como está.')}
        </p>
        <div class="bar">
          <button @click=${this.#export}>${msg('Exportar CSV')}</button>
          <button aria-disabled=${this.#saving.busy} @click=${this.#choose}>${msg('Importar CSV')}</button>
          <input type="file" accept=".csv,.txt,text/csv" hidden @change=${this.#pick} />
        </div>
        <p class="said" role="status">${this.said}</p>
        ${refusalNotice(this.#saving, { again: () => this.#again() })}
        ${this.view ? this.#preview(this.view) : nothing}
      </section>
    `;
  }

  #preview(view: MappingImport): TemplateResult {
    const works = view.added + view.changed;
    const shown = view.rows.filter(({ action }) => action !== 'unchanged');
    return html`
      <div class="view" role="region" tabindex="-1" aria-label=${this.isDone ? msg('Lo que se importó') : msg('Lo que cambiaría')}>
        <p role="status" class="sum">${this.isDone ? doneWords(view) : previewWords(view, this.picked?.name ?? '')}</p>
        ${
          shown.length > 0
            ? html`<ul class="rows">
                ${shown.slice(0, mostRows).map(row)}
              </ul>`
            : nothing
        }
        ${shown.length > mostRows ? html`<p class="quiet">${msg(str`Y ${shown.length - mostRows} más.`)}</p>` : nothing}
        <div class="bar">
          ${
            !this.isDone && works > 0
              ? html`<button class="primary" aria-disabled=${this.#saving.busy} @click=${this.#import}>
                  ${works === 1 ? msg('Importar 1 teléfono') : msg(str`Importar ${works} teléfonos`)}
                </button>`
              : nothing
          }
          <button @click=${this.#close}>${this.isDone || works === 0 ? msg('Cerrar') : msg('Cancelar')}</button>
        </div>
      </div>
    `;
  }

  readonly #export = async (): Promise<void> => {
    this.#again = this.#export;
    await this.#saving.save(async () => saveFile(await this.api.file(), msg('telefonos.csv')));
  };

  readonly #choose = (): void => {
    if (!this.#saving.busy) this.renderRoot.querySelector('input')?.click();
  };

  async #pick(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // The same file can be picked again once it was corrected.
    input.value = '';
    this.said = '';
    if (!file) return;
    // What is imported is what was looked at, also where the file is changed meanwhile.
    const bytes = await file.arrayBuffer().catch(() => undefined);
    if (!bytes) {
      this.said = msg('No se pudo leer el archivo. Ábralo de nuevo.');
    } else if (this.#saving.busy) {
      // Nor may another file take its place.
      this.said = msg(str`${file.name} no se leyó: espere a que termine lo anterior y elíjalo de nuevo.`);
    } else {
      this.picked = new File([bytes], file.name, { type: file.type });
      await this.#look();
    }
  }

  readonly #look = async (): Promise<void> => {
    const { picked } = this;
    if (!picked) return;
    this.#again = this.#look;
    await this.#saving.save(async () => {
      this.view = undefined;
      this.view = await this.api.preview(picked);
      this.isDone = false;
    });
    this.renderRoot.querySelector<HTMLElement>('.view')?.focus();
  };

  readonly #import = async (): Promise<void> => {
    const { picked, view } = this;
    if (!picked || !view) return;
    // Where a phone has changed meanwhile, it is looked at again first.
    this.#again = () => (this.#saving.error?.status === 412 ? this.#look() : this.#import());
    await this.#saving.save(async () => {
      this.view = await this.api.importFile(picked, view.etag);
      this.isDone = true;
      this.dispatchEvent(new CustomEvent('imported'));
    });
  };

  readonly #close = (): void => {
    this.view = undefined;
    this.picked = undefined;
    this.renderRoot.querySelectorAll('button')[1]?.focus();
  };

  static override styles = [
    base,
    buttons,
    pageFrame,
    pagePart,
    css`
      .view,
      .problem {
        display: grid;
        justify-items: start;
        gap: var(--cmw-space-3);
      }

      .view:focus-visible {
        outline: none;
      }

      .rows {
        inline-size: 100%;
      }

      .sum {
        font: var(--cmw-type-strong);
      }

      .problem,
      .refused {
        color: var(--cmw-bad);
      }
    `,
  ];
}

function row({ line, endpointId, action, changes, errors }: ImportedRow): TemplateResult {
  const words = action === 'added' ? msg('Nuevo') : action === 'changed' ? msg('Cambia') : msg('No se importa');
  const tone = action === 'added' ? 'good' : action === 'changed' ? 'mended' : 'bad';
  return html`
    <li>
      <div class="bar">
        <span class=${`badge ${tone}`}>${words}</span>
        <strong>${endpointId || '—'}</strong>
        <span class="quiet small">${msg(str`línea ${line}`)}</span>
      </div>
      ${changes.map(({ field, before, after }) => html`<span>${field}: ${before || '—'} → ${after || '—'}</span>`)}
      ${errors.map((error) => html`<span class="refused">${error}</span>`)}
    </li>
  `;
}

const previewWords = (view: MappingImport, name: string): string =>
  msg(
    str`${name}. Nuevos: ${view.added}; cambian: ${view.changed}; quedan igual: ${view.unchanged}; no se importan: ${view.refused}. Todavía no se guardó nada.`,
  );

const doneWords = (view: MappingImport): string =>
  msg(
    str`Se importó. Nuevos: ${view.added}; cambiados: ${view.changed}; iguales: ${view.unchanged}; no importados: ${view.refused}.`,
  );
