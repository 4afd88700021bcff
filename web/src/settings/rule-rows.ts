import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { Saving } from '../base/saving.js';
import type { SharedRules } from '../base/shared-rules.js';
import { differences } from '../design/differences.js';
import { formSkeleton, refusalNotice } from '../design/editor.js';
import { moved } from './field-rows.js';

type Rules<Stored extends { readonly etag?: string }, Row> = SharedRules<Stored, readonly Row[]>;

/** Gives each row what the one that is stored at its place has of its own; those that are added stand after them. */
export const keepCodes =
  <Row>(ownOf: (stored: Row) => Partial<Row>) =>
  (typed: readonly Row[], stored: readonly Row[]): readonly Row[] =>
    typed.map((row, place) => {
      const own = stored[place];
      return own ? { ...row, ...ownOf(own) } : row;
    });

/** What a section of rules shows. */
export interface RulesSection<Stored extends { readonly etag?: string }, Row> {
  readonly words: string;
  readonly about: string;
  readonly rules: Rules<Stored, Row>;
  readonly saving: Saving;
  readonly form: () => TemplateResult;
  /** The entries of a list, to say what another has changed. */
  readonly entries: (stored: Stored) => Parameters<typeof differences>[0];
}

/** The section around the form of rules: what they are for, what became of saving them, and what another has changed. */
export function rulesSection<Stored extends { readonly etag?: string }, Row>({
  words,
  about,
  rules,
  saving,
  form,
  entries,
}: RulesSection<Stored, Row>): TemplateResult {
  const { stands, theirs } = rules;
  return html`
    <section aria-label=${words}>
      <p class="quiet">${about}</p>
      ${stands ? form() : saving.error ? nothing : formSkeleton()}
      ${refusalNotice(saving, {
        again: stands ? rules.save : rules.read,
        keepMine: rules.keepMine,
        useOther: rules.useTheirs,
        changes: theirs && stands ? differences(entries(stands), entries(theirs)) : [],
      })}
    </section>
  `;
}

/** The rows of rules in a form: they are changed, added, moved and removed, and the focus goes along. */
export class RuleRows<Row> {
  constructor(
    private readonly host: LitElement,
    private readonly rules: Pick<Rules<never, Row>, 'typed' | 'change' | 'rearrange' | 'save'>,
    private readonly empty: () => Row,
  ) {}

  change(place: number, changes: Partial<Row>): void {
    this.rules.change(this.rules.typed.map((row, other) => (other === place ? { ...row, ...changes } : row)));
  }

  readonly add = async (): Promise<void> => {
    this.rules.change([...this.rules.typed, this.empty()]);
    await this.focus(`es-${this.rules.typed.length - 1}`);
  };

  /** Moves a row to another place, further up or down. */
  move(place: number, to: number): void {
    this.rules.rearrange(moved(this.rules.typed, place, to - place));
    void this.focus(`${to < place ? 'up' : 'down'}-${to}`);
  }

  remove(place: number): void {
    this.rules.rearrange(this.rules.typed.filter((_, other) => other !== place));
    const { length } = this.rules.typed;
    void this.focus(length > 0 ? `remove-${Math.min(place, length - 1)}` : undefined);
  }

  /** Focuses an element once it is drawn; without an id the button that adds a row. */
  async focus(id: string | undefined): Promise<void> {
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>(id ? `[id="${id}"]` : '.add')?.focus();
  }

  readonly submit = (event: Event): void => {
    event.preventDefault();
    void this.rules.save();
  };
}
