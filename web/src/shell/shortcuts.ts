import { localized, msg } from '@lit/localize';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { showModal } from '../base/modal.js';
import { singleKeys } from '../base/single-keys.js';
import { base, buttons } from '../design/shared.js';

/** A window with the keyboard shortcuts, and the switch for those that are a single character. */
@localized()
@customElement('cmw-shortcuts')
export class Shortcuts extends LitElement {
  show(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog) showModal(dialog);
  }

  protected override render(): TemplateResult {
    const keys: readonly (readonly [string, string])[] = [
      ['/', msg('Buscar un contacto o marcar')],
      ['c', msg('Ir al resultado de la llamada más nueva')],
      ['1 … 9', msg('Elegir el resultado, en la tarjeta de la llamada')],
      [msg('m, v, q, f'), msg('Mañana, viernes, quincena o fin de mes, junto a una fecha')],
      [msg('t'), msg('Todo el saldo, en el monto de una promesa')],
      ['e', msg('Editar el contacto, en su ficha o en la tarjeta de la llamada')],
      ['↑ ↓', msg('Moverse entre las llamadas por atender')],
      ['← →', msg('En una lista, ir a los otros botones de la línea')],
      [msg('Supr'), msg('Descartar la perdida, o cerrar la llamada, en la que está')],
      [msg('Mayús + Supr'), msg('Descartar todas las perdidas')],
      ['l', msg('Llamadas de hoy')],
      ['h', msg('Lo de hoy')],
      ['n', msg('Llamar al siguiente de lo de hoy')],
      ['s', msg('Seguimientos; al trabajar campañas, dejar al contacto para más tarde')],
      ['Enter', msg('Al trabajar campañas, llamar al siguiente contacto')],
      ['p', msg('Mi estado: disponible o en pausa')],
      ['Ctrl + Enter', msg('Guardar y cerrar la llamada')],
      ['z', msg('Deshacer lo último que se guardó, por un minuto')],
      ['Esc', msg('Cerrar lo que está abierto')],
      ['?', msg('Esta ayuda')],
    ];
    return html`
      <dialog aria-labelledby="title">
        <h2 id="title">${msg('Atajos del teclado')}</h2>
        <dl>${keys.map(([key, words]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`)}</dl>
        <label>
          <input type="checkbox" .checked=${live(singleKeys.on)} @change=${this.#turn} />
          ${msg('Usar atajos de una sola tecla: letras, números, / y ?')}
        </label>
        <form method="dialog"><button>${msg('Cerrar')}</button></form>
      </dialog>
    `;
  }

  #turn(event: Event): void {
    singleKeys.on = (event.target as HTMLInputElement).checked;
  }

  static override styles = [
    base,
    buttons,
    css`
      dialog {
        inline-size: min(26rem, calc(100vw - 2rem));
        padding: var(--cmw-space-5);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-l);
        background: var(--cmw-raised);
        color: var(--cmw-text);
        box-shadow: var(--cmw-shadow-menu);
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }

      h2 {
        font: var(--cmw-type-title);
      }

      dl {
        display: grid;
        gap: var(--cmw-space-2);
        margin-block: var(--cmw-space-4);
      }

      dl div {
        display: grid;
        grid-template-columns: 8rem 1fr;
        align-items: baseline;
      }

      dd {
        margin: 0;
      }

      label {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-2);
        min-block-size: 2rem;
        margin-block-end: var(--cmw-space-4);
      }

      input {
        inline-size: 1.125rem;
        block-size: 1.125rem;
        margin: 0;
        accent-color: var(--cmw-accent);
      }

      kbd {
        padding: 0.125rem var(--cmw-space-2);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-s);
        background: var(--cmw-sunken);
        font: var(--cmw-type-label);
      }
    `,
  ];
}
