import { msg, str } from '@lit/localize';
import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { PopUp } from '../api/types.js';
import { Watching } from '../base/observable.js';
import { isToDo, takeOffWords } from '../calls/call-words.js';
import { currentLocale } from '../i18n/locale.js';
import { draftWords } from '../wrap-up/draft-words.js';
import type { WrapUpDraft } from '../wrap-up/wrap-up-draft.js';

/** How a card is put away. */
export type PutAway = 'acknowledge' | 'take-off';

/** The card, as its end knows it. */
interface EndHost extends LitElement {
  readonly popUp: PopUp;
  readonly team: boolean;
  readonly facts: string;
  readonly draft: WrapUpDraft | undefined;
  /** True where the call can't be closed without an outcome. */
  readonly asksForOutcome: boolean;
  goToForm(): void;
  putAway(how: PutAway): void;
}

/**
 * The end of a card: how far the wrap-up is, and the ways to finish the call. Where something is written and not
 * saved, it asks what is to become of it before the card goes.
 */
export class CardEnd implements ReactiveController {
  #asking: PutAway | undefined;

  constructor(private readonly host: EndHost) {
    host.addController(this);
    new Watching(host, () => host.draft);
  }

  hostDisconnected(): void {
    this.#ask(undefined);
  }

  render(): TemplateResult {
    return html`<footer>${this.#asking ? this.#question() : this.#ways()}</footer>`;
  }

  /** Saves what is written. The card goes once the server has it; that of a call that goes on stays until its end. */
  async save(): Promise<void> {
    const { host } = this;
    const { draft } = host;
    if (!draft || draft.state === 'sending') return;
    const how = this.#asking;
    const isSaved = () => draft.state === 'sent';
    if (isSaved()) {
      if (host.popUp.state === 'ended') host.putAway('acknowledge');
      return;
    }

    await draft.send();
    this.#ask(undefined);
    // A draft that waits for the network goes by itself.
    if (isSaved() || (draft.wantsToSend && !draft.heldUp)) {
      if (how === 'take-off' || (how && host.popUp.state !== 'ended')) host.putAway(how);
      return;
    }

    await host.updateComplete;
    host.goToForm();
  }

  /** Puts the card away, unless something must be decided first. */
  close(how: PutAway): void {
    const { draft, asksForOutcome } = this.host;
    if (draft?.state === 'conflict') {
      this.host.goToForm();
    } else if (draft?.undecided || draft?.heldUp) {
      this.#ask(how);
      void this.#focus('.ask .primary');
    } else if (draft && asksForOutcome && !draft.wasSent && !draft.wantsToSend) {
      draft.askForOutcome();
      void this.host.updateComplete.then(() => this.host.goToForm());
    } else {
      this.host.putAway(how);
    }
  }

  #ways(): TemplateResult {
    const { popUp, team, facts, draft } = this.host;
    const ended = popUp.state === 'ended';
    const isSaved = draft?.state === 'sent' && ended;
    return html`
      <p class="facts">
        <span>${facts}</span>
        ${draft ? html`<span class=${`draft ${draft.state}`} role="status">${words(draft, ended)}</span>` : nothing}
      </p>
      <span class="ends">
        ${
          isToDo(popUp)
            ? html`<button class="bare take-off" aria-describedby="who" @click=${() => this.close('take-off')}>
                ${takeOffWords(team)}
              </button>`
            : nothing
        }
        ${
          this.#closesOnly
            ? html`<button class="done" aria-describedby="who" @click=${() => this.close('acknowledge')}>
                ${msg('Cerrar')}
              </button>`
            : nothing
        }
        ${
          draft
            ? html`<button
                class="primary save"
                aria-describedby="who"
                aria-keyshortcuts="Control+Enter Meta+Enter"
                aria-disabled=${['sending', 'conflict'].includes(draft.state) || (draft.state === 'sent' && !ended)}
                title=${msg('Ctrl + Enter')}
                @click=${() => this.save()}
              >
                ${isSaved ? msg('Cerrar') : msg('Guardar y cerrar')}
              </button>`
            : nothing
        }
      </span>
    `;
  }

  /** True where the call can be closed without a save, and that is something else than what the main button does. */
  get #closesOnly(): boolean {
    const { draft, popUp, asksForOutcome } = this.host;
    if (!draft) return true;
    if (draft.state === 'sent') return popUp.state !== 'ended';
    return !asksForOutcome || draft.wasSent || draft.wantsToSend;
  }

  #question(): TemplateResult {
    const { draft, asksForOutcome } = this.host;
    // What was sent already is an outcome.
    const mayDiscard = !asksForOutcome || draft?.wasSent === true;
    const [saveKey, discardKey] = keysOf();
    return html`
      <div class="ask" role="alertdialog" aria-labelledby="ask" @keydown=${this.#key}>
        <p id="ask">
          <strong>${mayDiscard ? msg('¿Guardar o descartar?') : msg('¿Guardar?')}</strong>
          ${mayDiscard ? msg('Lo que escribió no está guardado.') : msg('La llamada se cierra con un resultado.')}
        </p>
        <span class="ends">
          <button class="bare" aria-keyshortcuts="Escape" @click=${this.#cancel}>
            ${msg('Seguir escribiendo')} <kbd aria-hidden="true">Esc</kbd>
          </button>
          ${
            mayDiscard
              ? html`<button aria-keyshortcuts=${discardKey} @click=${this.#discard}>
                  ${msg('Descartar')} <kbd aria-hidden="true">${discardKey}</kbd>
                </button>`
              : nothing
          }
          <button class="primary" aria-keyshortcuts=${saveKey} @click=${() => this.save()}>
            ${msg('Guardar y cerrar')} <kbd aria-hidden="true">${saveKey}</kbd>
          </button>
        </span>
      </div>
    `;
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const [saveKey, discardKey] = keysOf();
    const key = event.key.toUpperCase();
    if (event.key === 'Escape') this.#cancel();
    else if (key === saveKey) void this.save();
    else if (key === discardKey && (!this.host.asksForOutcome || this.host.draft?.wasSent)) this.#discard();
    // Other keys belong to the buttons, and none to the card or to the page behind the question.
    else if (/^.$/.test(event.key) && event.key !== ' ') event.stopPropagation();
    else return;
    if (event.key === 'Escape' || key === saveKey || key === discardKey) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  readonly #cancel = (): void => {
    const how = this.#asking;
    this.#ask(undefined);
    void this.#focus(how === 'take-off' ? '.take-off' : '.done, .save');
  };

  readonly #discard = (): void => {
    const how = this.#asking;
    this.#ask(undefined);
    this.host.draft?.clear();
    if (how) this.host.putAway(how);
  };

  #ask(how: PutAway | undefined): void {
    if (this.#asking === how) return;
    this.#asking = how;
    if (this.host.draft) this.host.draft.asked = how !== undefined;
    this.host.requestUpdate();
  }

  async #focus(what: string): Promise<void> {
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>(what)?.focus();
  }
}

/** The keys that save and discard, by the first letters of the words. */
const keysOf = (): readonly [save: string, discard: string] => (currentLocale() === 'en' ? ['S', 'D'] : ['G', 'D']);

function words(draft: WrapUpDraft, ended: boolean): string {
  const said = draftWords(draft);
  return draft.state === 'sent' && !ended ? msg(str`${said}. Se cierra al terminar la llamada.`) : said;
}
