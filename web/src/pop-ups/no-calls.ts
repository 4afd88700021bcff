import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { ApiError } from '../api/api-error.js';
import * as icons from '../design/icons.js';
import { plainWords } from '../i18n/plain-words.js';

/** What stands in the place of the calls until they are read. */
export const callsSkeleton = (): TemplateResult =>
  html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`;

/** What stands in the place of the calls where there are none. The slot is for what the page has to say. */
export const noCalls = (hasPhone: boolean, isOfTeam: boolean): TemplateResult => html`
  <div class="empty" part="empty">
    <span class="glyph">${icons.phone(26)}</span>
    ${hasPhone ? waiting() : withoutPhone(isOfTeam)}
  </div>
`;

/** That the calls could not be read. */
export const callsError = (error: ApiError, again: () => unknown): TemplateResult => html`
  <div class="empty" role="alert">
    <p class="title">${msg('No se pudieron cargar sus llamadas')}</p>
    <p>${plainWords(error)}</p>
    <button @click=${again}>${msg('Intentar de nuevo')}</button>
  </div>
`;

const waiting = (): TemplateResult => html`
  <p class="title">${msg('Sin llamadas en este momento')}</p>
  <p>${msg('Cuando le llamen, aquí verá quién es. Deje esta página abierta.')}</p>
  <slot name="empty"></slot>
`;

const withoutPhone = (isOfTeam: boolean): TemplateResult => html`
  <p class="title">${msg('Su usuario no tiene teléfono')}</p>
  <p>
    ${
      isOfTeam
        ? msg('Aquí se abren las llamadas que elija en la lista del equipo.')
        : msg('Pida a un administrador que le asigne uno: entonces verá aquí quién le llama.')
    }
  </p>
`;
