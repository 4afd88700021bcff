import type { EmbedEventName, EmbedEvents, EmbedMethods, EmbedToken } from './embed-types.js';
import type { TokenReason } from './token-keeper.js';

/** What the phone's element gives to what is loaded later. */
export interface PhoneLink {
  /** The origin of the API. */
  readonly api: string;
  /** The origin of the console, to which links lead. */
  readonly site: string;
  /** The language that the page asks for; undefined for the agent's own. */
  readonly language: string | undefined;
  readonly token: (reason: TokenReason) => Promise<EmbedToken | string>;
  /** Ends this phone, and begins another one. */
  readonly restart: () => void;
  readonly tell: <Name extends EmbedEventName>(name: Name, detail: EmbedEvents[Name]) => void;
}

/** What is loaded later. */
export interface PhoneBody extends HTMLElement, EmbedMethods {
  link: PhoneLink;
  /** The page asks for another language. */
  speak(language: string | undefined): Promise<void>;
  /** Ends all that runs. It begins anew when the element is on the page again. */
  stop(): void;
  /** Resolves once it is drawn. */
  readonly updateComplete: Promise<unknown>;
}
