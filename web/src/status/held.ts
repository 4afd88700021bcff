import { msg } from '@lit/localize';
import type { StatusApi } from '../api/status-api.js';
import type { Page } from '../api/types.js';
import { Paged } from '../base/paged.js';
import { queueWords } from './part-words.js';

/** A message that waits for somebody to decide about it. */
export interface HeldMessage {
  /** Names it in its list. */
  readonly key: string;
  readonly at: string;
  /** What it is, or what is wrong with it. */
  readonly title: string;
  readonly text: string;
  readonly retry: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Messages that wait for somebody to decide about them. */
export class HeldMessages extends Paged<HeldMessage> {
  items: readonly HeldMessage[] = [];

  constructor(protected readonly ask: (next: string | undefined) => Promise<Page<HeldMessage>>) {
    super();
  }

  /** Takes one off the list that is there no more. */
  drop(key: string): void {
    this.items = this.items.filter((item) => item.key !== key);
    this.changed();
  }

  /**
   * What was read behind the first page stays, so that a list that is read again does not become shorter; but not where
   * there is nothing behind it any more.
   */
  protected takeFirst(page: Page<HeldMessage>): boolean {
    const last = page.items.at(-1)?.key;
    const place = this.items.findIndex(({ key }) => key === last);
    const behind = place < 0 || !page.next ? [] : this.items.slice(place + 1);
    this.items = [...page.items, ...behind];
    return behind.length === 0;
  }

  protected takeMore(page: Page<HeldMessage>): void {
    const known = new Set(this.items.map(({ key }) => key));
    this.items = [...this.items, ...page.items.filter(({ key }) => !known.has(key))];
  }

  protected forget(): void {
    this.items = [];
  }
}

/** The messages that failed at each try. */
export const setAside = (api: StatusApi): HeldMessages =>
  new HeldMessages(async (next) => {
    const page = await api.poison(next);
    return {
      ...page,
      items: page.items.map(({ queue, id, insertedAt, preview }) => ({
        key: `${queue}/${id}`,
        at: insertedAt,
        title: queueWords(queue),
        text: preview,
        retry: () => api.retryPoison(queue, id),
        remove: () => api.removePoison(queue, id),
      })),
    };
  });

/** The notifications that could not be used. */
export const refusedEvents = (api: StatusApi): HeldMessages =>
  new HeldMessages(async (next) => {
    const page = await api.refused(next);
    return {
      ...page,
      items: page.items.map(({ reference, receivedAt, reason, body, bodyBase64 }) => ({
        key: reference,
        at: receivedAt,
        title: reasonWords(reason),
        text: body ?? bodyBase64 ?? '',
        retry: () => api.retryRefused(reference),
        remove: () => api.removeRefused(reference),
      })),
    };
  });

/** The API keeps the reason in English: the commonest are told in the office's words. */
export function reasonWords(reason: string): string {
  if (reason.includes('account is not known')) {
    return msg('No se sabe de qué cuenta es: su cuenta no está en la configuración, y su teléfono no es de nadie.');
  }

  if (reason.includes('broke off')) return msg('Llegó incompleto.');
  if (reason.includes('larger than')) return msg('Era demasiado grande.');
  if (reason.includes('is empty')) return msg('El cuerpo llegó vacío.');
  if (/not (a )?JSON/.test(reason)) return msg('No es JSON.');
  if (reason.includes('neither callStart')) return msg('Su «action» no es callStart ni callEnd.');
  if (reason.includes('is missing, or')) return msg('Falta «callid», o un identificador es demasiado largo.');
  if (reason.includes('control characters')) return msg('Está lleno de caracteres de control.');
  return `${msg('No se pudo leer.')} ${reason}`;
}
