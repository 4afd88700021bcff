import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Reading } from '../base/reading.js';
import { plainWords } from '../i18n/plain-words.js';

/** What was read, or what stands in its place. `what` says what could not be read. */
export function readingBody<T>(reading: Reading<T>, what: string, draw: (value: T) => unknown): TemplateResult {
  const { value, error } = reading;
  // What is not there does not come by asking again.
  const mayCome = error?.status !== 404;
  return html`
    ${
      error
        ? html`<div class="notice" role="alert">
            <p>${value === undefined ? what : msg('Esto puede no estar al día.')} ${plainWords(error)}</p>
            ${mayCome ? html`<button @click=${() => reading.read()}>${msg('Intentar de nuevo')}</button>` : nothing}
          </div>`
        : nothing
    }
    ${
      value !== undefined
        ? draw(value)
        : error
          ? nothing
          : html`<div class="skeleton" role="status" aria-label=${msg('Cargando')}></div>`
    }
  `;
}

/** A line of `.facts`. */
export const fact = (words: string, value: unknown): TemplateResult =>
  html`<div><dt>${words}</dt><dd>${value}</dd></div>`;

/** A part of a page that is drawn as the page is. It comes after `pageFrame`, whose width and padding are the page's. */
export const pagePart = css`
  :host {
    display: block;
    max-inline-size: none;
    margin: 0;
    padding: 0;
  }
`;

/** A page of sections: what the sections, their rows, facts and badges look like. */
export const pageFrame = css`
  :host {
    display: grid;
    gap: var(--cmw-space-4);
    max-inline-size: 72rem;
    margin-inline: auto;
    padding: var(--cmw-space-4) var(--cmw-space-5) var(--cmw-space-6);
    /* A user, an id or what the operator answered may be long. */
    overflow-wrap: anywhere;
  }

  nav {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--cmw-space-4);
    border-block-end: 1px solid var(--cmw-line);
  }

  nav a {
    padding-block: var(--cmw-space-2);
    border-block-end: 2px solid transparent;
    color: var(--cmw-quiet);
    font: var(--cmw-type-strong);
    text-decoration: none;
  }

  nav a:hover {
    color: var(--cmw-text);
  }

  nav a[aria-current] {
    border-color: var(--cmw-accent);
    color: var(--cmw-accent);
  }

  nav .desk {
    margin-inline-start: auto;
  }

  h1 {
    font: var(--cmw-type-hero);
  }

  .capital::first-letter {
    text-transform: uppercase;
  }

  h1:focus-visible {
    outline: none;
  }

  h2 {
    font: var(--cmw-type-title);
  }

  h3 {
    font: var(--cmw-type-strong);
  }

  a {
    color: var(--cmw-accent);
  }

  section,
  .panel {
    display: grid;
    align-content: start;
    gap: var(--cmw-space-3);
    min-inline-size: 0;
    padding: var(--cmw-space-5);
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-raised);
  }

  .quiet {
    color: var(--cmw-quiet);
  }

  .small {
    font: var(--cmw-type-small);
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cmw-space-2) var(--cmw-space-3);
  }

  .step,
  .accounts a {
    display: inline-flex;
    align-items: center;
    gap: var(--cmw-space-1);
    min-block-size: var(--cmw-control);
    padding-inline: var(--cmw-space-3);
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-s);
    background: var(--cmw-surface);
    color: var(--cmw-text);
    font: var(--cmw-type-strong);
    text-decoration: none;
  }

  .step:hover,
  .accounts a:hover {
    background: var(--cmw-hover);
  }

  .accounts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--cmw-space-1);
    margin-inline-start: auto;
  }

  .accounts a[aria-current] {
    border-color: var(--cmw-accent);
    background: var(--cmw-accent-ground);
    color: var(--cmw-accent);
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: var(--cmw-space-1);
    inline-size: fit-content;
    padding: 0.125rem var(--cmw-space-2);
    border-radius: var(--cmw-radius-full);
    background: var(--cmw-sunken);
    color: var(--cmw-quiet);
    font: var(--cmw-type-label);
    white-space: nowrap;
  }

  .badge.good {
    background: var(--cmw-live-ground);
    color: var(--cmw-live);
  }

  .badge.mended {
    background: var(--cmw-accent-ground);
    color: var(--cmw-accent);
  }

  .badge.warn {
    background: var(--cmw-warn-ground);
    color: var(--cmw-warn);
  }

  .badge.bad {
    background: var(--cmw-bad-ground);
    color: var(--cmw-bad);
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--cmw-space-2) var(--cmw-space-4);
    padding: var(--cmw-space-3) var(--cmw-space-4);
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-warn-ground);
    color: var(--cmw-warn);
  }

  .notice p {
    flex: 1 1 12rem;
  }

  .empty {
    display: grid;
    gap: var(--cmw-space-1);
    padding: var(--cmw-space-5) var(--cmw-space-3);
    color: var(--cmw-quiet);
    text-align: center;
    text-wrap: balance;
  }

  .empty p:first-child {
    color: var(--cmw-text);
    font: var(--cmw-type-strong);
  }

  .skeleton {
    min-block-size: 9rem;
    border-radius: var(--cmw-radius-m);
    background: var(--cmw-sunken);
  }

  .rows {
    display: grid;
  }

  .rows > li {
    display: grid;
    gap: var(--cmw-space-1);
    padding-block: var(--cmw-space-3);
    border-block-start: 1px solid var(--cmw-line);
  }

  .rows > li:first-child {
    border-block-start: 0;
  }

  .rows > li:last-child {
    padding-block-end: 0;
  }

  details {
    font: var(--cmw-type-small);
  }

  summary {
    inline-size: fit-content;
    padding-block: var(--cmw-space-1);
    color: var(--cmw-accent);
    font: var(--cmw-type-label);
    cursor: pointer;
  }

  pre {
    max-block-size: 16rem;
    margin: 0;
    padding: var(--cmw-space-3);
    overflow: auto;
    border-radius: var(--cmw-radius-s);
    background: var(--cmw-sunken);
    font: 400 0.8125rem / 1.45 ui-monospace, monospace;
    white-space: pre-wrap;
  }

  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 9rem), 1fr));
    gap: var(--cmw-space-3);
    margin: 0;
  }

  .facts dt {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
  }

  .facts dd {
    margin: 0;
    font: var(--cmw-type-strong);
    font-variant-numeric: tabular-nums;
  }

  @media (width < 40rem) {
    :host {
      padding-inline: var(--cmw-space-4);
    }

    section,
    .panel {
      padding: var(--cmw-space-4);
    }

    .accounts {
      margin-inline-start: 0;
    }
  }
`;
