import type { ApiError } from '../api/api-error.js';
import type { EmbedErrorCode, EmbedFailure } from './embed-types.js';

/** What a method rejects with. */
export const failureOf = (code: EmbedErrorCode, message: string, status = 0): EmbedFailure =>
  Object.assign(new Error(message), { name: 'EmbedFailure', code, status });

/** By its name: the script makes its own, before this code is here. */
export const isFailure = (error: unknown): error is EmbedFailure =>
  error instanceof Error && error.name === 'EmbedFailure';

/** The code of a refusal by the API. */
export function codeOf(error: ApiError): EmbedErrorCode {
  const type = error.problem.type ?? '';
  if (type.endsWith(':origin-not-allowed')) return 'origin-not-allowed';
  if (error.status === 401) return 'token-refused';
  return error.unreachable ? 'unreachable' : 'refused';
}
