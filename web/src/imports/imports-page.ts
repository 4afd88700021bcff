import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ContactImport } from '../api/import-types.js';
import type { ImportsApi } from '../api/imports-api.js';
import { isAdmin, type Me, type Page } from '../api/types.js';
import { Reading, Repeating } from '../base/reading.js';
import { saveFile } from '../base/save-file.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { defaultZone, timeWords } from '../i18n/times.js';
import { countsWords, importAddress, isMoving, nameOf, stateBadge } from './import-words.js';
import './new-import.js';

const everyMs = 3_000;

/** A new import, and the earlier ones. */
@localized()
@customElement('cmw-imports-page')
export class ImportsPage extends LitElement {
  @property({ attribute: false }) api!: ImportsApi;
  @property({ attribute: false }) me: Me | undefined;

  /** The pages behind the first one, as far as they were asked for. */
  @state() private more: readonly Page<ContactImport>[] = [];

  readonly #list = new Reading(this, () => this.api.list());
  readonly #exporting = new Saving(this);

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => this.#list.value?.items.some(isMoving) === true,
      () => this.#list.read(),
    );
  }

  get #may(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.#may && !this.#list.value) void this.#list.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1">${msg('Importar contactos')}</h1>
      ${this.me && !this.#may ? html`<p>${msg('Esta página es de un administrador.')}</p>` : nothing}
      ${this.#may ? html`<cmw-new-import .api=${this.api}></cmw-new-import> ${this.#earlier()} ${this.#export()}` : nothing}
    `;
  }

  #earlier(): TemplateResult {
    return html`
      <section aria-labelledby="earlier">
        <h2 id="earlier">${msg('Importaciones anteriores')}</h2>
        ${readingBody(this.#list, msg('No se pudieron leer las importaciones.'), (first) => {
          const pages = [first, ...this.more];
          const items = pages.flatMap((page) => page.items);
          const next = pages.at(-1)?.next;
          return items.length === 0
            ? html`<div class="empty">
                <p>${msg('Todavía no hay importaciones')}</p>
                <p>${msg('Suba arriba el primer archivo. Cada importación queda aquí, y durante 14 días se puede deshacer.')}</p>
              </div>`
            : html`
                <ul class="rows">
                  ${items.map((each) => this.#row(each))}
                </ul>
                ${next ? html`<button @click=${() => this.#readMore(next)}>${msg('Ver más')}</button>` : nothing}
              `;
        })}
      </section>
    `;
  }

  #row(each: ContactImport): TemplateResult {
    return html`
      <li>
        <div class="bar">
          <a href=${importAddress(each.importId)}><strong>${nameOf(each)}</strong></a>
          ${stateBadge(each)}
          <time class="quiet small" datetime=${each.createdAt}>
            ${timeWords(each.createdAt, this.api.now(), this.me?.timeZone ?? defaultZone)}
          </time>
        </div>
        <span class="quiet small">${countsWords(each)}</span>
      </li>
    `;
  }

  #export(): TemplateResult {
    return html`
      <section aria-labelledby="export">
        <h2 id="export">${msg('Exportar contactos')}</h2>
        <p class="quiet">
          ${msg('Guarda todos los contactos en un archivo CSV. Puede cambiarlo en la hoja de cálculo e importarlo otra vez: cada fila vuelve a su contacto por el código.')}
        </p>
        <div><button aria-disabled=${this.#exporting.busy} @click=${this.#save}>${msg('Exportar CSV')}</button></div>
        <p class="said" role="status">${this.#exporting.busy ? msg('Preparando el archivo…') : nothing}</p>
        ${refusalNotice(this.#exporting, { again: this.#save })}
      </section>
    `;
  }

  async #readMore(next: string): Promise<void> {
    try {
      this.more = [...this.more, await this.api.list(next)];
    } catch {
      // The first page tells what is wrong.
      await this.#list.read();
    }
  }

  readonly #save = (): Promise<void> =>
    this.#exporting.save(async () => {
      const day = new Date(this.api.now()).toLocaleDateString('en-CA', { timeZone: this.me?.timeZone ?? defaultZone });
      saveFile(await this.api.export(), msg(str`contactos-${day}.csv`));
    });

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      .problem {
        color: var(--cmw-bad);
      }
    `,
  ];
}
