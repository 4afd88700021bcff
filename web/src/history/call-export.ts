import { type ApiError, asApiError } from '../api/api-error.js';
import type { HistoryApi } from '../api/history-api.js';
import type { CallQuery } from '../api/history-types.js';
import { Observable } from '../base/observable.js';
import { addDays, type Days, monthOf } from '../i18n/days.js';
import { CsvRows } from './csv-rows.js';

const dayMs = 86_400_000;
/** The screen need not follow each piece that arrives. */
const tellMs = 200;
/** Whom a filter can name that there is not. */
const nobodyFields = ['agent', 'team', 'contact'];

/**
 * The days as parts of which each is asked for by itself, the newest first: by month, and none longer than `most` days.
 * Without `most` it is one part.
 */
export function partsOf({ from, to }: Days, most: number | null | undefined): readonly Days[] {
  if (!most) return [{ from, to }];
  const parts: Days[] = [];
  for (let end = to; end >= from; ) {
    const begin = [from, `${monthOf(end)}-01`, addDays(end, 1 - most)].reduce((a, b) => (a > b ? a : b));
    parts.push({ from: begin, to: end });
    end = addDays(begin, -1);
  }
  return parts;
}

export type ExportState = 'running' | 'done' | 'failed' | 'cancelled';

/**
 * Calls as one CSV file, fetched part by part. What failed can be tried again: the parts that are complete stay, and the
 * one that broke off is fetched anew.
 */
export class CallExport extends Observable {
  readonly parts: readonly Days[];
  readonly #files: Blob[] = [];
  #stop = new AbortController();
  #counted = 0;
  #current: CsvRows | undefined;
  #toldAt = 0;
  #hasNames = false;

  state: ExportState = 'running';
  error: ApiError | undefined;

  constructor(
    private readonly api: Pick<HistoryApi, 'export'>,
    private readonly query: CallQuery,
    readonly days: Days,
    most?: number | null,
  ) {
    super();
    this.parts = partsOf(days, most);
  }

  /** The calls that have arrived. */
  get rows(): number {
    return this.#counted + (this.#current?.rows ?? 0);
  }

  /** How much of the time is through, from 0 to 1. */
  get fraction(): number {
    if (this.state === 'done') return 1;
    const done = this.parts.slice(0, this.#files.length).reduce((sum, part) => sum + lengthOf(part), 0);
    const { first, last } = this.#current ?? {};
    const here = first && last ? Math.abs(Date.parse(first) - Date.parse(last)) / dayMs : 0;
    return Math.min(1, (done + here) / lengthOf(this.days));
  }

  /** The part that is fetched, or that failed. */
  get part(): Days | undefined {
    return this.parts[this.#files.length];
  }

  get file(): Blob {
    return new Blob(this.#files, { type: 'text/csv;charset=utf-8' });
  }

  /** Fetches what is still missing. It never throws: a failure is in `error`. */
  async run(): Promise<void> {
    this.#stop = new AbortController();
    this.error = undefined;
    this.#become('running');
    const { signal } = this.#stop;
    try {
      let nobody: ApiError | undefined;
      for (let part = this.part; part; part = this.part) {
        nobody = (await this.#fetch(part, signal).catch((error) => this.#skip(error, signal))) ?? nobody;
      }
      if (nobody && !this.#hasNames) {
        this.#files.length = 0;
        throw nobody;
      }

      this.#become('done');
    } catch (error) {
      this.#current = undefined;
      if (signal.aborted) return;
      this.error = asApiError(error);
      this.#become('failed');
    }
  }

  /** Ends it. Nothing of it is kept. */
  cancel(): void {
    if (this.state === 'done') return;
    this.#stop.abort();
    this.#files.length = 0;
    this.#hasNames = false;
    this.#counted = 0;
    this.#current = undefined;
    this.#become('cancelled');
  }

  /**
   * The API refuses an agent, a team or a contact that there is not, where it finds no call. In another part there may be
   * calls of whoever has left: this one is empty.
   */
  #skip(error: unknown, signal: AbortSignal): ApiError {
    const { status, problem } = asApiError(error);
    const isNobody = status === 400 && Object.keys(problem.errors ?? {}).some((field) => nobodyFields.includes(field));
    if (signal.aborted || !isNobody || this.parts.length === 1) throw error;
    this.#current = undefined;
    this.#files.push(new Blob());
    return asApiError(error);
  }

  async #fetch(part: Days, signal: AbortSignal): Promise<void> {
    const rows = new CsvRows();
    this.#current = rows;
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    const reader = (await this.api.export(this.#queryOf(part), signal)).getReader();
    // The file has the columns' names once. The mark of UTF-8 stands before them.
    let keep = !this.#hasNames;
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      signal.throwIfAborted();
      const bytes = piece.value as Uint8Array<ArrayBuffer>;
      const end = rows.take(bytes);
      if (keep) pieces.push(bytes);
      else if (end >= 0) pieces.push(bytes.subarray(end));
      keep ||= end >= 0;
      this.#tell();
    }

    signal.throwIfAborted();
    this.#hasNames = true;
    this.#counted += rows.rows;
    this.#current = undefined;
    this.#files.push(new Blob(pieces));
  }

  /** The newest part is asked for as the list is: without an end where that has none. */
  #queryOf({ from, to }: Days): CallQuery {
    const { to: end, ...rest } = this.query;
    return { ...rest, from, ...(end || to !== this.days.to ? { to } : {}) };
  }

  #tell(): void {
    const now = performance.now();
    if (now - this.#toldAt < tellMs) return;
    this.#toldAt = now;
    this.changed();
  }

  #become(state: ExportState): void {
    this.state = state;
    this.changed();
  }
}

const lengthOf = ({ from, to }: Days): number => (Date.parse(to) - Date.parse(from)) / dayMs + 1;
