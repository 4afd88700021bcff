import { css } from 'lit';

/** The list of contacts: columns, or on a narrow page cards of two lines. */
export const contactRows = css`
  .list {
    container-type: inline-size;
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-surface);
    overflow: hidden;
  }

  .list li,
  .list .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto var(--cmw-control);
    align-items: center;
    gap: 0 var(--cmw-space-3);
    min-block-size: 3.5rem;
    padding: var(--cmw-space-2) var(--cmw-space-2) var(--cmw-space-2) var(--cmw-space-4);
    border-block-start: 1px solid var(--cmw-line);
  }

  .list li:first-child {
    border-block-start: 0;
  }

  .list .head {
    display: none;
  }

  .phone,
  .document,
  .at,
  .amount {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
    font-variant-numeric: tabular-nums;
  }

  .who {
    grid-area: 1 / 1;
    min-inline-size: 0;
  }

  .who a {
    display: block;
    overflow: hidden;
    color: var(--cmw-text);
    font: var(--cmw-type-strong);
    text-decoration: none;
    text-overflow: ellipsis;
    unicode-bidi: isolate;
    white-space: nowrap;
  }

  .who a:hover {
    color: var(--cmw-accent);
    text-decoration: underline;
  }

  .who a:focus-visible {
    outline-offset: 0;
  }

  .phone {
    grid-area: 2 / 1;
  }

  .document {
    display: none;
  }

  .amount {
    grid-area: 1 / 2;
    text-align: end;
  }

  .at {
    grid-area: 2 / 2;
    text-align: end;
  }

  .list li > :last-child:not(.at) {
    grid-area: 1 / 3 / 3;
  }

  .empty {
    padding-block: var(--cmw-space-7);
  }

  .waiting span {
    display: flex;
    align-items: center;
    min-block-size: 3.5rem;
    padding-inline: var(--cmw-space-4);
  }

  .waiting span::before {
    content: '';
    inline-size: 45%;
    block-size: 0.75rem;
    border-radius: var(--cmw-radius-full);
    background: var(--cmw-sunken);
  }

  .waiting span:nth-child(even)::before {
    inline-size: 32%;
  }

  @container (width >= 48rem) {
    .list li,
    .list .head {
      display: grid;
      grid-template-columns: minmax(0, 2fr) 9.5rem minmax(0, 1fr) 8rem 9rem var(--cmw-control);
    }

    .list .head {
      min-block-size: 2.25rem;
      border-block: 0 1px solid var(--cmw-line);
      padding-block: 0;
      border-block-end: 1px solid var(--cmw-line);
      background: var(--cmw-sunken);
    }

    .list .head span {
      color: var(--cmw-quiet);
      font: var(--cmw-type-label);
    }

    .document {
      display: block;
      grid-area: 1 / 3;
      overflow: hidden;
      text-overflow: ellipsis;
    }

    .phone {
      grid-area: 1 / 2;
    }

    .amount {
      grid-area: 1 / 4;
    }

    .at {
      grid-area: 1 / 5;
      padding-inline-start: var(--cmw-space-3);
      text-align: start;
    }

    .list .head .amount {
      grid-area: auto;
    }

    .list .head span:last-child {
      padding-inline-start: var(--cmw-space-3);
    }

    .list li > :last-child:not(.at) {
      grid-area: 1 / 6;
    }
  }
`;
