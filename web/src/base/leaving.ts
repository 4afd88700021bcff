/** Asks before the page on the screen is left; false where it stays. The frame asks where an address leads elsewhere. */
export const leaving: { asks: (() => boolean) | undefined } = { asks: undefined };
