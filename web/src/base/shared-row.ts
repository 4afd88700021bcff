import type { LitElement } from 'lit';
import { asApiError } from '../api/api-error.js';
import type { Saving } from './saving.js';

/**
 * A row that all administrators share, while one of them changes it in a form: what another has made of it meanwhile,
 * and which of the two versions stays. The form's events tell how it ends: `saved` with the row, and `cancel`.
 */
export class SharedRow<Row extends { readonly etag?: string }> {
  /** What another has stored meanwhile; null where they have removed it; undefined where it is not known. */
  theirs: Row | null | undefined;

  constructor(
    private readonly host: LitElement,
    private readonly saving: Saving,
    /** Reads the row again; undefined for one that is new. */
    private readonly read: () => Promise<Row> | undefined,
  ) {}

  /** True where the latest try was refused because another has changed the row, and it is known how. */
  get isConflict(): boolean {
    return this.saving.error?.status === 412 && this.theirs !== undefined;
  }

  /** Stores the row. Where another has changed it, reads what they have stored. */
  async store(run: () => Promise<Row>): Promise<void> {
    this.theirs = undefined;
    await this.saving.save(async () => this.#tell('saved', await run()));
    if (this.saving.error?.status !== 412) return;
    try {
      this.theirs = await this.read();
    } catch (error) {
      if (asApiError(error).status === 404) this.theirs = null;
    }
    this.host.requestUpdate();
  }

  /** The version that one's own takes the place of, where it is kept; undefined for any. */
  versionAfter(mine: Row): string | undefined {
    return this.theirs === undefined ? mine.etag : this.theirs?.etag;
  }

  /** Ends the form with the other's version. */
  readonly useOther = (): void => this.#tell('saved', this.theirs ?? undefined);

  readonly cancel = (): void => this.#tell('cancel', undefined);

  /** Escape leaves the form, and nothing around it. */
  readonly key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.cancel();
  };

  #tell(name: 'saved' | 'cancel', detail: Row | undefined): void {
    this.host.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
