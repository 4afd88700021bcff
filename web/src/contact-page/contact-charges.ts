import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Charge, ContactsApi } from '../api/contacts-api.js';
import type { Page } from '../api/types.js';
import { callAddress } from '../base/addresses.js';
import { Reading } from '../base/reading.js';
import { mayOpen } from '../calls/may-open.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { money, shortDay } from '../i18n/format.js';

/** The charges that agents noted of a contact's calls, and what they add up to. */
@localized()
@customElement('cmw-contact-charges')
export class ContactCharges extends LitElement {
  @property({ attribute: false }) api!: Pick<ContactsApi, 'charges'>;
  @property({ attribute: false }) contactId = '';
  /** Changes where they are to be read again. */
  @property({ attribute: false }) version = '';
  @property({ attribute: false }) agentId: string | undefined;
  /** True for who sees the calls of others. */
  @property({ type: Boolean }) team = false;
  @property({ attribute: false }) timeZone = '';

  readonly #charges: Reading<Page<Charge>> = new Reading(this, async () => {
    const page = await this.api.charges(this.contactId);
    // Those that were looked for meanwhile went on from the page before.
    this.#earlier.clear();
    return page;
  });
  /** Those of earlier calls, as far as they were looked for. */
  readonly #earlier: Reading<Page<Charge>> = new Reading(this, async () => {
    const before = this.#earlier.value;
    const page = await this.api.charges(this.contactId, (before ?? this.#charges.value)?.next ?? undefined);
    return { ...page, items: [...(before?.items ?? []), ...page.items] };
  });

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('contactId') && !changes.has('version')) return;
    if (changes.has('contactId')) this.#charges.clear();
    this.#earlier.clear();
    void this.#charges.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h2>${msg('Cargos de gestión')}</h2>
      ${readingBody(this.#charges, msg('No se pudieron cargar los cargos.'), (first) => this.#list(first))}
    `;
  }

  #list(first: Page<Charge>): TemplateResult {
    const earlier = this.#earlier.value;
    const charges = [...first.items, ...(earlier?.items ?? [])];
    // Calls are read 200 at once: charges further back are looked for at a press, and are in no total before.
    const isMore = Boolean((earlier ?? first).next);
    return html`
      ${
        charges.length > 0
          ? html`<p class="quiet">${isMore ? msg('Hasta aquí') : msg('En total')}: <strong>${totals(charges).join(' · ')}</strong></p>
              <ul class="rows">${charges.map((charge) => this.#row(charge))}</ul>`
          : html`<p class="quiet">${isMore ? msg('Ninguno en sus últimas llamadas.') : msg('Ningún cargo con este contacto.')}</p>`
      }
      ${isMore ? html`<p><button @click=${() => this.#earlier.read()}>${msg('Buscar en llamadas anteriores')}</button></p>` : nothing}
      ${this.#earlier.error ? html`<p class="quiet" role="alert">${msg('No se pudieron cargar los cargos.')}</p>` : nothing}
    `;
  }

  #row(charge: Charge): TemplateResult {
    const at = shortDay(Date.parse(charge.at), this.timeZone);
    return html`
      <li>
        <p class="bar sum"><strong>${charge.concept || msg('Cargo de gestión')}</strong> ${sumOf(charge)}</p>
        <p class="quiet small">
          ${mayOpen(charge, this.team, this.agentId) ? html`<a href=${callAddress(charge)}>${at}</a>` : at}${
            charge.agentName && charge.agentId !== this.agentId ? ` · ${charge.agentName}` : nothing
          }
        </p>
      </li>
    `;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      :host {
        gap: var(--cmw-space-3);
        max-inline-size: none;
        margin: 0;
        padding: 0;
      }

      .skeleton {
        min-block-size: 4rem;
      }

      .sum {
        justify-content: space-between;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
}

const sumOf = ({ amount, currency }: Charge): string => money(amount, currency ?? 'CRC');

/** What they add up to, in each currency. */
export function totals(charges: readonly Charge[]): readonly string[] {
  const cents = new Map<string, number>();
  for (const { amount, currency = 'CRC' } of charges) {
    cents.set(currency, (cents.get(currency) ?? 0) + Math.round(amount * 100));
  }

  return [...cents].map(([currency, sum]) => money(sum / 100, currency));
}
