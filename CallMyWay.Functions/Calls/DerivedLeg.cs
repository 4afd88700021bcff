namespace CallMyWay.Functions.Calls;

/// <summary>What the operator said under one call id: in notifications, in a record, or in both.</summary>
internal sealed class DerivedLeg(string callId, HeardLeg? heard, RecordFact? record)
{
    private CallConclusion? _conclusion;

    public string CallId => callId;

    public HeardLeg? Heard => heard;

    public RecordFact? Record => record;

    // A notification tells them, a record leaves them to the mappings.
    public CallDirection Direction => heard?.Direction ?? record?.Direction ?? CallDirection.In;

    public string Ani => heard?.Ani ?? record?.Ani ?? "";

    public string Dnis => heard?.Dnis ?? record?.Dnis ?? "";

    public IReadOnlyList<LegPhone> Phones { get; } = heard is null ? [] : LegPhone.Of(heard);

    public CallConclusion Conclusion => _conclusion ??=
        record is null ? OfNotifications(heard!, Phones) : OfRecord(record, heard);

    /// <summary>The legs of a call, by the operator's call id: one, but for a dialled call.</summary>
    public static IReadOnlyList<DerivedLeg> Of(CallFacts facts)
    {
        // Most calls have one, of which every notification is kept.
        if (facts is { Earlier: null, Records.Count: 0 } && HeardAsOne(facts.Heard) is { } only)
        {
            return [new DerivedLeg(only.CallId, facts.Settled is null ? only : only.With(facts.Settled), null)];
        }

        var heard = facts.Earlier?.Legs.ToDictionary(leg => leg.CallId) ?? [];
        foreach (var leg in facts.Heard.Select(HeardLeg.Of))
        {
            heard[leg.CallId] = heard.TryGetValue(leg.CallId, out var known) ? known.And(leg) : leg;
        }

        var records = facts.Standing.GroupBy(record => record.CallId)
            .ToDictionary(same => same.Key, same => RecordFact.Together([.. same]));
        return
        [
            .. heard.Keys.Union(records.Keys).Order(StringComparer.Ordinal)
                .Select(callId => new DerivedLeg(
                    callId,
                    heard.GetValueOrDefault(callId)?.With(facts.Settled ?? []),
                    records.GetValueOrDefault(callId))),
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

    // A record is of a call that is over. Without a connect time it says that nobody answered, and has no end.
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
