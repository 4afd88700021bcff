namespace CallMyWay.Simulator;

/// <summary>A request for a call, as it arrived, and what it was answered with.</summary>
/// <param name="At">When it arrived, before any delay of ours.</param>
/// <param name="First">Who was to be called first.</param>
/// <param name="Second">Who was to be called when the first has answered.</param>
/// <param name="Status">The status of the answer, which a client that has gone does not get.</param>
public sealed record ClickRequest(DateTimeOffset At, string First, string Second, int Status);

/// <summary>
/// Notes the requests for calls, also those without a call, so that a test can count what was asked for: the latest
/// <see cref="Most"/>.
/// </summary>
public sealed class ClickRequests(TimeProvider time)
{
    /// <summary>How many are kept.</summary>
    public const int Most = 10_000;

    private readonly Lock _lock = new();

    private readonly Queue<ClickRequest> _arrived = [];

    public void Note(string first, string second, int status)
    {
        lock (_lock)
        {
            _arrived.Enqueue(new ClickRequest(time.GetUtcNow(), first, second, status));
            if (_arrived.Count > Most)
            {
                _arrived.Dequeue();
            }
        }
    }

    /// <summary>The earliest first.</summary>
    public IReadOnlyList<ClickRequest> All()
    {
        lock (_lock)
        {
            return [.. _arrived];
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _arrived.Clear();
        }
    }
}
