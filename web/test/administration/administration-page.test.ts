// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { AdministrationPage } from '../../src/administration/administration-page.js';
import '../../src/administration/administration-page.js';
import { groups } from '../../src/administration/groups.js';
import type { Me } from '../../src/api/types.js';
import { mount, textOf } from '../dom.js';

const somebody = (role: string): Me => ({ id: 'eva', name: 'Eva', roles: [role], endpoints: [] });

const open = (role: string) => mount<AdministrationPage>('cmw-administration-page', { me: somebody(role) });

test('an administrator finds all their pages, each with a sentence', async () => {
  const page = await open('admin');
  const links = [...page.renderRoot.querySelectorAll('li')];
  expect(links.map((link) => link.querySelector('a')?.getAttribute('href'))).toEqual([
    '/first-steps',
    '/homologation',
    '/people',
    '/phones',
    '/contacts',
    '/contact-imports',
    '/do-not-call',
    '/personal-data',
    '/contact-guard',
    '/settings',
    '/campaigns/coordination',
    '/events',
    '/contact-lookup',
    '/applications',
    '/status',
    '/audit',
    '/backups',
    '/call-records',
    '/reconciliation',
    '/statements',
  ]);
  for (const link of links) expect(link.querySelector('p')?.textContent?.trim()).toMatch(/\.$/);
  expect(page.renderRoot.querySelectorAll('h2')).toHaveLength(groups.length);
  page.remove();
});

test('nobody else does', async () => {
  const page = await open('supervisor');
  expect(textOf(page)).toContain('Esta página es de un administrador.');
  expect(page.renderRoot.querySelector('a')).toBeNull();
  page.remove();
});
