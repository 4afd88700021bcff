import { msg } from '@lit/localize';
import type { ContactLookup } from '../api/lookup-api.js';

export function lookupStateWords(state: ContactLookup['state']): string {
  switch (state) {
    case 'active':
      return msg('Encendida');
    case 'failing':
      return msg('El CRM no contesta bien');
    case 'paused':
      return msg('En pausa');
    default:
      return msg('Apagada');
  }
}

export const lookupBadge: Record<ContactLookup['state'], string> = {
  active: 'good',
  failing: 'warn',
  paused: 'bad',
  off: '',
};
