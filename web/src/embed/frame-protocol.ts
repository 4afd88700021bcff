import type { EmbedError, EmbedEventName, EmbedEvents, EmbedPresence, EmbedToken } from './embed-types.js';

/**
 * What a page and the phone in its frame say to each other. Each message is an object with these four fields. An answer
 * has the id of what it answers. What is of another version, type or shape is no message, and is left alone.
 */
interface Message<Type extends string, Payload> {
  readonly callmyway: 1;
  readonly type: Type;
  readonly id: string;
  readonly payload: Payload;
}

/** What a message of this type holds. */
export type PayloadOf<Any extends ToFrame | FromFrame, Type extends Any['type']> =
  Any extends Message<Type, infer Payload> ? Payload : never;

/** From the page to the frame. */
export type ToFrame =
  /** Answers `hello`. It comes again where one of these changes. */
  | Message<'init', { readonly language?: string; readonly theme?: string }>
  /** Answers `token-needed`. */
  | Message<'token', EmbedToken>
  | Message<'no-token', object>
  /** Each of these is answered by `done` or `failed`. */
  | Message<'dial', { readonly number: string }>
  | Message<'show-contact', { readonly contactId: string }>
  | Message<'set-presence', EmbedPresence>;

/** From the frame to the page. */
export type FromFrame =
  /** The frame is there; said until it is answered. */
  | Message<'hello', object>
  | Message<'token-needed', { readonly reason: EmbedEvents['token-needed']['reason'] }>
  | Message<'event', { readonly name: ToldEvent; readonly detail: object }>
  | Message<'done', { readonly dialId?: string }>
  | Message<'failed', EmbedError>;

/** The events of a phone that are told as they are. A token is asked for by a message of its own. */
export type ToldEvent = Exclude<EmbedEventName, 'token-needed'>;

export const toldEvents: readonly ToldEvent[] = [
  'ready',
  'call-started',
  'call-answered',
  'contact-chosen',
  'call-ended',
  'wrap-up-saved',
  'wrap-up-undone',
  'presence-changed',
  'error',
];

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 4_096;
const isTextOrNone = (value: unknown): boolean => value === undefined || isText(value);
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const toFrame: Readonly<Record<ToFrame['type'], (payload: Fields) => boolean>> = {
  init: ({ language, theme }) => isTextOrNone(language) && isTextOrNone(theme),
  token: ({ token, expiresAt }) => isText(token) && isTextOrNone(expiresAt),
  'no-token': () => true,
  dial: ({ number }) => isText(number),
  'show-contact': ({ contactId }) => isText(contactId),
  'set-presence': ({ paused, reason }) => typeof paused === 'boolean' && isTextOrNone(reason),
};

const fromFrame: Readonly<Record<FromFrame['type'], (payload: Fields) => boolean>> = {
  hello: () => true,
  'token-needed': ({ reason }) => ['first', 'renewal', 'refused'].includes(`${reason}`),
  event: ({ name, detail }) => toldEvents.includes(name as ToldEvent) && isObject(detail),
  done: ({ dialId }) => isTextOrNone(dialId),
  failed: ({ code, message, status }) => isText(code) && typeof message === 'string' && typeof status === 'number',
};

/** What was received, if it is a message to a frame. */
export const readToFrame = (data: unknown): ToFrame | undefined => read(data, toFrame) as ToFrame | undefined;

/** What was received, if it is a message of a frame. */
export const readFromFrame = (data: unknown): FromFrame | undefined => read(data, fromFrame) as FromFrame | undefined;

function read(data: unknown, shapes: Readonly<Record<string, (payload: Fields) => boolean>>): unknown {
  if (!isObject(data) || data.callmyway !== 1 || !isText(data.id) || data.id.length > 64) return undefined;
  const { type, payload } = data;
  if (typeof type !== 'string' || !Object.hasOwn(shapes, type) || !isObject(payload)) return undefined;
  return shapes[type]?.(payload) ? data : undefined;
}

/** A message that begins something, or that answers the one with this id. */
export const messageOf = (type: (ToFrame | FromFrame)['type'], payload: object, id: string): object => ({
  callmyway: 1,
  type,
  id,
  payload,
});

/** The origin in an address's query, exactly as a browser writes it; undefined for anything else. */
export function originIn(query: string): string | undefined {
  const said = new URLSearchParams(query).get('origin') ?? '';
  if (!URL.canParse(said)) return undefined;
  const { origin, protocol } = new URL(said);
  return origin === said && /^https?:$/.test(protocol) ? origin : undefined;
}
