namespace CallMyWay.Simulator;

/// <summary>Many calls at a rate: given one by one, or drawn at random from a seed.</summary>
public sealed record BatchRequest
{
    /// <summary>The calls to play. Without any, <see cref="Count"/> are drawn.</summary>
    public IReadOnlyList<CallRequest>? Calls { get; init; }

    public int Count { get => Calls?.Count ?? field; init; }

    /// <summary>
    /// How many begin each second. With 0 each begins when an earlier one is over, <see cref="Parallel"/> at a time.
    /// </summary>
    public double PerSecond { get; init; }

    public int Parallel { get; init; } = 32;

    public int Seed { get; init; }

    /// <summary>The outside numbers to draw from; by default mobile numbers.</summary>
    public IReadOnlyList<string>? Numbers { get; init; }

    /// <summary>The phones to draw from; by default all of the settings.</summary>
    public IReadOnlyList<string>? Endpoints { get; init; }

    public double InShare { get; init; } = 0.6;

    public double AnsweredShare { get; init; } = 0.8;

    public int RingSeconds { get; init; }

    public int TalkSeconds { get; init; }

    internal IEnumerable<(string Field, string Message)> Failures(Lines lines, DateTimeOffset now)
    {
        if (Count is < 1 or > 1_000_000)
        {
            yield return ("count", "must be between 1 and 1000000, or calls must name some.");
        }

        if (PerSecond is not (>= 0 and <= 100_000))
        {
            yield return ("perSecond", "must be between 0 and 100000.");
        }

        if (Parallel is < 1 or > 1000)
        {
            yield return ("parallel", "must be between 1 and 1000.");
        }

        if (InShare is not (>= 0 and <= 1) || AnsweredShare is not (>= 0 and <= 1))
        {
            yield return ("inShare", "and answeredShare must be between 0 and 1.");
        }

        if (Numbers is { Count: 0 } || Endpoints is { Count: 0 })
        {
            yield return ("numbers", "and endpoints must not be empty lists.");
        }

        if (Calls is null && Endpoints is null && lines.All.Count == 0)
        {
            yield return ("endpoints", "is missing: the settings name no phones to draw from.");
        }

        foreach (var (call, i) in (Calls ?? [new() { To = "0", RingSeconds = RingSeconds, TalkSeconds = TalkSeconds }]).Select((call, i) => (call, i)))
        {
            foreach (var (field, message) in call.Failures(lines, now))
            {
                yield return (Calls is null ? field : $"calls[{i}].{field}", message);
            }
        }
    }

    internal async Task<object> PlayAsync(
        CallPlayer player, Lines lines, TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var (started, taken) = (0, 0);
        var running = new List<Task>();
        if (PerSecond > 0)
        {
            var begin = time.GetUtcNow();
            foreach (var (request, i) in (Calls ?? Draw(lines)).Select((request, i) => (request, i)))
            {
                var wait = begin.AddSeconds(i / PerSecond) - time.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, cancellationToken);
                }

                running.Add(PlayCall(request));
            }

            await Task.WhenAll(running).WaitAsync(cancellationToken);
        }
        else
        {
            using var slots = new SemaphoreSlim(Parallel);
            foreach (var request in Calls ?? Draw(lines))
            {
                await slots.WaitAsync(cancellationToken);
                running.Add(PlayInSlot(request, slots));
            }

            await Task.WhenAll(running);
        }

        return new { calls = started, callIdsTaken = taken };

        async Task PlayInSlot(CallRequest request, SemaphoreSlim slots)
        {
            try
            {
                await PlayCall(request);
            }
            finally
            {
                slots.Release();
            }
        }

        // Calls are started in the order of the list. So a call's number, and with it the faults that hit it, follow
        // from its place.
        Task PlayCall(CallRequest request)
        {
            var call = player.Start(request);
            _ = call is null ? taken++ : started++;
            return call?.Done ?? Task.CompletedTask;
        }
    }

    private IEnumerable<CallRequest> Draw(Lines lines)
    {
        var random = new Random(Seed);
        var phones = Endpoints ?? [.. lines.All.Select(line => line.EndpointId)];
        for (var i = 0; i < Count; i++)
        {
            var phone = phones[random.Next(phones.Count)];
            var number = Numbers?[random.Next(Numbers.Count)] ?? $"8{random.Next(1_000_000, 9_999_999)}";
            var isIn = random.NextDouble() < InShare;
            yield return new CallRequest
            {
                From = isIn ? number : phone,
                To = isIn ? phone : number,
                Type = isIn ? CallType.In : CallType.Out,
                Endpoint = phone,
                Answered = random.NextDouble() < AnsweredShare,
                RingSeconds = RingSeconds,
                TalkSeconds = TalkSeconds,
            };
        }
    }
}
