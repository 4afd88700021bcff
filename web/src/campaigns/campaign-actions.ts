import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Campaign } from '../api/campaign-types.js';
import type { CampaignsApi } from '../api/campaigns-api.js';
import { Saving } from '../base/saving.js';
import { refusalNotice } from '../design/editor.js';
import { base, buttons } from '../design/shared.js';
import { mayPause, mayStart, mayStop } from './words.js';

/** What can be done with a campaign. It tells `changed` with the campaign as it is then. */
@localized()
@customElement('cmw-campaign-actions')
export class CampaignActions extends LitElement {
  @property({ attribute: false }) api!: CampaignsApi;
  @property({ attribute: false }) campaign!: Campaign;

  /** True while it asks whether the campaign is to be stopped. */
  @state() private asking = false;

  readonly #saving = new Saving(this);
  #again: () => unknown = () => {};

  protected override render(): TemplateResult {
    const { campaign } = this;
    const { campaignId, name } = campaign;
    return html`
      <div class="bar">
        ${
          mayStart(campaign)
            ? this.#button(
                campaign.state === 'paused' ? msg('Reanudar') : msg('Iniciar'),
                () => this.api.start(campaignId),
                'primary',
              )
            : nothing
        }
        ${mayPause(campaign) ? this.#button(msg('Pausar'), () => this.api.pause(campaignId)) : nothing}
        ${
          mayStop(campaign) && !this.asking
            ? html`<button class="stop" aria-label=${msg(str`Detener ${name}`)} @click=${this.#ask}>${msg('Detener')}</button>`
            : nothing
        }
      </div>
      ${
        mayStop(campaign) && this.asking
          ? html`<div class="sure" role="alertdialog" aria-labelledby="sure">
              <p id="sure">
                ${msg(str`¿Detener «${name}»? No se llama a nadie más y no se puede reanudar. Si solo quiere esperar, use «Pausar».`)}
              </p>
              <div class="bar">
                <button class="yes" aria-disabled=${this.#saving.busy} @click=${() => this.#do(() => this.api.stop(campaignId))}>
                  ${msg('Sí, detener')}
                </button>
                <button @click=${this.#dont}>${msg('No')}</button>
              </div>
            </div>`
          : nothing
      }
      ${refusalNotice(this.#saving, { again: () => this.#again() })}
    `;
  }

  #button(words: string, run: () => Promise<Campaign>, tone = ''): TemplateResult {
    return html`<button
      class=${tone}
      aria-label=${`${words} ${this.campaign.name}`}
      aria-disabled=${this.#saving.busy}
      @click=${() => this.#do(run)}
    >
      ${words}
    </button>`;
  }

  async #do(run: () => Promise<Campaign>): Promise<void> {
    this.#again = () => this.#do(run);
    await this.#saving.save(async () => {
      const campaign = await run();
      this.asking = false;
      this.dispatchEvent(new CustomEvent('changed', { detail: campaign }));
    });
    // The button that was pressed is gone.
    if (this.#saving.saved) await this.#focus('button');
  }

  readonly #ask = async (): Promise<void> => {
    this.asking = true;
    await this.#focus('.sure .yes');
  };

  readonly #dont = async (): Promise<void> => {
    this.asking = false;
    await this.#focus('.stop');
  };

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--cmw-space-2);
      }

      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }

      .sure {
        display: grid;
        gap: var(--cmw-space-3);
        padding: var(--cmw-space-3) var(--cmw-space-4);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-warn-ground);
        color: var(--cmw-warn);
      }

      .problem {
        display: grid;
        justify-items: start;
        gap: var(--cmw-space-2);
        color: var(--cmw-bad);
      }
    `,
  ];
}
