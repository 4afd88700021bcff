import { localized, msg } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DoNotCall } from '../api/do-not-call-api.js';
import type { Contact, PopUp } from '../api/types.js';
import { Later, later } from '../base/later.js';
import { Watching } from '../base/observable.js';
import { keyOf } from '../calls/call-key.js';
import { tiedName } from '../calls/call-words.js';
import { numberToAdd } from '../contacts/add-number.js';
import { type Balance, balanceOf } from '../contacts/contact-facts.js';
import type { ContactFile } from '../contacts/contact-file.js';
import '../contacts/contact-file.js';
import { nameOf } from '../contacts/contact-name.js';
import '../contacts/earlier-calls.js';
import { notToCall, notToCallNotice } from '../contacts/not-to-call-check.js';
import { base } from '../design/shared.js';
import { mostChips } from '../wrap-up/outcome-choice.js';
import type { WrapUpForm } from '../wrap-up/wrap-up-form.js';
import '../wrap-up/wrap-up-form.js';
import type { CallDesk } from './call-desk.js';

/**
 * What the agent reads and writes about a call: the other party, the contact's file, the wrap-up. Loaded after the
 * first paint.
 */
@localized()
@customElement('cmw-call-work')
export class CallWork extends LitElement {
  @property({ attribute: false }) desk!: CallDesk;
  @property({ attribute: false }) popUp!: PopUp;
  /** True if the agent has a phone to call from. */
  @property({ type: Boolean }) dials = false;
  /** True while the agent searches for the contact. */
  @property({ type: Boolean }) searching = false;

  /** The contact that the call has got while it was on the screen. */
  @state() private arrived: string | undefined;
  /** The contact, once its file was read. */
  @state() private contact: Contact | undefined;

  /** The entry of a number that no contact's file shows, where it must not be called. */
  @state() private listed: readonly DoNotCall[] = [];
  #asked = '';

  constructor() {
    super();
    new Watching(this, () => this.desk);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('searching') && this.searching) void this.#picker.fetch();
    // A message can bring the contact before the picker has its answer: the focus must not go with it.
    if (changed.get('searching') && !this.searching && this.#isAtPicker)
      void this.updateComplete.then(() => this.dispatchEvent(new CustomEvent('picked')));
    const before = changed.get('popUp');
    const { contactId } = this.popUp;
    const isSame = before !== undefined && keyOf(before) === keyOf(this.popUp);
    if (isSame && !before.contactId) this.arrived = contactId;
    else if (contactId !== this.arrived) this.arrived = undefined;
    // What is written of a person goes with their data.
    if (isSame && this.popUp.anonymizedAt && !before.anonymizedAt) void this.desk.drafts.get(this.popUp).erased();
    void this.#readListed();
  }

  /** Chooses the outcome with this digit; false if there is none. */
  chooseByDigit(digit: number): boolean {
    const draft = this.desk.drafts.get(this.popUp);
    const choices = this.desk.outcomes.choicesWith(draft.sentOutcome);
    const outcome = choices[digit - 1];
    if (!outcome || choices.length > mostChips) return false;
    draft.change({ outcome: outcome.code });
    void this.focusOutcome();
    return true;
  }

  // Most calls have their contact, and do without its code.
  readonly #picker = new Later(this, () => import('../contacts/contact-picker.js'));

