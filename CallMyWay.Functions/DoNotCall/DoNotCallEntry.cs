using System.Text.Json.Serialization;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.DoNotCall;

/// <summary>Who put a number on the list.</summary>
public enum DoNotCallSource
{
    /// <summary>A person of the office, by the list's page.</summary>
    Person,

    /// <summary>The outcome of a call.</summary>
    Outcome,
}

/// <summary>A number that must not be called, as it is stored.</summary>
public sealed record DoNotCallEntry
{
    /// <summary>In E.164.</summary>
    public required string Number { get; init; }

    /// <summary>
    /// Each time that it was asked for, the first of them first; never empty. The number stays on the list while one is
    /// left.
    /// </summary>
    public required IReadOnlyList<DoNotCallWish> Wishes { get; init; }

    /// <summary>
    /// True where more outcomes asked for it than are kept. Then the number stays until a person takes it off: nobody
    /// knows whether all of them were taken back.
    /// </summary>
    public bool? HasMore { get; init; }

    /// <summary>When the data of the person were erased: the number alone was kept.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Why and since when the number is on the list.</summary>
    [JsonIgnore]
    public DoNotCallWish First => Wishes[0];
}

/// <summary>Somebody asked not to be called any more.</summary>
public sealed record DoNotCallWish
{
    /// <summary>
    /// By what it is found again: the wrap-up that asks for it. Null for what a person of the office added.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>Why, in words; of an outcome its name in Spanish. Null once the person's data were erased.</summary>
    public string? Reason { get; init; }

    /// <summary>The name of the outcome in English; null for what a person wrote.</summary>
    public string? ReasonEn { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>The agent's id.</summary>
    public required string AddedBy { get; init; }

    public required DoNotCallSource Source { get; init; }

    /// <summary>The call whose outcome it is.</summary>
    public string? CallId { get; init; }

    public string? Account { get; init; }

    /// <summary>The contact that the call was with.</summary>
    public string? ContactId { get; init; }

    /// <summary>Why, in both languages; null once the person's data were erased.</summary>
    [JsonIgnore]
    public Phrase? Why => Reason is null ? null : new Phrase(Reason, ReasonEn ?? Reason);
}
