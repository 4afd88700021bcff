namespace CallMyWay.Functions.Adapters;

/// <summary>
/// How long a request to the storage account may take, with all its tries. The operator waits for its ack, and an agent
/// for a page.
/// </summary>
internal sealed class TimeLimit : IDisposable
{
    /// <summary>
    /// For a message, and for a refused notification: within six seconds the operator is told that it was not kept.
    /// </summary>
    public static readonly TimeSpan OfMessage = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan OfRow = TimeSpan.FromSeconds(10);

    /// <summary>For a page of a table, on which the service itself works for five seconds at most.</summary>
    public static readonly TimeSpan OfPage = TimeSpan.FromSeconds(20);

    private readonly CancellationToken _caller;

    private readonly CancellationTokenSource _source;

    /// <param name="longest">The limit.</param>
    /// <param name="caller">Whose end is the request's too.</param>
    public TimeLimit(TimeSpan longest, CancellationToken caller)
    {
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _source.CancelAfter(longest);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time was over, and it was not the caller who gave up.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose() => _source.Dispose();
}

internal static class TimeLimitExtensions
{
    /// <summary>Whether a request ended with this because its time was over.</summary>
    public static bool IsCauseOf(this TimeLimit? limit, Exception exception) =>
        exception is OperationCanceledException && limit is { IsOver: true };
}
