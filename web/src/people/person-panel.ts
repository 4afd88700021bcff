import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PeopleApi } from '../api/people-api.js';
import type { Account, Belongings, HandOver, Invite, Person } from '../api/people-types.js';
import { focused } from '../base/focused.js';
import { Reading, Repeating } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { Unsaved } from '../base/unsaved.js';
import { refusalNotice } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { beforeStop, dayAndTime } from '../i18n/format.js';
import { belongingsWords } from './people-words.js';

const everyMs = 1_500;

/**
 * What can be done with a person's account: invite, sign out, unlock, hand over, remove. It tells by the events
 * `changed` and `removed`.
 */
@localized()
@customElement('cmw-person-panel')
export class PersonPanel extends LitElement {
  @property({ attribute: false }) api!: PeopleApi;
  @property({ attribute: false }) person!: Person;
  @property({ attribute: false }) account: Account | undefined;
  /** Those who can get what the person has. */
  @property({ attribute: false }) others: readonly Person[] = [];
  @property({ attribute: false }) isSelf = false;
  @property({ attribute: false }) byDirectory = false;
  @property({ attribute: false }) timeZone = '';
  /** Reads the person again, whom somebody else has changed; false where that fails. */
  @property({ attribute: false }) reread: () => Promise<boolean> = async () => true;

  @state() private invited: Invite | undefined;
  @state() private copied = false;
  @state() private to = '';
  @state() private moving: HandOver | undefined;
  @state() private asks = false;
  @state() private said = '';

  readonly #has = new Reading<Belongings>(this, () => this.api.belongings(this.person.agentId));
  readonly #saving = new Saving(this);

  #again: () => unknown = () => {};
  /** What of the hand-over had the focus before this was drawn. */
  #focused: Element | undefined;

  constructor() {
    super();
    const isUnderWay = () => this.moving?.state === 'queued' || this.moving?.state === 'running';
    new Repeating(this, everyMs, isUnderWay, () => this.#follow());
    new Unsaved(
      this,
      () => this.#loses !== '',
      () => this.#loses,
    );
  }

  /** What closing the panel would lose, as the question before it; empty where nothing is lost. */
  get #loses(): string {
    if (this.invited && !this.copied) return msg('El enlace no se vuelve a mostrar. ¿Cerrar sin copiarlo?');
    return this.to !== '' && !this.moving
      ? msg('Eligió a quién pasar todo, y todavía no lo pasó. ¿Salir sin pasarlo?')
      : '';
  }

  protected override firstUpdated(): void {
    void this.#has.read();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('person') && this.hasUpdated) void this.#has.read();
    const at = focused();
    this.#focused = at?.getRootNode() === this.shadowRoot && at.closest('.has .bar') ? at : undefined;
  }

