import type { LitElement, ReactiveController } from 'lit';

/**
 * Remembers what had the focus before a notice got it. Where the notice goes, the focus goes back there, as it would
 * begin again at the top of the page else.
 */
export class FocusBefore implements ReactiveController {
  #before: HTMLElement | undefined;
  #root: Node | undefined;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#root = this.host.getRootNode();
    this.#root.addEventListener('focusout', this.#see);
  }

  hostDisconnected(): void {
    this.#root?.removeEventListener('focusout', this.#see);
  }

  get hasFocus(): boolean {
    return (this.#root as DocumentOrShadowRoot | undefined)?.activeElement === this.host;
  }

  /** To be called before the notice is drawn without its buttons. It does nothing where the focus is elsewhere. */
  giveBack(): void {
    if (!this.hasFocus) return;
    this.#before?.focus();
    // It may be gone, or hidden.
    if (!this.hasFocus) return;
    const heading = (this.#root as ParentNode).querySelector<HTMLElement>('h1, main');
    if (heading) heading.tabIndex = -1;
    heading?.focus();
  }

  readonly #see = (event: Event): void => {
    const [from] = event.composedPath();
    const to = (event as FocusEvent).relatedTarget as Node | null;
    if (to && from instanceof HTMLElement && this.#has(to) && !this.#has(from)) this.#before = from;
  };

  #has(node: Node): boolean {
    return node === this.host || node.getRootNode() === this.host.shadowRoot;
  }
}
