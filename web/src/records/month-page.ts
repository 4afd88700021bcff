import { localized, msg, str } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Day } from '../api/record-types.js';
import { dayAddress } from '../base/addresses.js';
import { pageFrame, readingBody } from '../design/page-frame.js';
import { base, buttons } from '../design/shared.js';
import { daysOf, dayWords, monthWords, weekdays, weekdayWords, weekPlace } from '../i18n/days.js';
import { AccountMonth } from './account-month.js';
import { callsWords, shownState, shownStates, stateIcon, stateTone, stateWords, toLookAt } from './day-words.js';
import { framed } from './frame.js';
import { monthPath } from './paths.js';

/** How far each arrow goes. */
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Where each day is a line, the next line is the next day. */
const lines = '(max-width: 59.99rem)';

/** A month at a glance: of each day, whether all of its calls are known from both sides. */
@localized()
@customElement('cmw-month-page')
export class MonthPage extends AccountMonth<readonly Day[]> {
  /** The day whose link is the calendar's tab stop. */
  #stop: string | undefined;

  protected override ask(account: string, month: string): Promise<readonly Day[]> {
    const days = daysOf(month);
    return this.api.days(account, days[0] as string, days.at(-1) as string);
  }

  protected override path(account: string, month: string): string {
    return monthPath(account, month);
  }

  protected override forget(): void {
    super.forget();
    this.#stop = undefined;
  }

  protected override render(): TemplateResult {
    const month = this.shownMonth;
    const account = this.shownAccount;
    return framed(
      this.me,
      'reconciliation',
      msg(str`Conciliación de ${monthWords(month)}`),
      () => html`
        <p class="quiet">
          ${msg('Cada día se comprueba que ninguna llamada se perdió: los avisos se comparan con los registros del operador.')}
        </p>
        ${
          account === undefined
            ? readingBody(this.accounts, msg('No se pudieron leer las cuentas.'), () => this.noAccount())
            : html`${this.steps(account)}
                ${readingBody(this.content, msg('No se pudo leer la conciliación.'), (days) =>
                  this.#month(account, month, days),
                )}`
        }
      `,
    );
  }

  #month(account: string, month: string, days: readonly Day[]): TemplateResult {
    const { today } = this;
    const known = new Map(days.map((day) => [day.date, day]));
    const all = daysOf(month);
    const shown = all.filter((date) => date <= today);
    const stop = shown.find((date) => date === this.#stop) ?? (shown.includes(today) ? today : shown[0]);
    return html`
      ${shown.length > 0 ? this.#summary(shown.map((date) => known.get(date) ?? nothingOf(date, account))) : nothing}
      <ol class="weekdays" aria-hidden="true">${weekdays().map((name) => html`<li>${name}</li>`)}</ol>
      <ol class="days" aria-label=${monthWords(month)} @keydown=${this.#key}>
        ${all.map((date) => {
          const place = date === all[0] ? `first-${weekPlace(date)}` : '';
          if (date > today)
            return html`<li class="coming ${place}"><span aria-hidden="true">${Number(date.slice(8))}</span></li>`;
          return this.#day(known.get(date) ?? nothingOf(date, account), place, date === stop);
        })}
      </ol>
    `;
  }

