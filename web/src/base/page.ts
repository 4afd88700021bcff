import type { TemplateResult } from 'lit';

/** The parts of an address that its page's path names: `/history/:callId`. */
export type PathParts = Readonly<Record<string, string | undefined>>;

/** A page of the console. `Place` is what it needs of the frame that it stands in. */
export interface Page<Place> {
  /** For the window's title; empty for the page that has the console's own. */
  readonly title: () => string;
  /** One element, a {@link PageElement} that has an `h1`. */
  readonly draw: (place: Place, parts: PathParts) => TemplateResult;
}

/** What a page draws itself in. */
export interface PageElement extends HTMLElement {
  /** A key that stands for something on this page was pressed; false where it does not. */
  press?(key: string): boolean;
}
