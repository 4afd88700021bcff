import { msg, str } from '@lit/localize';
import type { ContactMerge } from '../api/contacts-api.js';
import type { ContactField } from '../api/types.js';
import { nameOf } from '../contacts/contact-name.js';

/** What a merge came to. */
export const mergedWords = ({ merged }: ContactMerge): string => {
  const name = nameOf(merged);
  return msg(str`«${name}» ahora es parte de este contacto.`);
};

/** The words of a field that an undo has not taken back, as the API names it. */
export function fieldWords(field: string, fields: readonly ContactField[]): string {
  switch (field) {
    case 'name':
      return msg('Nombre');
    case 'numbers':
      return msg('Teléfonos');
    case 'document':
      return msg('Cédula o identificación');
    case 'email':
      return msg('Correo');
    default: {
      const key = field.replace(/^fields\./, '');
      return fields.find((known) => known.key === key)?.label ?? key;
    }
  }
}

/** What an undo came to. */
export function undoneWords(name: string, left: readonly string[], fields: readonly ContactField[]): string {
  const words = left.map((field) => fieldWords(field, fields)).join(', ');
  return left.length === 0
    ? msg(str`«${name}» es otra vez un contacto aparte.`)
    : msg(
        str`«${name}» es otra vez un contacto aparte. Esto se cambió después de la unión y quedó como está: ${words}.`,
      );
}
