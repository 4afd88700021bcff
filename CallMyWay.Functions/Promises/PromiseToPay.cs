using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;

namespace CallMyWay.Functions.Promises;

/// <summary>What a contact promised to pay, and what became of it.</summary>
public sealed record PromiseToPay : DueItem
{
    [JsonConstructor]
    public PromiseToPay()
    {
    }

    [SetsRequiredMembers]
    public PromiseToPay(
        string promiseId,
        Call call,
        string agentId,
        Contact? contact,
        DateTimeOffset dueAt,
        decimal amount,
        string currency)
        : base(call, agentId, contact, dueAt) => (PromiseId, Amount, Currency) = (promiseId, amount, currency);

    public override string Id => PromiseId;

    public override NextActionKind Kind => NextActionKind.Promise;

    public required string PromiseId { get; init; }

    public required decimal Amount { get; init; }

    /// <summary>By ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>
    /// As an agent decided. Where nobody did, a promise that is read is broken from the day after it was due.
    /// </summary>
    public PromiseState State { get; init; }

    /// <summary>What was paid; null where nothing was, or nobody said so.</summary>
    public decimal? PaidAmount { get; init; }

    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>The agent who decided, at <see cref="DueItem.DoneAt"/>.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>
    /// With what was paid by the version before it was corrected; null for none before. It stays kept where that is all
    /// of it. Otherwise it is open again. What was paid in another currency is no part of it, unless the currency alone
    /// was mistyped.
    /// </summary>
    public PromiseToPay PaidAs(PromiseToPay? before) => before?.PaidAmount is not { } paid
        || (before.Currency != Currency && before.Amount != Amount)
        ? this
        : this with
        {
            PaidAmount = paid,
            PaidAt = before.PaidAt,
            State = paid >= Amount ? PromiseState.Kept : PromiseState.Open,
            DecidedBy = paid >= Amount ? before.DecidedBy : null,
            DoneAt = paid >= Amount ? before.DoneAt : null,
        };

    protected override NextAction Describe(NextAction action) => action with { Amount = Amount, Currency = Currency };

    /// <summary>As it stands at this time, by the days of this zone.</summary>
    public PromiseToPay At(DateTimeOffset now, TimeZoneInfo zone) =>
        State == PromiseState.Open && zone.DayOf(DueAt) < zone.DayOf(now)
            ? this with { State = PromiseState.Broken }
            : this;
}

/// <summary>What became of a promise.</summary>
public enum PromiseState
{
    /// <summary>Its day has not passed, and nobody said what became of it.</summary>
    Open,

    /// <summary>Paid as promised.</summary>
    Kept,

    /// <summary>A part was paid.</summary>
    Partly,

    /// <summary>Not paid.</summary>
    Broken,
}
