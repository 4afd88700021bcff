import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import { isAdmin, type Me, type Page } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { Paged } from '../base/paged.js';
import { Repeating } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { editorStyles, refusalNotice } from '../design/editor.js';
import { fact, pageFrame } from '../design/page-frame.js';
import { pagedBody, pagedList } from '../design/paged-list.js';
import { base, buttons } from '../design/shared.js';
import { clockTime, shortDay } from '../i18n/format.js';
import { defaultZone, numberWords } from '../i18n/times.js';
import { countsOf, type Erasure, isOpen, stateWords } from './erasures.js';

/** How often an erasure that is under way is asked about. */
const everyMs = 2000;

class ErasureList extends Paged<Erasure> {
  items: readonly Erasure[] = [];

  constructor(private readonly api: Pick<ApiClient, 'read'>) {
    super();
  }

  protected override ask(next: string | undefined): Promise<Page<Erasure>> {
    const query = new URLSearchParams({ take: '50', ...(next ? { next } : {}) });
    return this.api.read(`/api/personal-data-erasures?${query}`);
  }

  protected override takeFirst({ items }: Page<Erasure>): boolean {
    this.items = items;
    return true;
  }

  protected override takeMore({ items }: Page<Erasure>): void {
    this.items = [...this.items, ...items];
  }

  protected override forget(): void {
    this.items = [];
  }
}

/** The protocols of erased persons, the newest first. One of them can be printed. */
@localized()
@customElement('cmw-erasures-page')
export class ErasuresPage extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'read' | 'change' | 'now'>;
  @property({ attribute: false }) me: Me | undefined;

  /** The one that is printed; all are seen on the screen. */
  @state() private printed = '';
  #list: ErasureList | undefined;
  readonly #saving = new Saving(this);

  constructor() {
    super();
    new Watching(this, () => this.#list);
    new Repeating(
      this,
      everyMs,
      () => this.#list?.items.some(isOpen) === true,
      () => this.#list?.read() ?? Promise.resolve(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('me') || !this.#isAllowed || this.#list) return;
    this.#list = new ErasureList(this.api);
    void this.#list.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1" class="screen">${msg('Datos personales')}</h1>
      ${this.me && !this.#isAllowed ? html`<p>${msg('Esta página es de un administrador.')}</p>` : this.#body()}
    `;
  }

  #body(): TemplateResult | typeof nothing {
    const list = this.#list;
    if (!list) return nothing;
    return html`
      <section class="screen">
        <p>
          ${msg('Cuando una persona pide que se borren sus datos (ley 8968), abra su contacto y use «Borrar todos sus datos». Aquí queda el protocolo de cada borrado, sin datos de la persona, para imprimirlo y archivarlo con la solicitud.')}
        </p>
        <a href="/contacts">${msg('Buscar el contacto')}</a>
      </section>
      ${pagedBody(
        list,
        list.items.map((erasure) => this.#protocol(erasure)),
        {
          failed: msg('No se pudieron leer los borrados.'),
          empty: msg('Todavía no se ha borrado a nadie.'),
          hint: msg('El botón está en la página de cada contacto, para administradores.'),
        },
      )}
    `;
  }

  #protocol(erasure: Erasure): TemplateResult {
    const { erasureId, reference, state, error, finishedAt } = erasure;
    const counts = countsOf(erasure);
    return html`
      <section
        class=${this.printed && this.printed !== erasureId ? 'screen' : ''}
        aria-labelledby=${`e-${erasureId}`}
      >
        <div class="bar">
          <h2 id=${`e-${erasureId}`}>${msg(str`Borrado de datos: ${reference}`)}</h2>
          <span class=${state === 'done' ? 'badge good' : 'badge'} role="status">${stateWords(state)}</span>
        </div>
        <dl class="facts">
          ${fact(msg('Lo pidió'), erasure.askedByName ?? erasure.askedBy)}
          ${fact(msg('Empezó'), this.#time(erasure.askedAt))}
          ${finishedAt ? fact(msg('Terminó'), this.#time(finishedAt)) : nothing}
          ${fact(msg('Protocolo'), html`<code>${erasureId}</code>`)}
        </dl>
        ${error ? html`<p class=${state === 'failed' ? 'late' : 'quiet'}>${error}</p>` : nothing}
        ${
          state === 'failed'
            ? html`<p class="bar screen">
                <button
                  aria-describedby=${`e-${erasureId}`}
                  aria-disabled=${this.#saving.busy}
                  @click=${() => this.#goOn(erasure)}
                >
                  ${msg('Seguir borrando')}
                </button>
              </p>
              ${refusalNotice(this.#saving, { again: () => this.#goOn(erasure) })}`
            : nothing
        }
        ${
          counts.length > 0
            ? html`<dl class="counts">${counts.map(([words, count]) => fact(words, numberWords(count)))}</dl>`
            : nothing
        }
        ${
          state === 'done'
            ? html`
                <p class="paper">
                  ${msg('Se borró todo lo que el sistema guardaba de la persona. Las llamadas conservan sus cifras y ya no dicen con quién fueron. Los respaldos anteriores se descartan por su plazo.')}
                </p>
                <p class="paper sign"><span>${msg('Firma')}</span><span>${msg('Fecha')}</span></p>
                <p class="bar screen">
                  <button aria-describedby=${`e-${erasureId}`} @click=${() => this.#print(erasureId)}>
                    ${msg('Imprimir el protocolo')}
                  </button>
                </p>
              `
            : nothing
        }
      </section>
    `;
  }

  /** Asked for again, it goes on. */
  async #goOn({ contactId, reference }: Erasure): Promise<void> {
    if (!contactId) return;
    const query = new URLSearchParams({ reference, confirmed: 'true' });
    await this.#saving.save(async () => {
      await this.api.change(`/api/personal-data/${encodeURIComponent(contactId)}?${query}`, { method: 'DELETE' });
      await this.#list?.read();
    });
  }

  async #print(erasureId: string): Promise<void> {
    this.printed = erasureId;
    await this.updateComplete;
    window.print();
    this.printed = '';
  }

  #time(at: string): string {
    // A protocol is read years later, on paper.
    const [instant, zone] = [Date.parse(at), this.me?.timeZone ?? defaultZone];
    return `${shortDay(instant, zone)}, ${clockTime(instant, zone)}`;
  }

  get #isAllowed(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    pagedList,
    editorStyles,
    css`
      .late {
        color: var(--cmw-bad);
      }

      .counts {
        display: grid;
        gap: var(--cmw-space-1);
        max-inline-size: 32rem;
      }

      .counts div {
        display: flex;
        justify-content: space-between;
        gap: var(--cmw-space-3);
        border-block-end: 1px solid var(--cmw-line);
      }

      .counts dd {
        font-variant-numeric: tabular-nums;
      }

      .paper {
        display: none;
      }

      @media print {
        .screen,
        .more {
          display: none;
        }

        .paper {
          display: block;
        }

        .sign {
          display: flex;
          gap: 4rem;
          margin-block-start: 4rem;
        }

        .sign span {
          flex: 1;
          border-block-start: 1px solid currentColor;
        }

        section {
          border: none;
        }
      }
    `,
  ];
}
