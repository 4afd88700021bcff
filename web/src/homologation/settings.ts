import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Saving } from '../base/saving.js';
import { editorStyles, refusalNotice } from '../design/editor.js';
import { pageFrame, pagePart } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import {
  type AnsweredSetting,
  answeredSettings,
  type HomologationApi,
  type Run,
  runPath,
  type SettingChange,
  settingLines,
} from './run.js';

/**
 * The settings that the answers of a run ask for, with the value before and after. Nothing is taken over without a
 * press. `run-changed` has the new run; `run-stale` says that it is to be read again.
 */
@localized()
@customElement('cmw-homologation-settings')
export class HomologationSettings extends LitElement {
  @property({ attribute: false }) api!: HomologationApi;
  @property({ attribute: false }) run!: Run;

  @state() private copied = false;
  @state() private done = '';

  readonly #saving = new Saving(this);

  protected override render(): TemplateResult | typeof nothing {
    const all = answeredSettings(this.run.questions);
    if (all.length === 0) return nothing;
    const different = all.filter(({ setting }) => setting.value !== setting.now);
    const open = different.filter(({ setting }) => setting.source !== 'deployment');
    const fixed = different.filter(({ setting }) => setting.source === 'deployment');
    return html`
      <section aria-labelledby="settings">
        <h2 id="settings">${msg('Ajustes según las respuestas')}</h2>
        <p>
          ${
            different.length === 0
              ? msg('Todos los ajustes ya valen lo que piden las respuestas.')
              : msg(
                  'Nada cambia hasta que usted lo tome. Un ajuste tomado vale en un minuto a más tardar, sin reiniciar.',
                )
          }
        </p>
        <ul class="rows">
          ${all.map((each) => this.#row(each))}
        </ul>
        <div class="bar">
          ${
            open.length > 1
              ? html`<button class="primary" aria-disabled=${this.#saving.busy} @click=${() => this.#take(open)}>
                  ${msg(str`Tomar los ${open.length} ajustes`)}
                </button>`
              : nothing
          }
          <span role="status">${this.done}</span>
        </div>
        ${refusalNotice(this.#saving, { again: () => this.#again() })}
        ${fixed.length > 0 ? this.#ofTheDeployment(settingLines(fixed.map(({ setting }) => setting))) : nothing}
      </section>
    `;
  }

  #row(each: AnsweredSetting): TemplateResult {
    const { title, question, setting } = each;
    const isSame = setting.value === setting.now;
    const button = (words: string, press: () => unknown) =>
      html`<button aria-disabled=${this.#saving.busy} aria-describedby=${`title-${question}`} @click=${press}>${words}</button>`;
    return html`<li>
      <div class="what">
        <strong id=${`title-${question}`}>${title}</strong>
        <span>
          ${
            isSame
              ? msg(str`Vale ${shown(setting.now)}`)
              : html`${msg('Ahora:')} <b>${shown(setting.now)}</b> · ${msg('Según la respuesta:')}
                  <b>${shown(setting.value)}</b>`
          }
        </span>
        <span class="quiet small">${setting.name} · ${sourceWords(setting.source)}</span>
      </div>
      ${
        setting.source === 'deployment'
          ? nothing
          : isSame
            ? setting.source === 'taken'
              ? button(msg('Devolver'), () => this.#giveBack(each))
              : nothing
            : button(msg('Tomar'), () => this.#take([each]))
      }
    </li>`;
  }

  #ofTheDeployment(lines: string): TemplateResult {
    return html`
      <p>${msg('Estos los fija la configuración del servidor. Escríbalos ahí y reinícielo:')}</p>
      <pre tabindex="0" role="region" aria-label=${msg('Variables del servidor')}>${lines}</pre>
      <div class="bar">
        <button @click=${() => this.#copy(lines)}>${msg('Copiar')}</button>
        <span role="status">${this.copied ? msg('Copiado') : nothing}</span>
      </div>
    `;
  }

  #take(all: readonly AnsweredSetting[]): Promise<void> {
    return this.#send(
      all.map(({ question, setting }) => ({ question, value: setting.value, now: setting.now })),
      all.length === 1 ? msg('Ajuste tomado.') : msg(str`${all.length} ajustes tomados.`),
    );
  }

  #giveBack({ question, setting }: AnsweredSetting): Promise<void> {
    return this.#send([{ question, value: null, now: setting.now }], msg('El ajuste vuelve a su valor inicial.'));
  }

  async #send(settings: readonly SettingChange[], done: string): Promise<void> {
    this.done = '';
    await this.#saving.save(async () => {
      const run = await this.api.change<Run>(`${runPath(this.run.runId)}/settings`, {
        method: 'POST',
        body: { settings },
      });
      this.done = done;
      this.dispatchEvent(new CustomEvent<Run>('run-changed', { detail: run }));
    });
    await this.updateComplete;
    // The button that was pressed may be gone.
    if (!this.#saving.error && !this.renderRoot.querySelector(':focus')) {
      this.renderRoot.querySelector<HTMLElement>('button')?.focus();
    }
  }

  /** What was shown may not be so any more: it is read again, and the press is the administrator's. */
  #again(): void {
    this.#saving.error = undefined;
    this.#saving.typed();
    this.dispatchEvent(new CustomEvent('run-stale'));
  }

  /** Where the browser does not let the page copy, the lines can be selected. */
  async #copy(lines: string): Promise<void> {
    this.copied =
      (await navigator.clipboard?.writeText(lines).then(
        () => true,
        () => false,
      )) ?? false;
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    pagePart,
    editorStyles,
    css`
      .what {
        display: grid;
        flex: 1 1 16rem;
        gap: var(--cmw-space-1);
      }

      li button {
        justify-self: start;
      }
    `,
  ];
}

const shown = (value: string): string => (value === '' ? msg('(vacío)') : value);

function sourceWords(source: AnsweredSetting['setting']['source']): string {
  switch (source) {
    case 'taken':
      return msg('tomado de una homologación');
    case 'deployment':
      return msg('fijado por el servidor');
    default:
      return msg('valor inicial');
  }
}
