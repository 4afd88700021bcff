import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { ApiClient } from '../api/api-client.js';
import { settingsApi } from '../api/settings-api.js';
import type { Me } from '../api/types.js';

/** A page of the settings. */
export interface SettingsPart {
  /** The last part of its address. */
  readonly path: string;
  readonly words: () => string;
  /** What is decided there, in a sentence. */
  readonly about: () => string;
  readonly fetch: () => Promise<unknown>;
  readonly draw: (api: ApiClient, me: Me | undefined) => TemplateResult;
}

/** In the order in which they are shown. The code of each is loaded when it is opened. */
export const parts: readonly SettingsPart[] = [
  {
    path: 'outcomes',
    words: () => msg('Resultados'),
    about: () => msg('Qué se puede anotar de una llamada, y qué pide cada resultado.'),
    fetch: () => import('./outcomes-editor.js'),
    draw: (api) => html`<cmw-outcomes class="editor" .api=${settingsApi(api)}></cmw-outcomes>`,
  },
  {
    path: 'wrap-up-fields',
    words: () => msg('Campos del resultado'),
    about: () => msg('Datos propios que se piden al documentar una llamada.'),
    fetch: () => import('./wrap-up-fields-editor.js'),
    draw: (api) => html`<cmw-wrap-up-fields class="editor" .api=${settingsApi(api)}></cmw-wrap-up-fields>`,
  },
  {
    path: 'contact-fields',
    words: () => msg('Campos de los contactos'),
    about: () => msg('Qué se guarda de cada contacto, además de su nombre y sus teléfonos.'),
    fetch: () => import('./contact-fields-editor.js'),
    draw: (api) => html`<cmw-contact-fields class="editor" .api=${settingsApi(api)}></cmw-contact-fields>`,
  },
  {
    path: 'dial-rules',
    words: () => msg('Reglas de marcado'),
    about: () => msg('Qué números se pueden llamar con un clic, cuántas veces y a qué horas.'),
    fetch: () => import('./dial-rules-editor.js'),
    draw: (api) => html`<cmw-dial-rules class="editor" .api=${settingsApi(api)}></cmw-dial-rules>`,
  },
  {
    path: 'pauses',
    words: () => msg('Motivos de pausa'),
    about: () => msg('Los motivos que un agente puede elegir al hacer una pausa.'),
    fetch: () => import('./pause-reasons-editor.js'),
    draw: (api) => html`<cmw-pause-reasons class="editor" .api=${settingsApi(api)}></cmw-pause-reasons>`,
  },
  {
    path: 'desk',
    words: () => msg('Cierre de llamadas'),
    about: () => msg('Si una llamada se puede cerrar sin anotar su resultado.'),
    fetch: () => import('./desk-rules-editor.js'),
    draw: (api) => html`<cmw-desk-rules class="editor" .api=${settingsApi(api)}></cmw-desk-rules>`,
  },
  {
    path: 'retention',
    words: () => msg('Conservación de datos'),
    about: () => msg('Cuánto tiempo se guardan las llamadas, y qué pasa después.'),
    fetch: () => import('./retention-editor.js'),
    draw: (api) => html`<cmw-retention class="editor" .api=${settingsApi(api)}></cmw-retention>`,
  },
  {
    path: 'operator',
    words: () => msg('Conexión con el operador'),
    about: () => msg('Las cuentas y la dirección de los avisos: verlas, copiarlas y probarlas.'),
    fetch: () => import('./operator-part.js'),
    draw: (api, me) => html`<cmw-operator-part class="editor" .api=${settingsApi(api)} .me=${me}></cmw-operator-part>`,
  },
];
