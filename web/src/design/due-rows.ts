import { msg, str } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { NumberView } from '../api/types.js';

/** Whom something is due with. */
interface Due {
  readonly contactName?: string | null | undefined;
  readonly number: NumberView;
}

/** Whom a row is about. */
export const dueWith = ({ contactName, number }: Due): string =>
  contactName ?? (number.kind === 'private' ? msg('Número privado') : number.display);

/** Says that what was to be done here was not there any more. Its place stays on the page. */
export const goneNotice = (gone: Due | undefined): TemplateResult => html`
  <p class="gone said" role="status">${
    gone ? msg(str`Lo de ${dueWith(gone)} ya no estaba en su lista: cambió, o lo tiene otra persona.`) : nothing
  }</p>
`;

/** Rows of what waits for somebody, in groups: who, what, when, and what can be done about it. */
export const dueRows = css`
  h3 {
    margin: 0;
    padding: 0 var(--cmw-space-3) var(--cmw-space-2);
    color: var(--cmw-quiet);
    font: var(--cmw-type-label);
  }

  .gone:not(:empty) {
    margin-block-end: var(--cmw-space-3);
    padding: var(--cmw-space-3) var(--cmw-space-4);
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-warn-ground);
    color: var(--cmw-warn);
    font: var(--cmw-type-small);
  }

  ul + h3 {
    margin-block-start: var(--cmw-space-4);
  }

  h3.overdue,
  time.overdue {
    color: var(--cmw-bad);
    font-weight: 600;
  }

  .count {
    font-weight: 400;
  }

  ul,
  .empty,
  .skeleton {
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-surface);
    overflow: hidden;
  }

  li {
    display: flex;
    align-items: center;
    gap: var(--cmw-space-3);
    padding: var(--cmw-space-3) var(--cmw-space-4);
  }

  li + li {
    border-block-start: 1px solid var(--cmw-line);
  }

  .main {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .who {
    unicode-bidi: isolate;
    font: var(--cmw-type-strong);
    font-variant-numeric: tabular-nums;
  }

  .note {
    white-space: pre-line;
  }

  .facts {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
    font-variant-numeric: tabular-nums;
  }

  .refusal {
    color: var(--cmw-bad);
    font: var(--cmw-type-small);
  }

  li .done {
    flex: none;
    padding-inline: var(--cmw-space-3);
    font: var(--cmw-type-label);
  }

  .empty {
    display: grid;
    gap: var(--cmw-space-1);
    padding: var(--cmw-space-6) var(--cmw-space-5);
    color: var(--cmw-quiet);
    text-align: center;
  }

  .empty p:first-child {
    color: var(--cmw-text);
    font: var(--cmw-type-strong);
  }

  .skeleton {
    min-block-size: 12rem;
  }
`;
