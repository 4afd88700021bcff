namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Limits how long a request to the storage account takes, including retries: the operator waits for its ack, and an
/// agent for a page.
/// </summary>
internal sealed class TimeLimit : IDisposable
{
    /// <summary>
    /// For a queue message and a refused notification: within six seconds the operator must know that it was not
    /// stored.
    /// </summary>
    public static readonly TimeSpan OfMessage = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan OfRow = TimeSpan.FromSeconds(10);

    /// <summary>For a page of a table, on which the service itself works for five seconds at most.</summary>
    public static readonly TimeSpan OfPage = TimeSpan.FromSeconds(20);

    private readonly CancellationToken _caller;

    private readonly CancellationTokenSource _source;

    /// <param name="longest">The limit.</param>
    /// <param name="caller">The caller's token, which also cancels the request.</param>
    public TimeLimit(TimeSpan longest, CancellationToken caller)
    {
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _source.CancelAfter(longest);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>True if the limit was exceeded, and the caller had not cancelled.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose() => _source.Dispose();
}

internal static class TimeLimitExtensions
{
    /// <summary>True if the exception came because the limit was exceeded.</summary>
    public static bool IsCauseOf(this TimeLimit? limit, Exception exception) =>
        exception is OperationCanceledException && limit is { IsOver: true };
}
