import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ContactsApi } from '../api/contacts-api.js';
import type { PastCall } from '../api/history-types.js';
import type { Page } from '../api/types.js';
import { callAddress } from '../base/addresses.js';
import { Watching } from '../base/observable.js';
import { Paged } from '../base/paged.js';
import { directionIcon } from '../calls/call-icons.js';
import { outcomeOf } from '../calls/call-row.js';
import { directionWords, isMissed, talkerName } from '../calls/call-words.js';
import { mayOpen } from '../calls/may-open.js';
import { actionWords } from '../calls/next-action.js';
import { pageFrame, pagePart } from '../design/page-frame.js';
import { pagedBody, pagedList } from '../design/paged-list.js';
import { base, buttons } from '../design/shared.js';
import { timeWords } from '../i18n/times.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import { wrapUpLines } from '../wrap-up/wrap-up-words.js';

/** More rows are not drawn here: the history shows them page by page. */
const mostCalls = 200;

/** The calls with a contact, the newest first. */
class ContactCallList extends Paged<PastCall> {
  calls: readonly PastCall[] = [];

  constructor(
    private readonly api: Pick<ContactsApi, 'calls'>,
    private readonly contactId: string,
  ) {
    super();
  }

  override get more(): boolean {
    return super.more && this.calls.length < mostCalls;
  }

  protected override ask(next: string | undefined): Promise<Page<PastCall>> {
    return this.api.calls(this.contactId, next);
  }

  protected override takeFirst({ items }: Page<PastCall>): boolean {
    this.calls = items;
    return true;
  }

  protected override takeMore({ items }: Page<PastCall>): void {
    this.calls = [...this.calls, ...items];
  }

  protected override forget(): void {
    this.calls = [];
  }
}

/** What was talked with a contact: each call with what came of it, and what is to be done next. */
@localized()
@customElement('cmw-contact-calls')
export class ContactCalls extends LitElement {
  @property({ attribute: false }) api!: Pick<ContactsApi, 'calls' | 'now'>;
  @property({ attribute: false }) contactId = '';
  /** Changes where the calls are to be read again. */
  @property({ attribute: false }) version = '';
  @property({ attribute: false }) outcomes!: OutcomesStore;
  @property({ attribute: false }) agentId: string | undefined;
  /** True for who sees the calls of others. */
  @property({ type: Boolean }) team = false;
  @property({ attribute: false }) timeZone = '';

  #list: ContactCallList | undefined;

  constructor() {
    super();
    new Watching(this, () => this.#list);
    new Watching(this, () => this.outcomes);
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('contactId') && !changes.has('version')) return;
    if (changes.has('contactId')) this.#list = new ContactCallList(this.api, this.contactId);
    void this.#list?.read();
  }

  protected override render(): TemplateResult | typeof nothing {
    const list = this.#list;
    if (!list) return nothing;
    const rows =
      list.calls.length > 0 ? [html`<ol class="rows">${list.calls.map((call) => this.#row(call))}</ol>`] : [];
    return html`${pagedBody(list, rows, {
      failed: msg('No se pudieron cargar las llamadas.'),
      empty: msg('Todavía no hay llamadas con este contacto.'),
      hint: msg('Cada llamada con uno de sus teléfonos queda aquí.'),
    })}`;
  }

  #row(call: PastCall): TemplateResult {
    const { wrapUp, nextAction } = call;
    const talker = talkerName(call);
    // How it went names who took it in the viewer's place.
    const who = talker === call.answeredBy?.name ? undefined : talker;
    const at = timeWords(call.startedAt, this.api.now(), this.timeZone);
    const isOpen = mayOpen(call, this.team, this.agentId);
    const next = nextAction && actionWords(nextAction, this.api.now(), this.timeZone);
    const lines = wrapUp ? [...wrapUpLines(wrapUp, this.timeZone), ...this.outcomes.fieldLines(wrapUp.fields)] : [];
    return html`
      <li class=${isMissed(call) && !call.returned ? 'missed' : ''}>
        <p class="bar line">
          ${directionIcon(call)}<span class="visually-hidden">${directionWords(call.direction)}</span>
          <time datetime=${call.startedAt}>${isOpen ? html`<a href=${callAddress(call)}>${at}</a>` : at}</time>
          <span class="state">${outcomeOf(call)}</span>
          ${who ? html`<span class="quiet">${who}</span>` : nothing}
        </p>
        ${call.outcome ? html`<p class="what">${this.outcomes.label(call.outcome)}</p>` : nothing}
        ${lines.map((line) => html`<p class="note">${line}</p>`)}
        ${
          next
            ? html`<p class=${next.late ? 'late' : 'quiet'}>
                ${msg('Próxima acción')}: ${[next.what, next.late ?? '', next.due].filter(Boolean).join(' · ')}
              </p>`
            : nothing
        }
      </li>
    `;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    pagePart,
    pagedList,
    css`
      /* What a narrow page wraps begins beside the icon, and not below it. */
      .rows > li {
        padding-inline-start: calc(18px + var(--cmw-space-3));
      }

      .line {
        row-gap: 0;
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
        font-variant-numeric: tabular-nums;
      }

      .line > svg {
        margin-inline-start: calc(-18px - var(--cmw-space-3));
      }

      .what {
        font: var(--cmw-type-strong);
      }

      .note {
        white-space: pre-line;
      }

      .missed .state,
      .missed svg,
      .late {
        color: var(--cmw-bad);
      }
    `,
  ];
}