  get #isAtPicker(): boolean {
    return this.shadowRoot?.activeElement?.localName === 'cmw-contact-picker';
  }

  /** Focuses the search, once it is drawn. */
  async focusSearch(): Promise<void> {
    await this.#picker.fetch();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('cmw-contact-picker')?.focus();
  }

  /** Focuses what the agent must still do in the wrap-up. */
  focusForm(): void {
    this.renderRoot.querySelector<HTMLElement>('cmw-wrap-up-form')?.focus();
  }

  /** Focuses the outcome, once it is drawn. */
  async focusOutcome(): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector<WrapUpForm>('cmw-wrap-up-form')?.focusOutcome?.();
  }

  protected override render(): TemplateResult {
    const { desk, popUp } = this;
    const { timeZone } = desk.calls;
    const now = () => desk.api.now();
    return html`
      ${
        this.searching
          ? html`${this.#picker.notice}<cmw-contact-picker
              .api=${desk.api}
              .popUps=${desk.popUps}
              .popUp=${popUp}
              .agentId=${desk.agentId}
              .fields=${desk.contactFields}
            ></cmw-contact-picker>`
          : nothing
      }
      ${this.#earlier()}
      ${notToCallNotice(this.listed, timeZone)}
      <div class=${popUp.contactId ? 'columns' : ''}>
        ${
          popUp.contactId
            ? html`<cmw-contact-file
                .api=${desk.api}
                .contactId=${popUp.contactId}
                .known=${this.#known}
                .told=${tiedName(popUp)}
                .but=${popUp}
                .dials=${this.dials}
                .agentId=${desk.agentId}
                .team=${desk.seesTeam}
                .outcomes=${desk.outcomes}
                .followUps=${desk.followUps}
                .timeZone=${timeZone}
                .now=${now}
                .fields=${desk.contactFields}
                @read=${(event: CustomEvent<Contact>) => (this.contact = event.detail)}
                .callable=${this.#isCallable}
                .editable=${true}
                .use=${msg('Usar este contacto')}
                .caller=${numberToAdd(popUp)}
                @contact-saved=${this.#renamed}
                @use-contact=${(event: CustomEvent<Contact>) => desk.popUps.choose(popUp, event.detail.contactId)}
              ></cmw-contact-file>`
            : nothing
        }
        <cmw-wrap-up-form
          .draft=${desk.drafts.get(popUp)}
          .outcomes=${desk.outcomes}
          .timeZone=${timeZone}
          .now=${now}
          .agentId=${desk.agentId}
          .currencies=${desk.currencies}
          .balance=${this.#balance}
        ></cmw-wrap-up-form>
      </div>
    `;
  }

  get #balance(): Balance | undefined {
    const isTied = this.contact?.contactId === this.popUp.contactId;
    return isTied ? balanceOf(this.contact, this.desk.contactFields) : undefined;
  }

  /** Opens the form of the call's contact; false if there is none. */
  editContact(): boolean {
    return this.renderRoot.querySelector<ContactFile>('cmw-contact-file')?.edit?.() ?? false;
  }

  /** A call that somebody has tied to the contact keeps the name of then: it is tied once more. */
  #renamed({ detail }: CustomEvent<Contact>): void {
    this.contact = detail;
    const { popUp } = this;
    const chosen = popUp.candidates.find((candidate) => candidate.contactId === popUp.contactId);
    if (chosen?.reason !== 'chosen' || chosen.name === nameOf(detail)) return;
    void this.desk.popUps.choose(popUp, detail.contactId);
  }

  /** The wrap-up is read with its call, which has the contact. */
  readonly #known = async (contactId: string): Promise<Contact | undefined> => {
    const draft = this.desk.drafts.get(this.popUp);
    // What was read before may be old.
    const { call: before } = draft;
    if (before) return undefined;
    await draft.load();
    const contact = draft.call?.contact;
    return contact?.contactId === contactId ? contact : undefined;
  };

  /** Who is on the line is not called back: no card of a call that comes in costs a request more. */
  get #isCallable(): boolean {
    return this.popUp.direction === 'out' || this.popUp.state === 'ended';
  }

  /** A contact's file asks for its own numbers. */
  async #readListed(): Promise<void> {
    const { contactId, direction, number } = this.popUp;
    const asked = contactId || direction === 'internal' || !this.#isCallable ? '' : (number.e164 ?? '');
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.listed = [];
    const listed = await notToCall(this.desk.api, asked ? [asked] : []);
    if (asked === this.#asked) this.listed = listed;
  }

  /** Where several contacts share the number, its earlier calls may be anybody's of them. */
  #earlier(): TemplateResult | typeof nothing {
    const { contactId, candidates, number } = this.popUp;
    if (!contactId || contactId !== this.arrived || candidates.length > 1 || !number.e164) return nothing;
    return html`<cmw-earlier-calls
      .api=${this.desk.api}
      .contactId=${contactId}
      .number=${number.e164}
      @tied=${() => this.renderRoot.querySelector<ContactFile>('cmw-contact-file')?.readAgain()}
    ></cmw-earlier-calls>`;
  }

  static override styles = [
    base,
    later,
    css`
      :host {
        container-type: inline-size;
      }

      .columns {
        display: grid;
        gap: var(--cmw-space-4);
      }

      cmw-contact-picker {
        margin-block-end: var(--cmw-space-4);
        padding: var(--cmw-space-3);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
      }

      cmw-earlier-calls {
        margin-block-end: var(--cmw-space-4);
      }

      @container (width >= 36rem) {
        .columns {
          grid-template-columns: minmax(0, 0.8fr) minmax(0, 1.2fr);
          align-items: start;
          gap: var(--cmw-space-6);
        }
      }
    `,
  ];
}
