import { css } from 'lit';

/** The style of a page with only a form. */
export const sheet = css`
  .sheet {
    inline-size: min(100%, 25rem);
    margin: clamp(var(--cmw-space-4), 10vh, 7rem) auto var(--cmw-space-6);
    padding: var(--cmw-space-6);
    border: 1px solid var(--cmw-line);
    border-radius: var(--cmw-radius-l);
    background: var(--cmw-raised);
    box-shadow: var(--cmw-shadow-card);
  }

  h1 {
    font: var(--cmw-type-hero);
    letter-spacing: -0.01em;
  }

  .lead {
    margin-block: var(--cmw-space-1) var(--cmw-space-5);
    color: var(--cmw-quiet);
  }

  @media (width < 30rem) {
    .sheet {
      margin-block-start: var(--cmw-space-2);
      padding: var(--cmw-space-5) var(--cmw-space-4);
    }
  }
`;
