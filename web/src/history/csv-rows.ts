const quote = 0x22;
const newline = 0x0a;
/** As long as a date: `2026-11-26` or `26/11/2026`. */
const headLength = 10;

/** Counts the rows of a CSV file as its bytes arrive, and knows the date that the last one begins with. */
export class CsvRows {
  #quoted = false;
  #head: number[] = [];
  #lines = 0;

  /** The first row's date and the last one's, such as `2026-11-26`; undefined before there is one. */
  first: string | undefined;
  last: string | undefined;

  /** Without the line of the columns' names. */
  get rows(): number {
    return Math.max(0, this.#lines - 1);
  }

  /** Takes the next bytes. Returns the place behind the line of the names where that ends here, else -1. */
  take(bytes: Uint8Array): number {
    let end = -1;
    for (let place = 0; place < bytes.length; place++) {
      const byte = bytes[place] as number;
      if (byte === quote) this.#quoted = !this.#quoted;
      if (byte !== newline || this.#quoted) {
        if (this.#head.length < headLength && byte !== quote) this.#head.push(byte);
        continue;
      }

      if (this.#lines++ === 0) end = place + 1;
      else this.#date(String.fromCharCode(...this.#head));
      this.#head = [];
    }
    return end;
  }

  #date(head: string): void {
    const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})/.exec(head) ?? [];
    const date = day ? `${year}-${month}-${day}` : /^\d{4}-\d\d-\d\d/.exec(head)?.[0];
    if (!date) return;
    this.first ??= date;
    this.last = date;
  }
}
