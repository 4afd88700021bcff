import type { ApiClient } from '../api/api-client.js';
import type { Outcome, WrapUpField } from '../api/types.js';
import { Observable } from '../base/observable.js';
import { currentLocale } from '../i18n/locale.js';
import { fieldValue, isOf } from './field-words.js';

/** The possible results of a call, in this office's words. */
export class OutcomesStore extends Observable {
  items: readonly Outcome[] = [];
  /** The fields that the office adds to the wrap-up. */
  fields: readonly WrapUpField[] = [];
  #reading: Promise<void> | undefined;

  constructor(private readonly api: Pick<ApiClient, 'outcomes'>) {
    super();
  }

  /** True once they were read. */
  isRead = false;

  /** The outcomes that an agent can choose. */
  get active(): readonly Outcome[] {
    return this.items.filter((outcome) => outcome.active);
  }

  /** The same, and at their end the one that a call has: it can keep an outcome that was archived since. */
  choicesWith(code: string | undefined): readonly Outcome[] {
    return [...this.active, ...this.items.filter((outcome) => !outcome.active && outcome.code === code)];
  }

  find(code: string): Outcome | undefined {
    return this.items.find((outcome) => outcome.code === code);
  }

  label(code: string): string {
    const outcome = this.find(code);
    return outcome ? outcome[currentLocale()] : code;
  }

  /** The fields that an outcome asks for; of a call without an outcome none. */
  fieldsOf(code: string): readonly WrapUpField[] {
    return code === '' ? [] : this.fields.filter((field) => isOf(field, code));
  }

  /** What was written into such fields, a line each. A field that was removed is shown by its key. */
  fieldLines(values: Readonly<Record<string, string>> | undefined): readonly string[] {
    const known = this.fields.map(({ key }) => key);
    const keys = Object.keys(values ?? {});
    return [...known.filter((key) => keys.includes(key)), ...keys.filter((key) => !known.includes(key))].map((key) => {
      const field = this.fields.find((one) => one.key === key);
      return `${field?.[currentLocale()] ?? key}: ${fieldValue(values?.[key] ?? '', field?.kind)}`;
    });
  }

  /** Reads the outcomes and the fields once, and again after a failure. */
  read(): Promise<void> {
    this.#reading ??= this.api
      .outcomes()
      .then(({ items, fields }) => {
        this.items = items;
        this.fields = fields ?? [];
        this.isRead = true;
        this.changed();
      })
      .catch(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  /** Reads them again: an administrator may have changed them. */
  refresh(): void {
    this.#reading = undefined;
    void this.read();
  }
}
