import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Contact } from '../api/types.js';

/** The way to the page of the application that keeps the contact; nothing where there is none. */
export function externalLink(contact: Contact): TemplateResult | typeof nothing {
  const { external } = contact;
  return external?.link
    ? html`<a href=${external.link} target="_blank" rel="noopener noreferrer">${msg(str`Abrir en ${external.source}`)}</a>`
    : nothing;
}
