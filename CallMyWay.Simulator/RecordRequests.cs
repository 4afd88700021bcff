namespace CallMyWay.Simulator;

/// <summary>
/// How many queries for records an account has sent, and the shortest time between two of them as they arrived, before
/// any delay of ours.
/// </summary>
public sealed record RecordTraffic(string Account, int Requests, double? ShortestGapSeconds);

/// <summary>Notes when queries for records arrive, so that a test can prove the pace of whoever asks.</summary>
public sealed class RecordRequests(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Requests, long Last, TimeSpan? Shortest)> _arrived = [];

    public void Note(AccountOptions account)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_arrived.TryGetValue(account.Username, out var before))
            {
                _arrived[account.Username] = (1, now, null);
                return;
            }

            var gap = time.GetElapsedTime(before.Last, now);
            _arrived[account.Username] = (
                before.Requests + 1, now, before.Shortest is { } shortest && shortest < gap ? shortest : gap);
        }
    }

    public IReadOnlyList<RecordTraffic> Of(IEnumerable<AccountOptions> accounts)
    {
        lock (_lock)
        {
            return [.. accounts.Select(account => _arrived.TryGetValue(account.Username, out var arrived)
                ? new RecordTraffic(account.Username, arrived.Requests, arrived.Shortest?.TotalSeconds)
                : new RecordTraffic(account.Username, 0, null))];
        }
    }
}
