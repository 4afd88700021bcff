import { localized, msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Watching } from '../base/observable.js';
import { Ticking } from '../base/ticking.js';
import type { Balance } from '../contacts/contact-facts.js';
import { base, buttons, fields } from '../design/shared.js';
import { plainWords } from '../i18n/plain-words.js';
import './outcome-choice.js';
import type { OutcomesStore } from '../outcomes/outcomes-store.js';
import { ownFields } from './own-fields.js';
import './wrap-up-conflict.js';
import type { WrapUpDraft } from './wrap-up-draft.js';
import { emptied, errorLine, fieldsOf, type PartsContext, partField, valueOf } from './wrap-up-parts.js';
import { wrapUpStyles } from './wrap-up-styles.js';
import { type Part, parts } from './wrap-up-text.js';
import { errorWords, partWords } from './wrap-up-words.js';

/** The wrap-up's form: the outcome, notes, and what the outcome requires. The card has the button that saves it. */
@localized()
@customElement('cmw-wrap-up-form')
export class WrapUpForm extends LitElement {
  @property({ attribute: false }) draft!: WrapUpDraft;
  @property({ attribute: false }) outcomes!: OutcomesStore;
  @property({ attribute: false }) timeZone = 'America/Costa_Rica';
  @property({ attribute: false }) now: () => number = Date.now;
  /** The signed-in agent. If somebody else wrote, the form says who. */
  @property({ attribute: false }) agentId: string | undefined;
  @property({ attribute: false }) currencies: readonly string[] = [];
  /** What the contact owes, where it is known. */
  @property({ attribute: false }) balance: Balance | undefined;

  constructor() {
    super();
    new Watching(this, () => this.draft);
    new Watching(this, () => this.outcomes);
    // The days and hours that are offered are counted from now.
    new Ticking(this, 20_000, () => this.draft?.shown.length > 0);
  }

  /** Focuses the first error, the choice between two versions, or the outcome. */
  override focus(): void {
    const other = 'cmw-wrap-up-conflict, cmw-outcome-choice';
    (this.#fault ?? this.renderRoot.querySelector<HTMLElement>(other))?.focus();
  }

  /** Focuses the outcome that is chosen, else the first. */
  async focusOutcome(): Promise<void> {
    await this.updateComplete;
    const choice = this.renderRoot.querySelector<LitElement>('cmw-outcome-choice');
    await choice?.updateComplete;
    choice?.focus();
  }

  get #fault(): HTMLElement | null {
    const wrong = errorWords(this.draft, 'outcome') ? 'cmw-outcome-choice' : '[aria-invalid="true"]';
    return this.renderRoot.querySelector<HTMLElement>(wrong);
  }

  protected override firstUpdated(): void {
    void this.outcomes.read();
    void this.draft.load();
  }

  protected override render(): TemplateResult {
    const { draft } = this;
    const shown = draft.shown;
    // Of a person whose data were erased nothing is written down any more.
    const isErased = draft.call?.anonymizedAt !== undefined && draft.call.anonymizedAt !== null;
    const missing = isErased ? [] : parts.filter((part) => !shown.includes(part));
    return html`
      <form novalidate @submit=${(event: Event) => event.preventDefault()} @keydown=${this.#key}>
        <h4 tabindex="-1">${msg('Resultado de la llamada')}</h4>
        <div role="status">${isErased ? html`<p class="alert">${msg('Los datos de esta persona se borraron: de la llamada solo se guardan el resultado y el monto del cargo.')}</p>` : nothing}</div>
        <cmw-outcome-choice
          .items=${this.outcomes.isRead ? this.outcomes.choicesWith(draft.sentOutcome) : undefined}
          .chosen=${draft.text.outcome}
          .error=${errorWords(draft, 'outcome')}
          @outcome=${(event: CustomEvent<string>) => draft.change({ outcome: event.detail })}
        ></cmw-outcome-choice>
        <div class="field" ?hidden=${isErased}>
          <label for="notes">${msg('Notas')}</label>
          <textarea
            id="notes"
            rows="3"
            maxlength="4000"
            .value=${draft.text.notes}
            aria-invalid=${errorWords(draft, 'notes') !== ''}
            aria-describedby="notes-error"
            @input=${(event: InputEvent) => draft.change({ notes: valueOf(event) })}
          ></textarea>
          ${errorLine(draft, 'notes')}
        </div>
        ${isErased ? nothing : ownFields(draft, this.outcomes)}
        ${(isErased ? shown.filter((part) => part === 'charge') : shown).map((part) => partField(this.#context, part, this.outcomes.find(draft.text.outcome)?.requires[part] === true))}
        ${missing.length > 0 ? this.#addable(missing) : nothing}
        ${draft.error && draft.state === 'refused' && !this.#beside() ? html`<p class="alert" role="alert">${plainWords(draft.error)}</p>` : nothing}
        ${
          draft.theirs
            ? html`<cmw-wrap-up-conflict
                .theirs=${draft.theirs}
                .outcomes=${this.outcomes}
                .timeZone=${this.timeZone}
                .own=${draft.theirs.agentId === this.agentId}
                @keep-mine=${() => this.#decide(() => draft.keepMine())}
                @take-theirs=${() => this.#decide(() => draft.takeTheirs())}
              ></cmw-wrap-up-conflict>`
            : nothing
        }
      </form>
    `;
  }

  /** The choice goes away with the button that has the focus. */
  async #decide(choose: () => unknown): Promise<void> {
    choose();
    await this.updateComplete;
    this.renderRoot.querySelector('h4')?.focus();
  }

  get #context(): PartsContext {
    return {
      draft: this.draft,
      timeZone: this.timeZone,
      now: this.now(),
      currencies: this.currencies,
      balance: this.balance,
      change: (changes) => this.draft.change(changes),
      remove: (part) => void this.#remove(part),
    };
  }

  #addable(missing: readonly Part[]): TemplateResult {
    return html`
      <div class="add" role="group" aria-label=${msg('Agregar al resultado')}>
        ${missing.map(
          (part) =>
            html`<button type="button" class="bare" @click=${() => this.#add(part)}>+ ${partWords(part)}</button>`,
        )}
      </div>
    `;
  }

  /** True if the API's error is shown beside a visible field. */
  #beside(): boolean {
    const own = this.outcomes.fieldsOf(this.draft.text.outcome).map(({ key }) => `fields.${key}`);
    const shown = new Set([
      'outcome',
      'notes',
      ...own,
      ...this.draft.shown.flatMap((part) => [part, ...fieldsOf[part]]),
    ]);
    const names = Object.keys(this.draft.error?.problem.errors ?? {});
    return names.length > 0 && names.every((name) => shown.has(name));
  }

  async #add(part: Part): Promise<void> {
    this.draft.change({ parts: [...this.draft.text.parts, part] });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[id="${fieldsOf[part][0]}"]`)?.focus();
  }

  async #remove(part: Part): Promise<void> {
    this.draft.change({ parts: this.draft.text.parts.filter((other) => other !== part), ...emptied[part] });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#notes')?.focus();
  }

  #key(event: KeyboardEvent): void {
    // Enter in a field would send an unfinished wrap-up. With Ctrl or Cmd the card saves it.
    const isField = event.composedPath()[0] instanceof HTMLInputElement;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && isField) event.preventDefault();
  }

  static override styles = [base, buttons, fields, wrapUpStyles];
}
