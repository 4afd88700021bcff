using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Promises;

namespace CallMyWay.Functions.Desk;

/// <summary>What is to be done next of a call: the open follow-up or promise that is due first.</summary>
public sealed record NextActionView
{
    public required NextActionKind Kind { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Of a follow-up.</summary>
    public string? Note { get; init; }

    /// <summary>Of a promise, in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>By ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>Whose it is.</summary>
    public required string AgentId { get; init; }

    /// <summary>Of a promise: open on its day, broken after it.</summary>
    public PromiseState? State { get; init; }

    /// <summary>As it stands then, by the days of this zone; null where nothing is to be done.</summary>
    public static NextActionView? Of(Call call, DateTimeOffset now, TimeZoneInfo zone) =>
        call.NextAction is not { } action
            ? null
            : new NextActionView
            {
                Kind = action.Kind,
                DueAt = action.DueAt,
                Note = action.Note,
                Amount = action.Amount,
                Currency = action.Currency,
                AgentId = action.AgentId,
                State = action.Kind != NextActionKind.Promise ? null
                    : zone.DayOf(action.DueAt) < zone.DayOf(now) ? PromiseState.Broken
                    : PromiseState.Open,
            };
}
