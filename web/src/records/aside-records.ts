import { localized, msg, str } from '@lit/localize';
import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AsideRecord } from '../api/record-types.js';
import type { RecordsApi } from '../api/records-api.js';
import type { Page } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { Paged } from '../base/paged.js';
import { pageFrame, pagePart } from '../design/page-frame.js';
import { pagedBody, pagedList } from '../design/paged-list.js';
import { base, buttons } from '../design/shared.js';
import { defaultZone, timeWords } from '../i18n/times.js';

class AsideList extends Paged<AsideRecord> {
  items: readonly AsideRecord[] = [];

  constructor(private readonly api: Pick<RecordsApi, 'aside'>) {
    super();
  }

  protected override ask(next: string | undefined): Promise<Page<AsideRecord>> {
    return this.api.aside(next);
  }

  protected override takeFirst(page: Page<AsideRecord>): boolean {
    this.items = page.items;
    return true;
  }

  protected override takeMore(page: Page<AsideRecord>): void {
    this.items = [...this.items, ...page.items];
  }

  protected override forget(): void {
    this.items = [];
  }
}

/** The records that could not be read, each with the reason. */
@localized()
@customElement('cmw-aside-records')
export class AsideRecords extends LitElement {
  @property({ attribute: false }) api!: Pick<RecordsApi, 'aside' | 'now'>;
  @property({ attribute: false }) timeZone = defaultZone;

  #list: AsideList | undefined;

  constructor() {
    super();
    new Watching(this, () => this.#list);
  }

  protected override willUpdate(): void {
    if (this.#list) return;
    this.#list = new AsideList(this.api);
    void this.#list.read();
  }

  protected override render(): TemplateResult {
    const list = this.#list as AsideList;
    return html`
      <section aria-labelledby="title">
        <h2 id="title">${msg('Registros apartados')}</h2>
        <p class="quiet">${msg('Registros que no se pudieron leer. No detienen a los demás, y se toman en cuenta si el operador los corrige.')}</p>
        ${pagedBody(
          list,
          list.items.length > 0 ? [html`<ul class="rows">${list.items.map((record) => this.#row(record))}</ul>`] : [],
          {
            failed: msg('No se pudieron leer los registros apartados.'),
            empty: msg('Ningún registro apartado'),
            hint: msg('Todo lo que envió el operador se pudo leer.'),
          },
        )}
      </section>
    `;
  }

  #row(record: AsideRecord): TemplateResult {
    return html`
      <li>
        <span>${record.reason}</span>
        <span class="quiet small">
          ${[
            record.account,
            record.recordId ? msg(str`registro ${record.recordId}`) : undefined,
            record.field ? msg(str`campo «${record.field}»`) : undefined,
            timeWords(record.firstAt, this.api.now(), this.timeZone),
          ]
            .filter((part) => part)
            .join(' · ')}
        </span>
        <details>
          <summary>${msg('El registro como llegó')}</summary>
          <pre tabindex="0">${record.raw}</pre>
        </details>
      </li>
    `;
  }

  static override styles = [base, buttons, pageFrame, pagePart, pagedList];
}
