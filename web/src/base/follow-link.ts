/**
 * Goes where a link of a page leads, as the frame follows links. Where the page was left meanwhile it goes nowhere: the
 * frame does not hear of a link outside the document, and the browser would load the whole console anew.
 */
export function followLink(link: HTMLElement | null): void {
  if (link?.isConnected) link.click();
}
