namespace CallMyWay.Functions.Calls;

/// <summary>What the operator said under one call id: in notifications, in records, or in both.</summary>
/// <param name="callId">The operator's call id.</param>
/// <param name="heard">What the notifications say together; null where there are none.</param>
/// <param name="records">The standing record of each part of the call.</param>
internal sealed class DerivedLeg(string callId, HeardLeg? heard, IReadOnlyList<RecordFact> records)
{
    private CallConclusion? _conclusion;

    public string CallId => callId;

    public HeardLeg? Heard => heard;

    /// <summary>What the records say together; null where there are none.</summary>
    public RecordFact? Record { get; } = records.Count == 0 ? null : RecordFact.Together(records);

    // A notification tells them, a record leaves them to the mappings.
    public CallDirection Direction => heard?.Direction ?? Record?.Direction ?? CallDirection.In;

    public string Ani => heard?.Ani ?? Record?.Ani ?? "";

    public string Dnis => heard?.Dnis ?? Record?.Dnis ?? "";

    public IReadOnlyList<LegPhone> Phones { get; } = heard is null ? [] : LegPhone.Of(heard);

    public CallConclusion Conclusion => _conclusion ??= this switch
    {
        { Record: null } => OfNotifications(heard!, Phones),
        _ when AreRecordsOfEarlierParts() => OfNotifications(heard!, Phones) with { Cost = Record.Cost ?? heard!.Cost },
        _ => OfRecord(Record, heard),
    };

    /// <summary>The legs of a call, by the operator's call id: one, but for a dialled call.</summary>
    public static IReadOnlyList<DerivedLeg> Of(CallFacts facts)
    {
        // Most calls have one, of which every notification is kept.
        if (facts is { Earlier: null, Records.Count: 0 } && HeardAsOne(facts.Heard) is { } only)
        {
            return [new DerivedLeg(only.CallId, facts.Settled is null ? only : only.With(facts.Settled), [])];
        }

        var heard = facts.Earlier?.Legs.ToDictionary(leg => leg.CallId) ?? [];
        foreach (var leg in facts.Heard.Select(HeardLeg.Of))
        {
            heard[leg.CallId] = heard.TryGetValue(leg.CallId, out var known) ? known.And(leg) : leg;
        }

        var records = facts.Standing.ToLookup(record => record.CallId);
        return
        [
            .. heard.Keys.Union(records.Select(same => same.Key)).Order(StringComparer.Ordinal)
                .Select(callId => new DerivedLeg(
                    callId,
                    heard.GetValueOrDefault(callId)?.With(facts.Settled ?? []),
                    [.. records[callId]])),
        ];
    }

    /// <summary>
    /// What the notifications say together; null where they are of several call ids, or there are none.
    /// </summary>
    private static HeardLeg? HeardAsOne(IReadOnlyList<NotificationFact> facts)
    {
        HeardLeg? together = null;
        foreach (var fact in facts)
        {
            var leg = HeardLeg.Of(fact);
            if (together is not null && together.CallId != leg.CallId)
            {
                return null;
            }

            together = together?.And(leg) ?? leg;
        }

        return together;
    }

    /// <summary>
    /// True where each record so far is of a phone that has stopped, and somebody talked later at another phone: the call
    /// was handed over, or rang from phone to phone. Where the later phone only rang, the record may be the last word:
    /// the operator may have one record for the whole call, and the end of the ring may be lost.
    /// </summary>
    private bool AreRecordsOfEarlierParts() =>
        heard is not null && Phones.Count > 1
        && records.All(record => Phones.Any(stopped => IsOf(record, stopped)
            && Phones.Any(phone => phone.Talks.Count > 0 && phone.IsAfter(stopped))));

    /// <summary>
    /// True where the record says what was heard of the phone: when its conversation ended, or that nobody answered it.
    /// </summary>
    private static bool IsOf(RecordFact record, LegPhone phone)
    {
        if (phone is not { IsOver: true, Heard.EndAt: { } stoppedAt })
        {
            return false;
        }

        return record.Believed(record.ConnectedAt) is { } connectedAt
            ? phone.Talks.Count > 0 && record.Duration is { } seconds
                && (connectedAt.AddSeconds(seconds) - stoppedAt).Duration() <= LegPhone.Rounding
            : phone.Talks.Count == 0;
    }

    private static CallConclusion OfNotifications(HeardLeg heard, IReadOnlyList<LegPhone> phones) => new()
    {
        State = LegPhone.StateOf(heard, phones),
        StartedAt = heard.StartedAt,
        ConnectedAt = heard.ConnectedAt,
        EndedAt = heard.EndedAt,
        IsEndTold = heard.ToldEnd is not null,
        DurationSeconds = heard.DurationSeconds,
        Cost = heard.Cost,
    };

    // A record is of a call that is over, or of a part of it. Without a connect time it says that nobody answered, and
    // has no end.
    private static CallConclusion OfRecord(RecordFact record, HeardLeg? heard)
    {
        var startedAt = record.Believed(record.DetectedAt) ?? heard?.StartedAt
            ?? record.Believed(record.ConnectedAt) ?? record.At;
        var connectedAt = record.Believed(record.ConnectedAt) ?? (record.Duration > 0 ? heard?.ConnectedAt : null);
        // Where nobody answered, a duration tells how long it rang.
        var duration = connectedAt is null ? 0 : record.Duration ?? heard?.DurationSeconds;
        var end = duration is { } seconds ? connectedAt?.AddSeconds(seconds) : null;
        return new CallConclusion
        {
            State = CallState.Ended,
            StartedAt = startedAt,
            ConnectedAt = connectedAt,
            EndedAt = end ?? heard?.EndedAt ?? startedAt,
            IsEndTold = end is not null || heard?.ToldEnd is not null,
            DurationSeconds = duration,
            Cost = record.Cost ?? heard?.Cost,
        };
    }
}
