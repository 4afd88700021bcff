import { css } from 'lit';

export const callsListStyles = css`
  section {
    container-type: inline-size;
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 var(--cmw-space-3);
    padding: 0 var(--cmw-space-3) var(--cmw-space-3);
  }

  .day {
    flex-basis: 100%;
  }

  .filter {
    min-block-size: 2rem;
    padding-inline: var(--cmw-space-2);
    gap: var(--cmw-space-1);
    color: var(--cmw-quiet);
    font: var(--cmw-type-label);
  }

  .filters {
    display: flex;
    gap: var(--cmw-space-1);
  }

  .live[aria-pressed='true'] {
    background: var(--cmw-accent-ground);
    color: var(--cmw-accent);
  }

  .missed[aria-pressed='true'] {
    background: var(--cmw-bad-ground);
    color: var(--cmw-bad);
  }

  h2 {
    font: var(--cmw-type-title);
  }

  .day {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
  }

  .day::first-letter {
    text-transform: uppercase;
  }

  ol,
  .skeleton,
  .empty {
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-surface);
    overflow: hidden;
  }

  li,
  .skeleton span {
    min-block-size: 3.75rem;
  }

  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: var(--cmw-space-3);
    padding: var(--cmw-space-2) var(--cmw-space-4);
  }

  .dials li,
  .takes-off li {
    grid-template-columns: auto minmax(0, 1fr) var(--cmw-control);
    padding-inline-end: var(--cmw-space-2);
    column-gap: var(--cmw-space-2);
  }

  .dials.takes-off li {
    grid-template-columns: auto minmax(0, 1fr) var(--cmw-control) var(--cmw-control);
  }

  .text {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    column-gap: inherit;
  }

  /* The two buttons stand close together, to leave the name its room. */
  .dials button.take-off {
    margin-inline-start: calc(-1 * var(--cmw-space-2));
  }

  button.take-off {
    color: var(--cmw-quiet);
  }

  .refusal {
    padding: 0 var(--cmw-space-3) var(--cmw-space-3);
    color: var(--cmw-bad);
    font: var(--cmw-type-small);
  }

  button.call-back {
    color: var(--cmw-accent);
  }

  li + li,
  .skeleton span + span {
    border-block-start: 1px solid var(--cmw-line);
  }

  .direction {
    color: var(--cmw-quiet);
  }

  .main,
  .side {
    display: grid;
  }

  button.who {
    display: block;
    justify-self: start;
    max-inline-size: 100%;
    min-block-size: 0;
    padding: 0;
    border: 0;
    background: none;
    text-align: start;
  }

  button.who:hover {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }

  button.who:focus-visible {
    outline-offset: 0;
  }

  .who {
    overflow: hidden;
    unicode-bidi: isolate;
    font: var(--cmw-type-strong);
    font-variant-numeric: tabular-nums;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .detail,
  .outcome,
  .side {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
    font-variant-numeric: tabular-nums;
  }

  .agent {
    grid-row: 2;
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
  }

  .agent + .side {
    grid-row: 1 / 3;
    grid-column: 2;
  }

  @container (width >= 32rem) {
    .text:has(.agent) {
      grid-template-columns: minmax(0, 1fr) 9rem auto;
    }

    .dials.takes-off .text:has(.agent) {
      grid-template-columns: minmax(0, 1fr) 7rem auto;
    }

    .agent {
      grid-row: auto;
    }

    .side {
      min-inline-size: 6rem;
    }

    .agent + .side {
      grid-area: auto;
      inline-size: 8rem;
    }
  }

  .text > .outcome {
    grid-column: 1 / -1;
    overflow-wrap: anywhere;
  }

  .detail {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .result {
    max-inline-size: 9rem;
    overflow: hidden;
    color: var(--cmw-text);
    text-overflow: ellipsis;
  }

  .when {
    color: inherit;
    text-decoration: none;
  }

  .when:hover {
    text-decoration: underline;
  }

  .side {
    justify-items: end;
    white-space: nowrap;
  }

  .missed .direction,
  .missed .outcome {
    color: var(--cmw-bad);
    font-weight: 600;
  }

  .ringing .outcome,
  .ringing .direction {
    color: var(--cmw-accent);
  }

  .connected .outcome,
  .connected .direction {
    color: var(--cmw-live);
  }

  .skeleton span {
    display: flex;
    align-items: center;
    padding-inline: var(--cmw-space-4);
  }

  .skeleton span::before {
    content: '';
    inline-size: 55%;
    block-size: 0.75rem;
    border-radius: var(--cmw-radius-full);
    background: var(--cmw-sunken);
  }

  .skeleton span:nth-child(even)::before {
    inline-size: 40%;
  }
`;
