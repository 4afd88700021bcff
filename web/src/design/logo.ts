import { html } from 'lit';

/** The logo: a handset and a sound wave on the accent colour. */
export const mark = (size = 28) => html`
  <svg width=${size} height=${size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="8" fill="#0a6c74"/>
    <path d="M9 9.500c0 7.4 6.1 13.5 13.5 13.500v-4.100l-4.3-1.4-1.9 1.900a11 11 0 0 1-3.7-3.700l1.9-1.9-1.4-4.300z" fill="#fff"/>
    <path d="M18 9a5 5 0 0 1 5 5" fill="none" stroke="#9fe3dc" stroke-width="2.2" stroke-linecap="round"/>
  </svg>`;
