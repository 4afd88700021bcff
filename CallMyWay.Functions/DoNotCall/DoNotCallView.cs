using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.DoNotCall;

/// <summary>A number that must not be called.</summary>
/// <param name="Number">In E.164.</param>
/// <param name="Display">As people of the home country read it.</param>
/// <param name="Reason">Why; null once the person's data were erased.</param>
/// <param name="AddedAt">Since when it is on the list.</param>
/// <param name="AddedBy">The id of the agent who put it there.</param>
/// <param name="AddedByName">The agent's name; null for one who is there no more.</param>
/// <param name="Source">Whether a person put it there, or a call's outcome.</param>
/// <param name="CallId">The call whose outcome it is.</param>
/// <param name="Account">The call's account.</param>
/// <param name="ContactId">The contact that the call was with.</param>
/// <param name="ErasedAt">When the person's data were erased: the number alone was kept.</param>
public sealed record DoNotCallView(
    string Number,
    string Display,
    string? Reason,
    DateTimeOffset AddedAt,
    string AddedBy,
    string? AddedByName,
    DoNotCallSource Source,
    string? CallId,
    string? Account,
    string? ContactId,
    DateTimeOffset? ErasedAt)
{
    /// <summary>The entry as it is shown in a language.</summary>
    internal static DoNotCallView Of(
        DoNotCallEntry entry, PhoneNumberParser numbers, AgentRoster agents, string language) =>
        new(
            entry.Number,
            numbers.View(numbers.Parse(entry.Number)).Display,
            entry.First.Why?.In(language),
            entry.First.AddedAt,
            entry.First.AddedBy,
            agents.NameOf(entry.First.AddedBy),
            entry.First.Source,
            entry.First.CallId,
            entry.First.Account,
            entry.First.ContactId,
            entry.ErasedAt);
}
