// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { Outcome } from '../../src/api/types.js';
import type { OutcomeChoice } from '../../src/wrap-up/outcome-choice.js';
import '../../src/wrap-up/outcome-choice.js';
import { mount } from '../dom.js';

const attended: Outcome = { code: 'attended', es: 'Atendido', en: 'Handled', requires: {}, active: true };

test.each([
  [0, true],
  [1, true],
  [2, false],
])('a click that is number %s of a row chooses an outcome: %s', async (detail, chooses) => {
  const choice = await mount<OutcomeChoice>('cmw-outcome-choice', { items: [attended] });
  const chip = choice.renderRoot.querySelector('.chip');
  const click = new MouseEvent('click', { detail, bubbles: true, cancelable: true });
  chip?.dispatchEvent(click);

  expect(click.defaultPrevented).toBe(!chooses);
  choice.remove();
});
