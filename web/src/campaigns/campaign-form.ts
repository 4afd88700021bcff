import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Campaign, CampaignPhone } from '../api/campaign-types.js';
import type { CampaignsApi } from '../api/campaigns-api.js';
import { Saving } from '../base/saving.js';
import { SharedRow } from '../base/shared-row.js';
import { Unsaved } from '../base/unsaved.js';
import { conflictNotice, editorStyles, refusalNotice, tickStyles } from '../design/editor.js';
import { base, buttons, fields } from '../design/shared.js';
import { beforeStop, money } from '../i18n/format.js';
import {
  hoursFields,
  nameField,
  paceFields,
  phoneFields,
  type SettingsFields,
  settingsOf,
  settingsStyles,
  type TypedSettings,
  typedOf,
} from './settings-fields.js';
import { hoursWords } from './words.js';

/** Changes what can be changed of a campaign while it runs. It tells by the events `saved` and `cancel`. */
@localized()
@customElement('cmw-campaign-form')
export class CampaignForm extends LitElement {
  @property({ attribute: false }) api!: Pick<CampaignsApi, 'save' | 'get'>;
  /** The campaign as it was when the form was opened. */
  @property({ attribute: false }) campaign!: Campaign;
  /** The phones to choose from; undefined for who may not read them. */
  @property({ attribute: false }) phones: readonly CampaignPhone[] | undefined;

  @state() private typed: TypedSettings | undefined;
  #stored: TypedSettings | undefined;
  readonly #saving = new Saving(this);
  readonly #row = new SharedRow<Campaign>(this, this.#saving, () => this.api.get(this.campaign.campaignId));

  constructor() {
    super();
    new Unsaved(this, () => this.typed !== this.#stored);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.typed || !changed.has('campaign')) return;
    this.typed = typedOf(this.campaign);
    this.#stored = this.typed;
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('#name')?.focus();
  }

  protected override render(): TemplateResult {
    const shown: SettingsFields = {
      typed: this.typed ?? typedOf(this.campaign),
      saving: this.#saving,
      currency: this.campaign.currency,
      phones: this.phones,
      change: (values) => {
        this.typed = { ...(this.typed ?? typedOf(this.campaign)), ...values };
        this.#saving.typed();
      },
    };
    return html`
      <form novalidate @submit=${this.#submit} @keydown=${this.#row.key}>
        ${nameField(shown)} ${paceFields(shown)} ${hoursFields(shown)} ${phoneFields(shown)} ${this.#conflict()}
        <div class="actions">
          <button class="primary" aria-disabled=${this.#saving.busy}>${msg('Guardar')}</button>
          <button type="button" @click=${this.#row.cancel}>${msg('Cancelar')}</button>
        </div>
        ${refusalNotice(this.#saving, { again: this.#save, keepMine: this.#keepMine, useOther: this.#row.useOther })}
      </form>
    `;
  }

  #conflict(): TemplateResult | typeof nothing {
    const { theirs } = this.#row;
    if (!this.#row.isConflict) return nothing;
    return conflictNotice(
      msg('Otra persona quitó esta campaña.'),
      theirs ? changesOf(this.campaign, theirs) : undefined,
    );
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    void this.#save();
  };

  readonly #save = (): Promise<void> => this.#store(this.campaign.etag);

  readonly #keepMine = (): Promise<void> => this.#store(this.#row.versionAfter(this.campaign));

  #store(etag: string | undefined): Promise<void> {
    return this.#row.store(async () => {
      const saved = await this.api.save(
        this.campaign.campaignId,
        settingsOf(this.typed ?? typedOf(this.campaign)),
        etag,
      );
      this.#stored = this.typed;
      return saved;
    });
  }

  static override styles = [
    base,
    buttons,
    fields,
    editorStyles,
    tickStyles,
    settingsStyles,
    css`
      form {
        gap: var(--cmw-space-3);
      }
    `,
  ];
}

/** What another has changed of a campaign, a sentence each. */
export function changesOf(before: Campaign, after: Campaign): readonly string[] {
  const [was, is] = [typedOf(before), typedOf(after)];
  const budget = (campaign: Campaign) =>
    campaign.budget === undefined ? msg('sin presupuesto') : money(campaign.budget, campaign.currency);
  return [
    was.name === is.name ? '' : msg(str`El nombre es «${is.name}».`),
    was.attempts === is.attempts ? '' : msg(str`Los intentos son ${is.attempts}.`),
    was.gapMinutes === is.gapMinutes ? '' : msg(str`Los minutos entre intentos son ${is.gapMinutes}.`),
    was.perMinute === is.perMinute ? '' : msg(str`Las llamadas por minuto son ${is.perMinute}.`),
    was.budget === is.budget ? '' : msg(str`El presupuesto es ahora: ${budget(after)}.`),
    hoursWords(before.hours) === hoursWords(after.hours)
      ? ''
      : msg(str`El horario es ahora: ${beforeStop(hoursWords(after.hours))}.`),
    was.phones === is.phones ? '' : msg(str`Los teléfonos son ahora: ${is.phones || msg('todos')}.`),
  ].filter(Boolean);
}
