import type { PromiseToPay } from './generated/api.js';

/** A refusal by the API, or that it could not be reached (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem = {},
    readonly retryAfterSeconds?: number,
  ) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.name = 'ApiError';
  }

  get unreachable(): boolean {
    return this.status === 0;
  }

  /** True if the server may have executed the request all the same. */
  get uncertain(): boolean {
    return this.unreachable || this.status >= 500;
  }

  /** The API's sentence about a wrong field. */
  fieldError(name: string): string | undefined {
    return this.problem.errors?.[name]?.join(' ');
  }
}

/** RFC 9457, with validation errors by field. */
export interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
  /** The promise as it is now, where another was faster to say what became of it. */
  readonly promise?: Pick<PromiseToPay, 'etag' | 'paidAmount' | 'currency'>;
  /** Why the contact guard does not let this person be called. */
  readonly reason?: string;
}

/** Turns anything that was thrown into an ApiError. */
export const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError(0));

/** The error of a reading to show. A 401 is none: the sign-in appears, and then everything is read again. */
export function failureOf(error: unknown): ApiError | undefined {
  const failure = asApiError(error);
  return failure.status === 401 ? undefined : failure;
}
