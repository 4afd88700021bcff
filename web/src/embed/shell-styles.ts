/** The outline of the phone, which is painted before its code is here. The same sizes as those of `phone-styles.ts`. */
export const shellStyles = `
:host {
  position: relative;
  display: block;
  box-sizing: border-box;
  inline-size: 100%;
  max-inline-size: 448px;
  min-inline-size: 280px;
  block-size: 640px;
  max-block-size: 100dvh;
  overflow: clip;
  contain: layout;
  border: 1px solid var(--cmw-line);
  border-radius: var(--cmw-radius-l);
  background: var(--cmw-canvas);
  color: var(--cmw-text);
  font: var(--cmw-type-body);
  letter-spacing: normal;
  text-align: start;
  text-transform: none;
  white-space: normal;
  cursor: auto;
}
:host([hidden]) { display: none; }
cmw-embedded-phone { position: absolute; inset: 0; }
.shell { position: absolute; inset: 0; display: grid; grid-template-rows: auto auto minmax(0, 1fr); background: var(--cmw-canvas); }
.shell .bar { display: flex; justify-content: space-between; align-items: center; min-block-size: 56px; padding: 8px 16px; background: var(--cmw-surface); }
.shell i { inline-size: 96px; block-size: 12px; border-radius: 6px; background: var(--cmw-sunken); }
.shell .box { block-size: 40px; margin: 0 16px 12px; border-radius: 999px; background: var(--cmw-sunken); box-shadow: 0 0 0 100vmax var(--cmw-surface); clip-path: inset(-4px -16px -13px); }
.shell .cards { display: grid; place-content: center; justify-items: center; gap: 12px; margin: 16px; border-radius: var(--cmw-radius-l); text-align: center; }
.shell .cards:empty { block-size: 240px; background: var(--cmw-surface); }
.shell p { margin: 0; }
.shell button { min-block-size: 40px; padding: 0 16px; border: 1px solid var(--cmw-line); border-radius: var(--cmw-radius-s); background: var(--cmw-surface); color: inherit; font: var(--cmw-type-strong); cursor: pointer; }
.shell button:focus-visible { outline: 2px solid var(--cmw-focus); outline-offset: 2px; }
`;
