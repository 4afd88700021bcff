namespace CallMyWay.Functions.Calls;

/// <summary>
/// What the record of one phone says of a call of which records alone told: whose the phone was, and how long it
/// talked.
/// </summary>
/// <param name="Record">The record that stands.</param>
/// <param name="AgentIds">Whom the mappings named for it.</param>
internal sealed record RecordedPart(RecordFact Record, IReadOnlyList<string> AgentIds)
{
    /// <summary>
    /// The parts of a call that several agents' phones have a record of; none where notifications tell more, and where
    /// nobody talked: all have missed it.
    /// </summary>
    public static IReadOnlyList<RecordedPart> Of(CallFacts facts, DerivedLegs legs)
    {
        if (facts is not { Records.Count: > 1, Dial: null } || legs.Heard.Any() || legs.Whole.ConnectedAt is null)
        {
            return [];
        }

        List<RecordedPart> parts =
        [
            .. facts.Records.GroupBy(record => record.Part, StringComparer.Ordinal)
                .Select(same => new RecordedPart(
                    same.Last(),
                    [.. same.SelectMany(record => record.Agents ?? []).Select(agent => agent.AgentId).Distinct()]))
                .Where(part => part.AgentIds.Count > 0),
        ];
        return parts.Count > 1 && parts.SelectMany(part => part.AgentIds).Distinct().Skip(1).Any() ? parts : [];
    }

    /// <summary>
    /// The agent's part in the call; null where it is not known, as others have the same phone or none of the records
    /// is of the agent's.
    /// </summary>
    public static AgentPart? PartOf(CallAgent agent, IReadOnlyList<RecordedPart> parts)
    {
        var own = parts.Where(part => part.AgentIds.Contains(agent.AgentId, StringComparer.Ordinal)).ToList();
        if (own.Count == 0 || own.Exists(part => part.AgentIds.Count > 1))
        {
            return null;
        }

        var records = own.ConvertAll(part => part.Record);
        var talks = records.FindAll(record => record.ConnectedAt is not null);
        return new AgentPart
        {
            State = CallState.Ended,
            StartedAt = records.Min(record => record.Believed(record.DetectedAt)),
            ConnectedAt = talks.Min(record => record.Believed(record.ConnectedAt)),
            EndedAt = talks.Count == 0
                ? records.Max(record => record.Believed(record.DetectedAt))
                : talks.Max(record => record.Believed(record.ConnectedAt)?.AddSeconds(record.Duration ?? 0)),
            DurationSeconds = talks.Sum(record => record.Duration ?? 0),
        };
    }
}