  /** A hand-over that ends takes its buttons away: the focus goes to what comes next. */
  protected override updated(): void {
    if (!this.#focused || this.#focused.isConnected) return;
    const has = this.renderRoot.querySelector('.has');
    (has?.querySelector<HTMLElement>('#to') ?? has?.querySelector('p'))?.focus();
  }

  protected override render(): TemplateResult {
    return html`
      ${this.byDirectory ? nothing : this.#signIn()} ${this.isSelf ? nothing : this.#handOver()}
      ${this.isSelf ? nothing : this.#removal()}
      <p class="said" role="status">${this.said}</p>
      ${refusalNotice(this.#saving, { again: () => this.#again() })}
    `;
  }

  #signIn(): TemplateResult {
    const { account } = this;
    return html`
      <div class="bar">
        <button id="invite" aria-disabled=${this.#saving.busy} @click=${this.#invite}>
          ${account?.state === 'active' ? msg('Enlace para una contraseña nueva') : msg('Invitar con un enlace')}
        </button>
        ${
          account?.state === 'active'
            ? html`<button aria-disabled=${this.#saving.busy} @click=${this.#signOut}>${msg('Cerrar sus sesiones')}</button>`
            : nothing
        }
        ${account?.lockedUntil ? html`<button aria-disabled=${this.#saving.busy} @click=${this.#unlock}>${msg('Desbloquear')}</button>` : nothing}
      </div>
      ${this.invited ? this.#link(this.invited) : nothing}
    `;
  }

  #link({ url, expiresAt }: Invite): TemplateResult {
    const until = beforeStop(dayAndTime(Date.parse(expiresAt), this.timeZone));
    return html`
      <div class="link">
        <label for="url">${msg(str`Envíe este enlace a ${this.person.name}`)}</label>
        <div class="bar">
          <input id="url" readonly .value=${url} @copy=${this.#tookLink} @focus=${(event: Event) => (event.target as HTMLInputElement).select()} />
          <button @click=${() => this.#copy(url)}>${this.copied ? msg('Copiado') : msg('Copiar')}</button>
        </div>
        <p class="hint">
          ${msg(str`Sirve una sola vez y vence el ${until}. No se vuelve a mostrar: si se pierde, haga otro, y este deja de servir.`)}
        </p>
      </div>
    `;
  }

  #handOver(): TemplateResult {
    const { value } = this.#has;
    const has = value ? belongingsWords(value) : [];
    const isUnderWay = this.moving?.state === 'queued' || this.moving?.state === 'running';
    return html`
      <div class="has">
        <p tabindex="-1">
          ${
            value
              ? has.length > 0
                ? msg(str`Tiene: ${has.join(', ')}.`)
                : msg('No tiene teléfonos ni nada pendiente.')
              : msg('Viendo qué tiene…')
          }
          ${value && value.liveCalls > 0 ? msg('Está en una llamada.') : nothing}
        </p>
        ${
          has.length > 0 || isUnderWay
            ? html`<div class="bar">
                <label for="to">${msg('Pasar todo a')}</label>
                <select
                  id="to"
                  @change=${(event: Event) => {
                    this.to = (event.target as HTMLSelectElement).value;
                  }}
                >
                  <option value="" ?selected=${this.to === ''}>${msg('Elija a quién')}</option>
                  ${this.others.map(
                    ({ agentId, name }) =>
                      html`<option value=${agentId} ?selected=${agentId === this.to}>${name}</option>`,
                  )}
                </select>
                <button aria-disabled=${this.to === '' || isUnderWay || this.#saving.busy} @click=${this.#move}>
                  ${isUnderWay ? msg('Pasando…') : msg('Pasar')}
                </button>
                ${
                  isUnderWay
                    ? html`<button id="stop" aria-disabled=${this.#saving.busy} @click=${this.#stop}>${msg('Detener')}</button>`
                    : nothing
                }
              </div>`
            : nothing
        }
        <p class="said" role="status">${this.moving ? movedWords(this.moving) : ''}</p>
      </div>
    `;
  }

  #removal(): TemplateResult {
    const refused = this.#saving.error;
    const canLeave = refused?.status === 409 && (refused.problem as { canLeave?: boolean }).canLeave === true;
    return this.asks
      ? html`
          <div class="removal" role="group" aria-label=${msg(str`Quitar a ${this.person.name}`)} @keydown=${this.#escape}>
            <p>${msg(str`${this.person.name} ya no podrá entrar. Sus llamadas quedan en el historial con su nombre.`)}</p>
            <div class="bar">
              <button class="primary" id="remove" aria-disabled=${this.#saving.busy} @click=${() => this.#remove(false)}>
                ${msg(str`Quitar a ${this.person.name}`)}
              </button>
              ${
                canLeave
                  ? html`<button aria-disabled=${this.#saving.busy} @click=${() => this.#remove(true)}>
                      ${msg('Dejar lo pendiente a sus supervisores y quitar')}
                    </button>`
                  : nothing
              }
              <button @click=${this.#leave}>${msg('Cancelar')}</button>
            </div>
          </div>
        `
      : html`<div class="bar">
          <button class="ask" @click=${this.#ask}>${msg('Quitar de la lista')}</button>
        </div>`;
  }

  readonly #invite = (): Promise<void> =>
    this.#do(this.#invite, async () => {
      this.copied = false;
      this.invited = await this.api.invite(this.person.agentId);
      this.#tell();
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('#url')?.focus();
    });

  readonly #signOut = (): Promise<void> =>
    this.#do(this.#signOut, async () => {
      await this.api.signOut(this.person.agentId);
      this.invited = undefined;
      this.said = msg(
        'Se cerraron todas sus sesiones, y un enlace que no se usó ya no sirve. Puede entrar de nuevo con su contraseña.',
      );
      this.#tell();
    });

