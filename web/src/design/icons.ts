import { html, svg, type TemplateResult } from 'lit';

// 24 × 24, drawn for this project with one stroke width. Icons are decorative: the text beside them says the same.
const icon = (paths: TemplateResult, size = 20) => html`
  <svg width=${size} height=${size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`;

const handset = svg`<path d="M5 4.5h3.2l1.5 4-2 1.6a11.5 11.5 0 0 0 6.2 6.2l1.6-2 4 1.5V19a1.5 1.5 0 0 1-1.6 1.5C10.6 20 4 13.4 3.5 6.100A1.5 1.5 0 0 1 5 4.500z"/>`;

export const incoming = (size?: number) => icon(svg`${handset}<path d="M20 4l-6 6M14 5.500V10h4.5"/>`, size);
export const outgoing = (size?: number) => icon(svg`${handset}<path d="M14 10l6-6M15.5 4H20v4.5"/>`, size);
export const missed = (size?: number) => icon(svg`${handset}<path d="M14.5 4.500l5 5M19.5 4.500l-5 5"/>`, size);
export const internal = (size?: number) => icon(svg`${handset}<path d="M14 5h6M20 5l-2-2M20 9h-6M14 9l2 2"/>`, size);
export const phone = (size?: number) => icon(handset, size);
export const person = (size?: number) =>
  icon(svg`<circle cx="12" cy="8" r="4"/><path d="M4.5 20a7.5 7.5 0 0 1 15 0"/>`, size);
export const people = (size?: number) =>
  icon(
    svg`<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.500a6.5 6.5 0 0 1 13 0"/><path d="M15.5 5.300a3.5 3.5 0 0 1 0 6.400M18 13.800a6.5 6.5 0 0 1 3.5 5.7"/>`,
    size,
  );
export const unknown = (size?: number) =>
  icon(svg`<path d="M9 9a3 3 0 1 1 4.6 2.600c-1 .6-1.6 1.2-1.6 2.4"/><path d="M12 17.500v.01"/>`, size);
export const hidden = (size?: number) =>
  icon(
    svg`<path d="M4 4l16 16M10 6.200A9.5 9.5 0 0 1 12 6c5 0 8.5 4 9.5 6a13 13 0 0 1-2.7 3.500M6.3 8A13.4 13.4 0 0 0 2.5 12c1 2 4.5 6 9.5 6a9.3 9.3 0 0 0 3.8-.8M10 10a3 3 0 0 0 4 4.2"/>`,
    size,
  );
export const check = (size?: number) => icon(svg`<path d="M5 12.500l4.5 4.500L19 7"/>`, size);
export const close = (size?: number) => icon(svg`<path d="M6.5 6.500l11 11M17.5 6.500l-11 11"/>`, size);
export const chevron = (size?: number) => icon(svg`<path d="M7 10l5 5 5-5"/>`, size);
export const sun = (size?: number) =>
  icon(
    svg`<circle cx="12" cy="12" r="4"/><path d="M12 3v1.500M12 19.500V21M3 12h1.500M19.5 12H21M5.6 5.600l1.1 1.100M17.3 17.300l1.1 1.100M5.6 18.400l1.1-1.100M17.3 6.700l1.1-1.1"/>`,
    size,
  );
export const moon = (size?: number) => icon(svg`<path d="M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z"/>`, size);
export const system = (size?: number) =>
  icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>`, size);
export const signOut = (size?: number) =>
  icon(svg`<path d="M14 4.500H6.500v15H14M11 12h9.500M17 8.500l3.5 3.5-3.5 3.5"/>`, size);
export const search = (size?: number) => icon(svg`<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>`, size);
export const keypad = (size?: number) =>
  icon(
    svg`<path d="M6 5v.01M12 5v.01M18 5v.01M6 12v.01M12 12v.01M18 12v.01M6 19v.01M12 19v.01M18 19v.01" stroke-width="3"/>`,
    size,
  );
export const erase = (size?: number) => icon(svg`<path d="M9 6h11v12H9l-6-6zM12 9.500l5 5M17 9.500l-5 5"/>`, size);
export const bell = (size?: number) =>
  icon(svg`<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6 2 6H4s2-1 2-6M10 19.500a2.2 2.2 0 0 0 4 0"/>`, size);
export const pencil = (size?: number) =>
  icon(svg`<path d="M4.5 19.500l1-4L16 5l3 3L8.5 18.500zM13.5 7.500l3 3"/>`, size);
export const more = (size?: number) => icon(svg`<path d="M5 12v.01M12 12v.01M19 12v.01" stroke-width="3"/>`, size);
export const alert = (size?: number) => icon(svg`<path d="M12 4.500l8.5 15h-17zM12 10v4.500M12 17v.01"/>`, size);
export const clock = (size?: number) => icon(svg`<circle cx="12" cy="12" r="8"/><path d="M12 7.500V12l3 2"/>`, size);
/** Something that was put right. */
export const mended = (size?: number) =>
  icon(
    svg`<path d="M19.500 12a7.500 7.500 0 1 1-2.500-5.600M17.500 3v3.800h-3.800M8.500 12.200l2.5 2.500 4.500-4.700"/>`,
    size,
  );
export const left = (size?: number) => icon(svg`<path d="M14 6.500L8.500 12l5.500 5.500"/>`, size);
export const right = (size?: number) => icon(svg`<path d="M10 6.500l5.500 5.500-5.500 5.500"/>`, size);
/** At work: a dot in a ring. */
export const present = (size?: number) =>
  icon(svg`<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="3.500" fill="currentColor" stroke="none"/>`, size);
/** Away: an empty ring. */
export const absent = (size?: number) => icon(svg`<circle cx="12" cy="12" r="8"/>`, size);
export const pause = (size?: number) => icon(svg`<circle cx="12" cy="12" r="8"/><path d="M10 9v6M14 9v6"/>`, size);