  #summary(days: readonly Day[]): TemplateResult {
    const counts = shownStates
      .map((state) => [state, days.filter((day) => shownState(day) === state).length] as const)
      .filter(([state, count]) => count > 0 || state !== 'unscheduled');
    return html`
      <ul class="summary" aria-label=${msg('Días del mes')}>
        ${counts.map(
          ([state, count]) => html`
            <li class="badge ${stateTone(state)}">
              ${stateIcon(state, 16)}<span>${stateWords(state)}: <b>${count}</b></span>
            </li>
          `,
        )}
      </ul>
    `;
  }

  #day(day: Day, place: string, isStop: boolean): TemplateResult {
    const isToday = day.date === this.today;
    const state = shownState(day);
    return html`
      <li class=${place}>
        <a
          href=${dayAddress(day.account, day.date)}
          class=${`day ${stateTone(state)}`}
          data-day=${day.date}
          tabindex=${isStop ? 0 : -1}
          aria-current=${isToday ? 'date' : nothing}
          @focus=${() => this.#stopAt(day.date)}
        >
          <span class="visually-hidden">${dayWords(day.date)},</span>
          <span class="date" aria-hidden="true">
            <span class="long">${weekdayWords(day.date)}</span> <span class="short">${Number(day.date.slice(8))}</span>
          </span>
          <span class="state">${stateIcon(state, 16)}${stateWords(state)}</span>
          <span class="count">
            ${
              toLookAt(day) > 0
                ? msg(str`${toLookAt(day)} de ${day.total + day.aside}`)
                : day.total > 0
                  ? callsWords(day.total)
                  : day.state === 'green'
                    ? msg('sin llamadas')
                    : nothing
            }
          </span>
        </a>
      </li>
    `;
  }

  #stopAt(date: string): void {
    if (this.#stop === date) return;
    this.#stop = date;
    this.requestUpdate();
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...this.renderRoot.querySelectorAll<HTMLElement>('.day')];
    const at = links.indexOf(event.composedPath()[0] as HTMLElement);
    const step = matchMedia(lines).matches ? Math.sign(steps[event.key] ?? 0) || undefined : steps[event.key];
    const to =
      event.key === 'Home' ? 0 : event.key === 'End' ? links.length - 1 : step === undefined ? undefined : at + step;
    const link = to === undefined ? undefined : links[to];
    if (at < 0 || to === undefined) return;
    // The arrows must not scroll the page, also at the month's ends.
    event.preventDefault();
    link?.focus();
  }

  static override styles = [
    base,
    buttons,
    pageFrame,
    css`
      .summary {
        display: flex;
        flex-wrap: wrap;
        gap: var(--cmw-space-2);
      }

      .summary .badge {
        padding: var(--cmw-space-1) var(--cmw-space-3);
      }

      .weekdays,
      .days {
        display: grid;
        grid-template-columns: repeat(7, minmax(0, 1fr));
        gap: var(--cmw-space-2);
      }

      .weekdays {
        margin-block-end: calc(-1 * var(--cmw-space-3));
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
        text-align: center;
        text-transform: capitalize;
      }

      .days .first-1 {
        grid-column-start: 2;
      }

      .days .first-2 {
        grid-column-start: 3;
      }

      .days .first-3 {
        grid-column-start: 4;
      }

      .days .first-4 {
        grid-column-start: 5;
      }

      .days .first-5 {
        grid-column-start: 6;
      }

      .days .first-6 {
        grid-column-start: 7;
      }

      .day,
      .coming {
        display: grid;
        grid-template-rows: auto auto 1.45em;
        gap: var(--cmw-space-1);
        min-block-size: 6rem;
        padding: var(--cmw-space-2) var(--cmw-space-3);
        border: 1px solid var(--cmw-line);
        border-radius: var(--cmw-radius-m);
        background: var(--cmw-surface);
        color: var(--cmw-text);
        overflow-wrap: normal;
        text-decoration: none;
      }

      .day.unscheduled,
      .coming {
        border-style: dashed;
        background: none;
      }

      .coming {
        color: var(--cmw-quiet);
        font: var(--cmw-type-title);
      }

      .day:hover {
        border-color: var(--cmw-edge);
      }

      .date {
        font: var(--cmw-type-title);
        font-variant-numeric: tabular-nums;
      }

      .long {
        display: none;
      }

      .day[aria-current] {
        border-color: var(--cmw-accent);
      }

      .day[aria-current] .short {
        display: inline-grid;
        place-items: center;
        min-inline-size: 1.75em;
        border-radius: var(--cmw-radius-full);
        background: var(--cmw-accent);
        color: var(--cmw-on-accent);
      }

      .state {
        display: flex;
        align-items: center;
        gap: var(--cmw-space-1);
        color: var(--cmw-quiet);
        font: var(--cmw-type-label);
      }

      .count {
        color: var(--cmw-quiet);
        font: var(--cmw-type-small);
        font-variant-numeric: tabular-nums;
      }

      .good .state {
        color: var(--cmw-live);
      }

      .mended .state {
        color: var(--cmw-accent);
      }

      .day.bad {
        border-color: var(--cmw-bad);
        background: var(--cmw-bad-ground);
      }

      .bad .state,
      .bad .count {
        color: var(--cmw-bad);
      }

      /* A week has no room beside itself: a line for each day. */
      @media (width < 60rem) {
        .weekdays,
        .days .coming {
          display: none;
        }

        .days {
          grid-template-columns: minmax(0, 1fr);
          gap: var(--cmw-space-1);
        }

        .days li[class*='first-'] {
          grid-column-start: auto;
        }

        .day {
          grid-template-rows: none;
          grid-template-columns: 4.5rem minmax(0, 1fr) auto;
          align-items: center;
          min-block-size: var(--cmw-control);
          padding-block: var(--cmw-space-1);
        }

        .date {
          font: var(--cmw-type-strong);
        }

        .long {
          display: inline;
        }
      }
    `,
  ];
}

/** A day of which the API says nothing. */
const nothingOf = (date: string, account: string): Day => ({
  date,
  account,
  state: 'pending',
  total: 0,
  matched: 0,
  webhookOnly: 0,
  recordOnly: 0,
  differing: 0,
  healed: 0,
  aside: 0,
});
