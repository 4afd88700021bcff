import { css } from 'lit';

export const popUpCardStyles = css`
  /* Below the bar of the page. */
  :host,
  article {
    scroll-margin-block: calc(var(--cmw-header, 4rem) + var(--cmw-space-3));
  }

  /* The card may stand in a narrow part of a wide page. */
  :host {
    container-type: inline-size;
  }

  article {
    --tone: var(--cmw-live);
    --tone-ground: var(--cmw-live-ground);
    position: relative;
    padding: var(--cmw-space-4) var(--cmw-space-5);
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-raised);
    box-shadow: var(--cmw-shadow-card);
    /* Not hidden: the bar at the end sticks to the window. */
    overflow: clip;
    overflow-wrap: anywhere;
    animation: arrive 180ms ease-out;
  }

  article.ringing {
    --tone: var(--cmw-accent);
    --tone-ground: var(--cmw-accent-ground);
  }

  article.ended {
    --tone: var(--cmw-quiet);
    --tone-ground: var(--cmw-sunken);
    box-shadow: none;
  }

  article.missed {
    --tone: var(--cmw-bad);
    --tone-ground: var(--cmw-bad-ground);
  }

  article::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    inline-size: 4px;
    background: var(--tone);
  }

  article.ended:not(.missed)::before {
    background: var(--cmw-line);
  }

  /* Somebody else's call: to look at, not to answer. */
  article.others {
    border-style: dashed;
    background: var(--cmw-surface);
    box-shadow: none;
  }

  article.others::before {
    display: none;
  }

  .whose {
    display: flex;
    align-items: center;
    gap: var(--cmw-space-2);
    margin-block-start: var(--cmw-space-2);
    color: var(--cmw-quiet);
    font: var(--cmw-type-label);
  }

  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(-6px);
    }
  }

  header {
    display: flex;
    align-items: center;
    gap: var(--cmw-space-3);
    color: var(--cmw-quiet);
    font: var(--cmw-type-label);
  }

  /* Only the state's words wrap. */
  .direction,
  .dot,
  .time {
    flex: none;
  }

  .direction,
  .state {
    display: inline-flex;
    align-items: center;
    gap: var(--cmw-space-2);
  }

  .state {
    padding: 0.125rem var(--cmw-space-2);
    border-radius: var(--cmw-radius-full);
    background: var(--tone-ground);
    color: var(--tone);
    overflow-wrap: normal;
  }

  .dot {
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border-radius: 50%;
    background: currentColor;
  }

  .ringing .dot {
    animation: ring 1.4s ease-in-out infinite;
  }

  @keyframes ring {
    50% {
      opacity: 0.25;
    }
  }

  .time {
    margin-inline-start: auto;
    color: var(--cmw-text);
    font: var(--cmw-type-strong);
    font-variant-numeric: tabular-nums;
  }

  .fold {
    margin-block: calc(-1 * var(--cmw-space-2));
    margin-inline-end: calc(-1 * var(--cmw-space-2));
    color: var(--cmw-quiet);
    rotate: 180deg;
  }

  .body {
    display: flex;
    align-items: center;
    gap: var(--cmw-space-4);
    margin-block: var(--cmw-space-4);
  }

  .avatar {
    display: grid;
    place-items: center;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    flex: none;
    border-radius: 50%;
    background: var(--tone-ground);
    color: var(--tone);
    font: 600 1.125rem / 1 var(--cmw-font);
    letter-spacing: 0.02em;
  }

  .who {
    min-inline-size: 0;
  }

  h3 {
    display: -webkit-box;
    overflow: hidden;
    font: var(--cmw-type-hero);
    letter-spacing: -0.01em;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  /* A right-to-left name must not change the direction of the text around it. */
  h3,
  strong,
  .number {
    unicode-bidi: isolate;
  }

  .number {
    font-variant-numeric: tabular-nums;
  }

  p.number {
    font-size: 1.0625rem;
  }

  .possible {
    font-size: 1.0625rem;
  }

  .reason,
  .facts {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
  }

  .candidates {
    display: grid;
    max-block-size: 22rem;
    overflow-y: auto;
    margin-block-end: var(--cmw-space-4);
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-m);
  }

  .candidates button {
    inline-size: 100%;
    justify-content: flex-start;
    gap: var(--cmw-space-3);
    padding: var(--cmw-space-2) var(--cmw-space-3);
    border-radius: 0;
    font: var(--cmw-type-body);
    text-align: start;
  }

  .candidates button:focus-visible {
    outline-offset: -2px;
  }

  button.link {
    display: inline;
    min-block-size: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--cmw-accent);
    font: inherit;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }

  button.link:hover {
    background: none;
    color: var(--cmw-accent-strong);
  }

  .confirm {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cmw-space-2) var(--cmw-space-4);
    margin-block-start: var(--cmw-space-3);
  }

  cmw-call-work {
    display: block;
    margin-block-end: var(--cmw-space-4);
    padding-block-start: var(--cmw-space-4);
    border-block-start: 1px solid var(--cmw-line);
  }

  /* Roughly its height, until its code is loaded. */
  cmw-call-work:not(:defined) {
    min-block-size: 29rem;
  }

  .candidates li + li {
    border-block-start: 1px solid var(--cmw-line);
  }

  .pick {
    flex: none;
    margin-inline-start: auto;
    color: var(--cmw-accent);
    font: var(--cmw-type-label);
  }

  .candidate {
    display: grid;
    min-inline-size: 0;
  }

  strong {
    font-weight: 600;
  }

  .initials {
    display: grid;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    flex: none;
    border-radius: 50%;
    background: var(--cmw-sunken);
    color: var(--cmw-quiet);
    font: var(--cmw-type-label);
  }

  /* Always in sight, however long the card is. */
  footer {
    position: sticky;
    inset-block-end: calc(-1 * var(--cmw-pane-end, 0px));
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--cmw-space-2) var(--cmw-space-3);
    margin: 0 calc(-1 * var(--cmw-space-5)) calc(-1 * var(--cmw-space-4)) calc(4px - var(--cmw-space-5));
    padding: var(--cmw-space-3) var(--cmw-space-5) var(--cmw-space-3) calc(var(--cmw-space-5) - 4px);
    border-block-start: 1px solid var(--cmw-line);
    background: var(--cmw-raised);
  }

  .facts {
    display: flex;
    flex: 1 1 10rem;
    flex-wrap: wrap;
    gap: 0 var(--cmw-space-3);
  }

  .draft.waiting,
  .draft.refused,
  .draft.conflict {
    color: var(--cmw-warn);
  }

  .draft.sent {
    color: var(--cmw-live);
  }

  .ask {
    display: flex;
    flex: 1 1 auto;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--cmw-space-2) var(--cmw-space-4);
  }

  /* Even after a mouse click, the focus shows what Enter would do. */
  .ask .primary:focus {
    outline: 2px solid var(--cmw-focus);
    outline-offset: 2px;
  }

  .ask kbd {
    font: var(--cmw-type-small);
    opacity: 0.8;
  }

  .ends {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--cmw-space-2);
    margin-inline-start: auto;
  }

  .take-off {
    color: var(--cmw-quiet);
    font: var(--cmw-type-small);
  }

  .refusal {
    margin-block-start: var(--cmw-space-3);
    color: var(--cmw-bad);
    font: var(--cmw-type-small);
  }

  @media (width < 56rem) {
    footer {
      inset-block-end: calc(var(--cmw-notice, 0px) + var(--cmw-dial-status, 0px));
    }
  }

  @media (hover: none) {
    .ask kbd {
      display: none;
    }
  }

  /* Where its parts have no room side by side, no word is broken for it. */
  @container (width < 24rem) {
    header {
      flex-wrap: wrap;
    }
  }

  @container (width < 28rem) {
    article {
      padding-inline: var(--cmw-space-4);
    }

    footer {
      margin-inline: calc(4px - var(--cmw-space-4)) calc(-1 * var(--cmw-space-4));
      padding-inline: calc(var(--cmw-space-4) - 4px) var(--cmw-space-4);
    }

    /* On one line, where they fit. */
    .ends {
      flex: 1 1 100%;
    }

    .ends {
      gap: var(--cmw-space-1);
    }

    .ends button {
      padding-inline: var(--cmw-space-3);
      font: var(--cmw-type-label);
    }

    .ends .take-off {
      margin-inline-end: auto;
      padding-inline: 0;
      font: var(--cmw-type-small);
    }

    .ask kbd {
      display: none;
    }

    header {
      gap: var(--cmw-space-2);
    }

    .body {
      gap: var(--cmw-space-3);
    }

    .avatar {
      inline-size: 2.75rem;
      block-size: 2.75rem;
    }

    h3 {
      font-size: 1.375rem;
    }
  }
`;
