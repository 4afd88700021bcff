/** Asks before the page on the screen is left; false where it stays. The frame asks where an address leads elsewhere. */
export const leaving: { asks: (() => boolean) | undefined } = { asks: undefined };

/** Asks before a form of the page is closed in favour of another one. True where nothing typed is lost, or may be. */
export const mayClose = (): boolean => leaving.asks?.() !== false;
