using System.Text.Json.Serialization;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Retention;

/// <summary>What is done with the calls of a time.</summary>
public enum RetentionStage
{
    /// <summary>Their notifications are replaced by the sum of them.</summary>
    Events,

    Anonymize,

    Remove,
}

/// <summary>Which calls a run goes over, and how far it is.</summary>
public sealed record RetentionWork
{
    private static readonly StoredJson<RetentionWork> Stored = new(RetentionJson.Default);

    /// <summary>When the run was begun: as of then the rules say which calls are too old.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What is left to be done, the first of it now.</summary>
    public required IReadOnlyList<RetentionSpan> Spans { get; init; }

    /// <summary>The key of the last call that was dealt with in the first span; null where none was.</summary>
    public string? After { get; init; }

    public static RetentionWork Read(string json) => Stored.Deserialize(json);

    public string ToJson() => Stored.Serialize(this);
}

/// <summary>Calls that began before a time, and what is done with them.</summary>
/// <param name="Stage">What is done.</param>
/// <param name="From">Older ones were dealt with by earlier runs; null where none were.</param>
/// <param name="Before">The end of the time.</param>
public sealed record RetentionSpan(RetentionStage Stage, DateTimeOffset? From, DateTimeOffset Before)
{
    /// <summary>What the rules ask for then.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="now">The time.</param>
    /// <param name="reached">Until when a stage was done by earlier runs; null where it never was.</param>
    public static IReadOnlyList<RetentionSpan> Of(
        RetentionRules rules, DateTimeOffset now, Func<RetentionStage, DateTimeOffset?> reached)
    {
        RetentionStage[] stages = [RetentionStage.Remove, RetentionStage.Anonymize, RetentionStage.Events];
        return
        [
            .. from stage in stages
               let before = EndOf(stage, rules, now)
               where before is not null && !(reached(stage) >= before)
               select new RetentionSpan(stage, reached(stage), before.Value),
        ];
    }

    /// <summary>Calls that began before this are of the stage by these rules; null where the stage is not asked for.</summary>
    public static DateTimeOffset? EndOf(RetentionStage stage, RetentionRules rules, DateTimeOffset now) => stage switch
    {
        RetentionStage.Events => rules.EventsGoBefore(now),
        RetentionStage.Remove => rules.CallAction == RetentionAction.Remove ? rules.CallsGoBefore(now) : null,
        _ => rules.CallAction == RetentionAction.Anonymize ? rules.CallsGoBefore(now) : null,
    };
}

/// <summary>How the work is serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RetentionWork))]
internal sealed partial class RetentionJson : JsonSerializerContext;
