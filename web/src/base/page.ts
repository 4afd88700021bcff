import type { TemplateResult } from 'lit';

/** The values of the placeholders in a page's path, as in `/history/:callId`. */
export type PathParts = Readonly<Record<string, string | undefined>>;

/** A page of the console. `Place` is what it needs from the frame around it. */
export interface Page<Place> {
  /** The window's title; empty for the console's own. */
  readonly title: () => string;
  /** Draws one element, a {@link PageElement} that has an `h1`. */
  readonly draw: (place: Place, parts: PathParts) => TemplateResult;
}

/** The element of a page. */
export interface PageElement extends HTMLElement {
  /** Handles a key that has a meaning on this page; false if the key has none. */
  press?(key: string): boolean;
  /** Moves the focus to what the address's `#` names; false if it names nothing. Else the focus goes to the `h1`. */
  goToPlace?(): boolean;
}
