/** What the API said no to, or that it could not be reached (`status` 0). */
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

  /** True where the server may have done what was asked all the same. */
  get uncertain(): boolean {
    return this.unreachable || this.status >= 500;
  }

  /** The sentence for each field that is wrong, in the API's language. */
  fieldError(name: string): string | undefined {
    return this.problem.errors?.[name]?.join(' ');
  }
}

/** RFC 9457, with the validation's `errors` by field. */
export interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

/** An error as one, whatever was thrown. */
export const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError(0));

/** What went wrong with a reading. That the session is over is not that: the sign-in says it, and reads again. */
export function failureOf(error: unknown): ApiError | undefined {
  const failure = asApiError(error);
  return failure.status === 401 ? undefined : failure;
}
