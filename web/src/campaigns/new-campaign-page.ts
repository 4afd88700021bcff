import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError } from '../api/api-error.js';
import type {
  CampaignContacts,
  CampaignInput,
  CampaignList,
  CampaignMode,
  CampaignOptions,
  CampaignOrder,
} from '../api/campaign-types.js';
import type { CampaignsApi } from '../api/campaigns-api.js';
import { type Me, seesTeam } from '../api/types.js';
import { followLink } from '../base/follow-link.js';
import { Reading } from '../base/reading.js';
import { saveFile } from '../base/save-file.js';
import { Saving } from '../base/saving.js';
import { Unsaved } from '../base/unsaved.js';
import { editorStyles, refusalNotice, tickStyles } from '../design/editor.js';
import { pageFrame } from '../design/page-frame.js';
import { base, buttons, fields } from '../design/shared.js';
import type { Desk } from '../desk/desk.js';
import type { ContactSource } from './contact-source.js';
import './contact-source.js';
import { progressStyles } from './progress.js';
import { refusedList, refusedRows, refusedStyles } from './refused-list.js';
import {
  hoursFields,
  nameField,
  newSettings,
  paceFields,
  phoneFields,
  type SettingsFields,
  settingsOf,
  settingsStyles,
  type TypedSettings,
  withDefaults,
} from './settings-fields.js';
import {
  calledOf,
  campaignAddress,
  contactsWords,
  modeSentence,
  modeWords,
  orderSentence,
  orderWords,
} from './words.js';

/** A campaign that is being built. Before it is stored, the page shows who will not be called and why. */
@localized()
@customElement('cmw-new-campaign-page')
export class NewCampaignPage extends LitElement {
  @property({ attribute: false }) api!: CampaignsApi;
  @property({ attribute: false }) desk!: Pick<Desk, 'api' | 'contactFields'>;
  @property({ attribute: false }) me: Me | undefined;
  /** Stores a file. */
  @property({ attribute: false }) store: (file: Blob, name: string) => void = saveFile;

  @state() private typed: TypedSettings = newSettings;
  /** What stood in the fields before anything was typed. */
  #first: TypedSettings = newSettings;
  @state() private mode: CampaignMode = 'preview';
  @state() private order: CampaignOrder = 'agentFirst';
  @state() private contacts: CampaignContacts | undefined;
  /** What would become of the list that is shown; undefined after a change. */
  @state() private list: CampaignList | undefined;
  /** The campaign that was stored. */
  @state() private created = '';

  readonly #options = new Reading<CampaignOptions>(this, () => this.api.options());
  readonly #saving = new Saving(this);
  #again: () => unknown = () => {};

  constructor() {
    super();
    new Unsaved(this, () => !this.created && (this.contacts !== undefined || this.typed !== this.#first));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.#may && !this.#options.value) void this.#readOptions();
  }

  async #readOptions(): Promise<void> {
    await this.#options.read();
    const { defaults } = this.#options.value ?? {};
    if (!defaults) return;
    const isUntouched = this.typed === this.#first;
    this.#first = withDefaults(this.#first, defaults);
    this.typed = isUntouched ? this.#first : withDefaults(this.typed, defaults);
  }

  protected override render(): TemplateResult {
    return html`
      <p><a href="/campaigns">${msg('Todas las campañas')}</a></p>
      <h1 tabindex="-1">${msg('Nueva campaña')}</h1>
      ${this.me && !this.#may ? html`<p>${msg('Esta página es de quien supervisa.')}</p>` : nothing}
      ${this.#may ? this.#form() : nothing}
      ${this.created ? html`<a class="created visually-hidden" href=${campaignAddress(this.created)}>${msg('Abrir la campaña')}</a>` : nothing}
    `;
  }

  #form(): TemplateResult {
    const shown: SettingsFields = {
      typed: this.typed,
      saving: this.#saving,
      currency: this.me?.currencies?.[0] ?? 'CRC',
      phones: this.#options.value?.phones,
      change: (values) => this.#type(values),
    };
    return html`
      <form novalidate @submit=${this.#submit}>
        <section>
          ${nameField(shown)}
          ${this.#choice(
            'mode',
            msg('Cómo se llama'),
            ['preview', 'progressive'],
            this.mode,
            modeWords,
            modeSentence,
            (mode) => {
              this.mode = mode;
            },
          )}
          ${this.#choice(
            'order',
            msg('A quién se llama primero'),
            ['agentFirst', 'contactFirst'],
            this.order,
            orderWords,
            orderSentence,
            (order) => {
              this.order = order;
            },
          )}
        </section>
        <section>
          <cmw-contact-source
            .api=${this.desk.api}
            .contactFields=${this.desk.contactFields}
            .fault=${this.#saving.fault('contacts', 'contacts.query', 'contacts.numbers', 'contacts.ids')}
            @contacts=${(event: CustomEvent<CampaignContacts | undefined>) => this.#choose(event.detail)}
          ></cmw-contact-source>
        </section>
        <section>${paceFields(shown)} ${hoursFields(shown)} ${phoneFields(shown)}</section>
        <section aria-labelledby="review">
          <h2 id="review">${msg('Revisión')}</h2>
          ${this.list ? this.#review(this.list) : html`<p class="quiet">${msg('Antes de crearla se revisa la lista: cuántos contactos se llamarán, a quiénes no y por qué. Todavía no se llama a nadie.')}</p>`}
          ${refusalNotice(this.#saving, { again: () => this.#again() })}
          <div class="actions">
            <button class=${this.list ? '' : 'primary'} aria-disabled=${this.#saving.busy}>
              ${this.#saving.busy && !this.list ? msg('Revisando…') : this.list ? msg('Revisar otra vez') : msg('Revisar la lista')}
            </button>
            ${
              this.list && calledOf(this.list.counts) > 0
                ? html`<button type="button" class="primary" aria-disabled=${this.#saving.busy} @click=${this.#create}>
                    ${
                      this.#saving.busy
                        ? msg('Creando…')
                        : this.list.state === 'building'
                          ? msg('Crear la campaña')
                          : msg(str`Crear la campaña con ${contactsWords(calledOf(this.list.counts))}`)
                    }
                  </button>`
                : nothing
            }
          </div>
        </section>
      </form>
    `;
  }

  #choice<T extends string>(
    name: string,
    legend: string,
    choices: readonly T[],
    chosen: T,
    words: Record<T, () => string>,
    sentence: Record<T, () => string>,
    choose: (value: T) => void,
  ): TemplateResult {
    return html`<fieldset>
      <legend>${legend}</legend>
      ${choices.map(
        (value) => html`<label class="check way">
          <input
            type="radio"
            name=${name}
            .checked=${value === chosen}
            @change=${() => {
              choose(value);
              this.#changed();
            }}
          />
          <span><strong>${words[value]()}</strong> <span class="quiet">${sentence[value]()}</span></span>
        </label>`,
      )}
    </fieldset>`;
  }

