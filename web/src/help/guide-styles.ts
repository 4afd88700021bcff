import { css } from 'lit';

/** How a guide looks on the screen and on paper. */
export const guideStyles = css`
  :host {
    display: grid;
    gap: var(--cmw-space-4);
    max-inline-size: 72rem;
    margin-inline: auto;
    padding: var(--cmw-space-4) var(--cmw-space-5) var(--cmw-space-6);
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cmw-space-2) var(--cmw-space-5);
  }

  .top button {
    margin-inline-start: auto;
  }

  h1 {
    font: var(--cmw-type-hero);
  }

  h1:focus-visible,
  article [tabindex='-1']:focus {
    outline: none;
  }

  .guides {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--cmw-space-4);
  }

  nav a {
    padding-block: var(--cmw-space-1);
    border-block-end: 2px solid transparent;
    color: var(--cmw-quiet);
    text-decoration: none;
  }

  .guides a {
    font: var(--cmw-type-strong);
  }

  nav a:hover {
    color: var(--cmw-text);
  }

  nav a[aria-current] {
    border-color: var(--cmw-accent);
    color: var(--cmw-accent);
  }

  .guide {
    display: grid;
    grid-template-columns: 15rem minmax(0, 1fr);
    align-items: start;
    gap: var(--cmw-space-6);
  }

  .contents {
    position: sticky;
    inset-block-start: calc(var(--cmw-header, 0px) + var(--cmw-space-4));
    display: grid;
    max-block-size: calc(100vh - var(--cmw-header, 0px) - 2 * var(--cmw-space-4));
    overflow-y: auto;
    font: var(--cmw-type-small);
  }

  .depth-3 {
    padding-inline-start: var(--cmw-space-4);
  }

  article {
    max-inline-size: 46rem;
    line-height: 1.6;
    overflow-wrap: anywhere;
  }

  article > :first-child {
    margin-block-start: 0;
  }

  article h2 {
    margin-block: var(--cmw-space-6) var(--cmw-space-3);
    font: var(--cmw-type-title);
    font-size: 1.375rem;
  }

  article h3 {
    margin-block: var(--cmw-space-5) var(--cmw-space-2);
    font: var(--cmw-type-title);
  }

  article :is(h2, h3) {
    scroll-margin-block-start: calc(var(--cmw-header, 0px) + var(--cmw-space-4));
  }

  article :is(p, ul, ol) {
    margin-block: var(--cmw-space-3);
  }

  article :is(ul, ol) {
    padding-inline-start: var(--cmw-space-5);
  }

  /* The base of all components takes the signs away. */
  article ul {
    list-style: disc;
  }

  article ol {
    list-style: decimal;
  }

  article li {
    margin-block: var(--cmw-space-1);
  }

  article a {
    color: var(--cmw-accent);
  }

  article img {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-m);
  }

  article code,
  article kbd {
    padding: 0.1em 0.35em;
    border-radius: var(--cmw-radius-s);
    background: var(--cmw-sunken);
    font-family: ui-monospace, monospace;
    font-size: 0.9em;
  }

  .scrolls {
    overflow-x: auto;
  }

  table {
    border-collapse: collapse;
  }

  th,
  td {
    padding: var(--cmw-space-2) var(--cmw-space-3);
    border-block-end: 1px solid var(--cmw-line);
    text-align: start;
    vertical-align: top;
    overflow-wrap: normal;
  }

  .quiet {
    color: var(--cmw-quiet);
  }

  @media (max-width: 60rem) {
    .guide {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--cmw-space-4);
    }

    .contents {
      position: static;
      max-block-size: none;
      padding: var(--cmw-space-3) var(--cmw-space-4);
      border: 1px solid var(--cmw-line);
      border-radius: var(--cmw-radius-m);
      background: var(--cmw-surface);
    }
  }

  @media (max-width: 40rem) {
    .top button {
      display: none;
    }
  }

  @media print {
    .top,
    .contents {
      display: none;
    }

    .guide {
      display: block;
    }
  }
`;
