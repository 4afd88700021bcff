import { msg, str } from '@lit/localize';
import type { ApiError } from '../api/api-error.js';
import { duration } from './format.js';

/** What an error means to the agent. If the API has a sentence for it, that sentence. */
export function plainWords(error: ApiError): string {
  if (error.unreachable) return msg('No hay conexión con el servidor. Revise su red e intente de nuevo.');
  if (error.status === 429) return tooMany(error.retryAfterSeconds);
  if (error.status === 401) return msg('Su sesión terminó. Inicie sesión de nuevo.');
  return (
    error.problem.detail ??
    error.problem.title ??
    msg(
      str`El servidor no pudo hacerlo. Intente de nuevo; si sigue igual, dé este número a quien administra CallMyWay: ${error.status}.`,
    )
  );
}

/** The same for a sign-in, where 401 means a wrong name or password. */
export const signInWords = (error: ApiError): string =>
  error.status === 401
    ? msg('El usuario o la contraseña no coinciden. Revíselos e intente de nuevo.')
    : plainWords(error);

const tooMany = (seconds: number | undefined): string =>
  seconds === undefined
    ? msg('Demasiados intentos. Espere un momento e intente de nuevo.')
    : msg(str`Demasiados intentos. Espere ${duration(seconds)} e intente de nuevo.`);
