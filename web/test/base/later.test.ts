// @vitest-environment happy-dom
import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { expect, test } from 'vitest';
import { Later } from '../../src/base/later.js';
import { Pending } from '../builders.js';
import { button, drawn, mount, textOf } from '../dom.js';

const answers = new Pending<void>();

@customElement('cmw-later-test')
class Place extends LitElement {
  readonly code = new Later(this, answers.ask);

  protected override render() {
    return html`${this.code.notice}`;
  }
}

test('if code can’t be loaded, a notice takes its place, with a retry button', async () => {
  const place = await mount<Place>('cmw-later-test', {});
  void place.code.fetch();
  await answers.fail(new TypeError('Failed to fetch dynamically imported module'));
  await drawn(place);
  expect(textOf(place)).toContain('no se pudo cargar');
  button(place, 'Intentar de nuevo').click();
  await answers.answer();
  await drawn(place);
  expect(textOf(place)).toBe('');
});
