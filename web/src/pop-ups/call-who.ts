import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Candidate, ContactField, PopUp } from '../api/types.js';
import { possible, reasonWords, tiedName, whoWords } from '../calls/call-words.js';
import { initials } from '../calls/initials.js';
import { candidateBalance } from '../contacts/contact-facts.js';

/** What the texts about the other party are drawn from. */
export interface WhoContext {
  readonly call: PopUp;
  /** True while the agent searches for another contact. */
  readonly choosing: boolean;
  /** The contacts' own fields of the settings. */
  readonly fields: readonly ContactField[];
  /** True if the agent has a phone to call from. */
  readonly dials: boolean;
  choose(contact: Candidate): void;
  reconsider(): void;
  dial(): void;
}

/** True if no contact is known: then the search is open at once. */
export const searchesAtOnce = ({ contactId, candidates, ignored, direction, anonymizedAt }: PopUp): boolean =>
  !contactId && candidates.length === 0 && !ignored && direction !== 'internal' && !anonymizedAt;

/** The other party of the call, why we think so, and what the caller's phone says. */
export const callWho = (context: WhoContext): TemplateResult => html`${who(context)}${ownWord(context.call)}`;

// Anybody can write any name there.
const ownWord = ({ number }: PopUp): TemplateResult | typeof nothing =>
  number.name ? html`<p class="reason">${msg(html`Dice ser <q>${number.name}</q>, sin comprobar`)}</p>` : nothing;

function who(context: WhoContext): TemplateResult {
  const { call } = context;
  const hint = possible(call);
  const name = tiedName(call);
  if (name) {
    const reason = call.candidates.find((candidate) => candidate.contactId === call.contactId)?.reason;
    return html`
      <h3 id="who">${name}</h3>
      <p class=${numberClass(call)}>${callNumber(context)}</p>
      <p class="reason">
        ${reason ? reasonWords(reason) : nothing}${reason ? ' · ' : nothing}
        ${reconsiderLink(context, context.choosing ? msg('Dejarlo así') : msg('Cambiar contacto'))}
      </p>
    `;
  }

  if (hint) {
    return html`
      <h3 id="who" class=${numberClass(call)}>${call.number.display}</h3>
      <p class="possible">${msg(html`Posible: <strong>${hint.name}</strong> — confirme`)}</p>
      <p class="reason">${reasonWords(hint.reason)}</p>
      <p class="confirm">
        <button @click=${() => context.choose(hint)}>${msg('Confirmar')}</button>
        ${reconsiderLink(context, msg('Es otra persona'))}
      </p>
    `;
  }

  return html`
    <h3 id="who" class=${numberClass(call)}>${whoWords(call) === call.number.display ? callNumber(context) : whoWords(call)}</h3>
    ${call.colleague ? html`<p class=${numberClass(call)}>${callNumber(context)}</p>` : nothing}
    <p class="reason">
      ${unknownWords(call)}
      ${searchesAtOnce(call) || call.anonymizedAt ? nothing : reconsiderLink(context, msg('Buscar contacto'))}
    </p>
  `;
}

/** The possible contacts. */
export const candidateList = ({ call, fields, choose }: WhoContext): TemplateResult => html`
  <ul class="candidates" aria-label=${msg('¿Con quién es la llamada?')}>
    ${call.candidates.map(
      (candidate) => html`
        <li>
          <button class="bare" @click=${() => choose(candidate)}>
            <span class="initials" aria-hidden="true">${initials(candidate.name)}</span>
            <span class="candidate">
              <strong>${candidate.name}</strong>
              <span class="reason">
                ${[candidate.document, candidateBalance(candidate.balance, fields), reasonWords(candidate.reason)].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span class="pick">${msg('Elegir')}</span>
          </button>
        </li>
      `,
    )}
  </ul>
`;

const reconsiderLink = ({ choosing, reconsider }: WhoContext, words: string): TemplateResult =>
  html`<button class="link" aria-expanded=${choosing} @click=${reconsider}>${words}</button>`;

const numberClass = ({ number }: PopUp): string => (number.kind === 'number' ? 'number' : 'number text');

/** The number. When the call is over, it is a button that calls it again. */
function callNumber({ call, dials, dial }: WhoContext): TemplateResult | string {
  const { number, state } = call;
  if (state !== 'ended' || !number.e164 || !dials) return number.display;
  return html`<button class="link" title=${msg('Llamar')} aria-label=${msg(str`Llamar al ${number.display}`)} @click=${dial}>
    ${number.display}
  </button>`;
}

/** The text for a call without a known contact. */
function unknownWords(call: PopUp): string {
  if (call.anonymizedAt) return msg('Los datos de esta persona se borraron.');
  if (call.ignored) return msg('No está asociada a un contacto.');
  if (call.match === 'private') {
    return call.state === 'ended'
      ? msg('Quien llamó ocultó su número.')
      : msg('Quien llama oculta su número. Pregúntele quién es.');
  }

  if (call.match === 'many') return msg(str`Puede ser una de estas ${call.candidates.length} personas: elija quién es`);
  if (call.direction !== 'internal') return msg('No está en sus contactos');
  return call.colleague ? msg('De la oficina') : msg('Alguien de la oficina');
}
