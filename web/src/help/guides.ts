import { msg } from '@lit/localize';

/** What a guide's file holds, as `guides.ts` of the build makes it. */
export interface Guide {
  readonly title: string;
  readonly headings: readonly { readonly id: string; readonly text: string; readonly depth: number }[];
  readonly html: string;
}

/** A guide in the list: its name in addresses, and how it is loaded. */
export interface GuideEntry {
  readonly name: string;
  readonly words: () => string;
  readonly fetch: () => Promise<Guide>;
}

export const guides: readonly GuideEntry[] = [
  { name: 'agente', words: () => msg('Para agentes'), fetch: () => import('../../../docs/guia-agente.md') },
  {
    name: 'supervision',
    words: () => msg('Para quien supervisa'),
    fetch: () => import('../../../docs/guia-supervision.md'),
  },
  { name: 'campanas', words: () => msg('Campañas'), fetch: () => import('../../../docs/guia-campanas.md') },
  {
    name: 'administrador',
    words: () => msg('Para administradores'),
    fetch: () => import('../../../docs/guia-administrador.md'),
  },
  {
    name: 'homologacion',
    words: () => msg('Homologación'),
    fetch: () => import('../../../docs/homologacion.md'),
  },
];