  readonly #unlock = (): Promise<void> =>
    this.#do(this.#unlock, async () => {
      await this.api.unlock(this.person.agentId);
      this.said = msg('Ya puede intentar de nuevo.');
      this.#tell();
    });

  readonly #move = (): Promise<void> =>
    this.#do(this.#move, async () => {
      if (!this.to) return;
      this.moving = await this.api.handOver(this.person.agentId, this.to);
    });

  readonly #stop = (): Promise<void> =>
    this.#do(this.#stop, async () => {
      const { moving } = this;
      if (!moving) return;
      this.moving = await this.api.cancelHandOver(moving.handOverId);
      await this.#has.read();
      this.#tell();
    });

  async #follow(): Promise<void> {
    const { moving } = this;
    if (!moving) return;
    try {
      const read = await this.api.readHandOver(moving.handOverId);
      // Meanwhile it may have been ended.
      if (this.moving !== moving) return;
      this.moving = read;
    } catch {
      // It is asked for again.
      return;
    }

    if (['done', 'failed', 'cancelled'].includes(this.moving.state)) {
      await this.#has.read();
      this.#tell();
    }
  }

  async #ask(): Promise<void> {
    this.#saving.rearranged();
    this.said = '';
    this.asks = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#remove')?.focus();
  }

  readonly #leave = async (): Promise<void> => {
    this.#saving.rearranged();
    this.asks = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.ask')?.focus();
  };

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    void this.#leave();
  };

  #remove(leave: boolean): Promise<void> {
    return this.#do(
      () => this.#removeAgain(leave),
      async () => {
        await this.api.remove(this.person, leave);
        this.dispatchEvent(new CustomEvent('removed'));
      },
    );
  }

  /** The person is read again first where somebody has changed them, so that it is known who is removed. */
  async #removeAgain(leave: boolean): Promise<void> {
    if (this.#saving.error?.status !== 412) return this.#remove(leave);
    if (await this.reread()) await this.#ask();
  }

  async #copy(url: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(url);
      this.#tookLink();
    } catch {
      // Without leave for the clipboard it is copied by hand.
      this.renderRoot.querySelector<HTMLInputElement>('#url')?.select();
    }
  }

  readonly #tookLink = (): void => {
    this.copied = true;
  };

  async #do(again: () => unknown, run: () => Promise<void>): Promise<void> {
    this.#again = again;
    this.said = '';
    await this.#saving.save(run);
  }

  #tell(): void {
    this.dispatchEvent(new CustomEvent('changed'));
  }

  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host,
      .link,
      .has,
      .removal,
      .problem {
        display: grid;
        justify-items: start;
        gap: var(--cmw-space-2);
      }

      :host {
        gap: var(--cmw-space-3);
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-sunken);
      }

      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cmw-space-2) var(--cmw-space-3);
      }

      .link,
      .link .bar {
        inline-size: 100%;
      }

      .link input {
        flex: 1 1 16rem;
        inline-size: auto;
      }

      select {
        inline-size: auto;
        max-inline-size: 100%;
      }

      .said {
        color: var(--cmw-live);
      }

      .problem {
        color: var(--cmw-bad);
      }
    `,
  ];
}

function movedWords(moving: HandOver): string {
  const moved = belongingsWords(moving);
  const words = moved.length > 0 ? msg(str`Se pasaron: ${moved.join(', ')}.`) : '';
  switch (moving.state) {
    case 'done':
      return words || msg('No había nada que pasar.');
    case 'cancelled':
      return [msg('Se detuvo.'), words].filter(Boolean).join(' ');
    case 'failed':
    case 'running':
      return [words, moving.error ?? ''].filter(Boolean).join(' ');
    default:
      return words;
  }
}
