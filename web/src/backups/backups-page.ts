import { localized, msg, str } from '@lit/localize';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ApiClient } from '../api/api-client.js';
import type * as Api from '../api/generated/api.js';
import { isAdmin, type Me } from '../api/types.js';
import { Reading, Repeating } from '../base/reading.js';
import { Saving } from '../base/saving.js';
import { editorStyles, refusalNotice } from '../design/editor.js';
import { fact, pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { timeOfDay } from '../i18n/time-of-day.js';
import { defaultZone, numberWords, timeWords } from '../i18n/times.js';

/** A backup as `GET /api/backups` tells of it. */
export type BackupItem = Api.BackupView;

/** The answer of `GET /api/backups`. */
export type Backups = Api.BackupsView;

/** How often a backup that is being made is asked about. */
const everyMs = 1000;

/** The backups of this host: those that are there, how the one under way goes, and a button for one now. */
@localized()
@customElement('cmw-backups-page')
export class BackupsPage extends LitElement {
  @property({ attribute: false }) api!: Pick<ApiClient, 'read' | 'change' | 'now'>;
  @property({ attribute: false }) me: Me | undefined;

  readonly #backups = new Reading<Backups>(this, () => this.api.read('/api/backups'));
  readonly #saving = new Saving(this);

  constructor() {
    super();
    new Repeating(
      this,
      everyMs,
      () => this.#running !== undefined,
      () => this.#backups.read(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('me') && this.#isAllowed && !this.#backups.value) void this.#backups.read();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 tabindex="-1">${msg('Respaldos')}</h1>
      ${
        this.me && !this.#isAllowed
          ? html`<p>${msg('Esta página es de un administrador.')}</p>`
          : readingBody(this.#backups, msg('No se pudieron leer los respaldos.'), (backups) => this.#body(backups))
      }
    `;
  }

  #body(backups: Backups): TemplateResult {
    const running = this.#running;
    const done = backups.items.filter(({ state }) => state === 'done');
    const failed = backups.items.find(({ state }) => state === 'failed');
    return html`
      <section>
        <dl class="facts">
          ${fact(msg('Último respaldo'), done[0] ? this.#time(done[0].at) : msg('Todavía no hay ninguno'))}
          ${fact(msg('Cada día'), backups.at ? timeOfDay(backups.at) : msg('No se hace solo'))}
          ${fact(msg('Se conservan'), backups.keep === 1 ? msg('Solo el último') : msg(str`Los últimos ${backups.keep}`))}
          ${fact(msg('Carpeta'), backups.folder)}
        </dl>
        <p class="quiet">
          ${msg('Un respaldo en el mismo disco no protege si el disco se daña: copie la carpeta a otro equipo, o póngala en otro disco con Backup:Folder. La guía dice cómo restaurar uno.')}
        </p>
        <button class="primary" aria-disabled=${running !== undefined} @click=${this.#begin}>
          ${msg('Hacer un respaldo ahora')}
        </button>
        <div role="status">
          ${
            running
              ? html`<p>${msg('Se está haciendo un respaldo. La oficina puede seguir trabajando.')}</p>`
              : this.#saving.saved && !failed
                ? html`<p class="good">${msg('El respaldo está listo.')}</p>`
                : nothing
          }
        </div>
        ${running ? html`<progress max="1" .value=${running.progress} aria-label=${msg('Respaldo')}></progress>` : nothing}
        ${
          failed
            ? html`<div class="notice" role="alert">
                <p>${msg('El último respaldo no se pudo hacer. El servidor dijo:')}</p>
                <p lang="en">${failed.error}</p>
              </div>`
            : nothing
        }
        ${refusalNotice(this.#saving, { again: this.#begin })}
      </section>
      ${
        done.length > 0
          ? html`<section>
              <h2 id="all">${msg('Los que hay')}</h2>
              <div class="scroll" role="region" aria-labelledby="all" tabindex="0">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">${msg('Fecha y hora')}</th>
                      <th scope="col" class="number">${msg('Tamaño')}</th>
                      <th scope="col">${msg('Versión')}</th>
                      <th scope="col">${msg('Carpeta')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${done.map(
                      ({ at, bytes, release, backupId }) =>
                        html`<tr>
                          <th scope="row">${this.#time(at)}</th>
                          <td class="number">${sizeWords(bytes ?? 0)}</td>
                          <td>${release}</td>
                          <td>${backupId}</td>
                        </tr>`,
                    )}
                  </tbody>
                </table>
              </div>
            </section>`
          : nothing
      }
    `;
  }

  #time(at: string): string {
    return timeWords(at, this.api.now(), this.me?.timeZone ?? defaultZone);
  }

  get #isAllowed(): boolean {
    return this.me !== undefined && isAdmin(this.me);
  }

  get #running(): BackupItem | undefined {
    return this.#backups.value?.items.find(({ state }) => state === 'running');
  }

  readonly #begin = async (): Promise<void> => {
    if (this.#running) return;
    this.#saving.saved = await this.#saving.ask(async () => {
      await this.api.change('/api/backups', { method: 'POST' });
      await this.#backups.read();
    });
  };

  static override styles = [
    base,
    buttons,
    pageFrame,
    editorStyles,
    css`
      section {
        justify-items: start;
      }

      .scroll {
        inline-size: 100%;
        overflow-x: auto;
      }

      progress {
        inline-size: min(100%, 24rem);
      }

      table {
        inline-size: 100%;
        border-collapse: collapse;
      }

      th,
      td {
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border-block-end: 1px solid var(--cmw-line);
        text-align: start;
        font-weight: normal;
        white-space: nowrap;
      }

      thead th {
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      .number {
        text-align: end;
        font-variant-numeric: tabular-nums;
      }

      .good {
        color: var(--cmw-live);
      }
    `,
  ];
}

/** A length in megabytes, or in gigabytes from a thousand on. */
export function sizeWords(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  return megabytes < 1000
    ? `${numberWords(Math.max(0.1, Math.round(megabytes * 10) / 10))} MB`
    : `${numberWords(Math.round(megabytes / 100) / 10)} GB`;
}
