// @vitest-environment happy-dom
import { render } from 'lit';
import { expect, test } from 'vitest';
import { externalLink } from '../../src/contacts/external-link.js';

const linkOf = (external?: { source: string; id: string; link?: string }): HTMLAnchorElement | null => {
  const place = document.createElement('div');
  render(externalLink({ contactId: 'c1', name: 'Ana', numbers: [], ...(external ? { external } : {}) }), place);
  return place.querySelector('a');
};

test('a contact of another application leads to its page there, in a tab of its own', () => {
  const link = linkOf({ source: 'crm', id: '7', link: 'https://crm.example.com/7' });

  expect(link?.getAttribute('href')).toBe('https://crm.example.com/7');
  expect(link?.textContent).toBe('Abrir en crm');
  expect(link?.rel).toContain('noopener');
});

test('without a page there is no link', () => {
  expect(linkOf({ source: 'crm', id: '7' })).toBeNull();
  expect(linkOf()).toBeNull();
});
