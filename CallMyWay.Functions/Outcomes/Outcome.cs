namespace CallMyWay.Functions.Outcomes;

/// <summary>A possible result of a call (a disposition), as an administrator defines it.</summary>
/// <param name="Code">
/// Small letters, digits and dashes. Calls store it, so a code that was used should be made inactive, not removed.
/// </param>
/// <param name="Active">False if agents can no longer choose it.</param>
/// <param name="Means">
/// What follows from it. Null only in a list that an earlier release stored, and in a request: then
/// <see cref="Understood"/> says what is meant.
/// </param>
public sealed record Outcome(
    string Code,
    string Es,
    string En,
    OutcomeRequires Requires,
    bool Active = true,
    OutcomeMeaning? Means = null)
{
    /// <summary>
    /// The same with its meaning: of one that does not say it, by its code and by what it requires. That of
    /// <see cref="OutcomeStore.NoAnswer"/> is never <see cref="OutcomeMeaning.Nothing"/>: an earlier release, which did
    /// not know the other, has stored that.
    /// </summary>
    internal Outcome Understood => (Code, Means) switch
    {
        (OutcomeStore.NoAnswer, null or OutcomeMeaning.Nothing) => this with { Means = OutcomeMeaning.NotReached },
        (_, not null) => this,
        (OutcomeStore.WrongNumber, _) => this with { Means = OutcomeMeaning.WrongNumber },
        _ => this with { Means = Requires.Promise ? OutcomeMeaning.Promise : OutcomeMeaning.Nothing },
    };
}

/// <summary>What follows from an outcome.</summary>
public enum OutcomeMeaning
{
    Nothing,

    /// <summary>The contact promised to pay: the form shows the promise.</summary>
    Promise,

    /// <summary>
    /// The caller, or who answered, is not the contact: what was learned of the number is then unlearned.
    /// </summary>
    WrongNumber,

    /// <summary>The person asked not to be called any more: the number of the call goes on that list.</summary>
    DoNotCall,

    /// <summary>Nobody was reached, although the call was answered: a campaign calls again.</summary>
    NotReached,
}

/// <summary>The fields that an agent must fill in for an outcome.</summary>
public sealed record OutcomeRequires(
    bool Note = false, bool FollowUp = false, bool Charge = false, bool Promise = false);

/// <summary>All outcomes in the order in which agents see them, with the list's version.</summary>
/// <param name="Fields">
/// The office's own fields of the wrap-up. Set only when the list is read; it is not stored in the record.
/// </param>
public sealed record OutcomeList(
    IReadOnlyList<Outcome> Items,
    [property: System.Text.Json.Serialization.JsonPropertyName("etag")] string? ETag,
    IReadOnlyList<WrapUpField>? Fields = null)
{
    /// <summary>True for the code of an outcome that says that the number is not the contact's.</summary>
    public bool IsWrongNumber(string? code) =>
        Items.Any(outcome => outcome.Code == code && outcome.Means == OutcomeMeaning.WrongNumber);

    /// <summary>True for the code of an outcome that says that the person must not be called.</summary>
    public bool IsDoNotCall(string? code) =>
        Items.Any(outcome => outcome.Code == code && outcome.Means == OutcomeMeaning.DoNotCall);

    /// <summary>
    /// True for the code of an outcome that says that nobody was reached. That of the first list is one in each list: an
    /// earlier release stored it without this meaning.
    /// </summary>
    public bool IsNotReached(string? code) => code == OutcomeStore.NoAnswer
        || Items.Any(outcome => outcome.Code == code && outcome.Means == OutcomeMeaning.NotReached);
}
