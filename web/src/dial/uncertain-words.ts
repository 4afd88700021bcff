import { msg, str } from '@lit/localize';

/** What the agent is told where the server may have called all the same. */
export const uncertainWords = (who: string): string =>
  msg(str`No se sabe si se llamó a ${who}. Espere unos segundos; «Intentar de nuevo» no llama dos veces.`);
