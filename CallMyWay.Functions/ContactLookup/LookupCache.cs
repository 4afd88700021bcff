namespace CallMyWay.Functions.ContactLookup;

/// <summary>
/// What a CRM has answered of each number for some minutes, also that nobody has it; and who is being asked for now, so
/// that a number is asked for once at a time. What failed is not kept.
/// </summary>
internal sealed class LookupCache(TimeProvider clock)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    /// <summary>Of more numbers the oldest are forgotten.</summary>
    public const int Most = 10_000;

    private readonly Lock _gate = new();

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    // In the order in which they came: all are kept equally long. One that was forgotten before may still be here.
    private readonly Queue<Entry> _order = new();

    private string? _version;

    /// <summary>The contacts of a number as they are known, or the answer to the one question that is asked now.</summary>
    /// <param name="number">The number.</param>
    /// <param name="version">Of the settings: what was answered by others is forgotten.</param>
    /// <param name="ask">Asks; null for what failed. It is begun at most once at a time.</param>
    public Task<IReadOnlyList<string>?> GetAsync(
        string number, string version, Func<Task<IReadOnlyList<string>?>> ask)
    {
        Entry entry;
        lock (_gate)
        {
            if (_version != version)
            {
                _entries.Clear();
                _order.Clear();
                _version = version;
            }

            while (_order.TryPeek(out var oldest)
                && (_order.Count >= Most || clock.GetElapsedTime(oldest.At) >= KeptFor))
            {
                Forget(_order.Dequeue());
            }

            if (_entries.TryGetValue(number, out var known))
            {
                return known.Answer;
            }

            entry = new Entry(number, clock.GetTimestamp());
            _entries.Add(number, entry);
            _order.Enqueue(entry);
        }

        _ = AskAsync(entry, ask);
        return entry.Answer;
    }

    private async Task AskAsync(Entry entry, Func<Task<IReadOnlyList<string>?>> ask)
    {
        IReadOnlyList<string>? found = null;
        try
        {
            found = await ask();
        }
        finally
        {
            // Whoever waits learns that it failed, and the next one asks anew.
            if (found is null)
            {
                lock (_gate)
                {
                    Forget(entry);
                }
            }

            entry.Done(found);
        }
    }

    private void Forget(Entry entry)
    {
        if (_entries.TryGetValue(entry.Number, out var known) && known == entry)
        {
            _entries.Remove(entry.Number);
        }
    }

    private sealed class Entry(string number, long at)
    {
        private readonly TaskCompletionSource<IReadOnlyList<string>?> _answer =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Number => number;

        public long At => at;

        public Task<IReadOnlyList<string>?> Answer => _answer.Task;

        public void Done(IReadOnlyList<string>? found) => _answer.SetResult(found);
    }
}