  #review(list: CampaignList): TemplateResult {
    const { counts } = list;
    return html`
      <div class="review" role="status">
        ${
          list.state === 'building'
            ? html`<p>${msg(str`La lista es larga: se revisaron los primeros ${contactsWords(counts.total)}. El resto se revisa igual al crearla, y la campaña dice a quiénes no llama.`)}</p>`
            : nothing
        }
        <p class="called">
          ${
            calledOf(counts) === 0
              ? msg('No se llamaría a nadie.')
              : msg(str`Se llamará a ${contactsWords(calledOf(counts))}.`)
          }
          ${counts.refused > 0 ? msg(str`A ${contactsWords(counts.refused)} no se llamará:`) : msg('Se puede llamar a todos los de la lista.')}
        </p>
      </div>
      ${
        counts.refused > 0
          ? html`${refusedList(list)}
              <div><button type="button" @click=${() => this.store(refusedRows(list), msg('no-se-llaman.csv'))}>${msg('Descargar a quiénes no')}</button></div>`
          : nothing
      }
    `;
  }

  #type(values: Partial<TypedSettings>): void {
    this.typed = { ...this.typed, ...values };
    this.#changed();
  }

  #choose(contacts: CampaignContacts | undefined): void {
    this.contacts = contacts;
    // What was reviewed is another list.
    this.list = undefined;
    this.#changed();
  }

  #changed(): void {
    this.#saving.typed();
  }

  get #input(): CampaignInput {
    const settings = settingsOf(this.typed);
    if (!this.contacts) {
      throw new ApiError(400, { errors: { contacts: [msg('Diga a quién se llama.')] } });
    }

    return { ...settings, mode: this.mode, order: this.order, contacts: this.contacts };
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#settle();
    void this.#look();
  };

  /** What was pasted just now counts too. */
  #settle(): void {
    this.renderRoot.querySelector<ContactSource>('cmw-contact-source')?.settle();
  }

  async #look(): Promise<void> {
    this.#again = () => this.#look();
    await this.#saving.save(async () => {
      const input = this.#input;
      const list = await this.api.preview(input);
      // What was chosen meanwhile is another list.
      if (input.contacts === this.contacts) this.list = list;
    });
  }

  readonly #create = async (): Promise<void> => {
    this.#settle();
    // Nobody has seen who of another list is called.
    if (!this.list) return this.#look();
    this.#again = () => this.#create();
    await this.#saving.save(async () => {
      this.created = (await this.api.create(this.#input)).campaignId;
    });
    await this.updateComplete;
    followLink(this.renderRoot.querySelector<HTMLElement>('a.created'));
  };

  get #may(): boolean {
    return this.me !== undefined && seesTeam(this.me);
  }

  static override styles = [
    base,
    buttons,
    fields,
    pageFrame,
    editorStyles,
    tickStyles,
    progressStyles,
    settingsStyles,
    refusedStyles,
    css`
      form {
        display: grid;
        gap: var(--cmw-space-4);
      }

      section {
        gap: var(--cmw-space-4);
      }

      .way {
        align-items: start;
        padding-block: var(--cmw-space-1);
      }

      .way input {
        margin-block-start: 0.2rem;
      }

      .called {
        font: var(--cmw-type-strong);
      }
    `,
  ];
}
