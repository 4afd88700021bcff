using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>By what a contact is known in all that is stored. It is kept only as long as an erasure takes.</summary>
public sealed record Person
{
    /// <summary>The contact's id, and those of the contacts that were merged into it.</summary>
    public required IReadOnlyList<string> ContactIds { get; init; }

    /// <summary>The names of two words or more: what one word says is said of many.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The numbers that no other contact has, in E.164 where they are whole.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>The keys under which calls with these numbers are found.</summary>
    public IReadOnlyList<string> MatchKeys { get; init; } = [];

    /// <summary>The identity documents that no other contact has, as they were typed.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>The addresses of email that no other contact has.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>True where the other tells nothing that this one does not.</summary>
    public bool Covers(Person other) =>
        !other.ContactIds.Except(ContactIds, StringComparer.Ordinal).Any()
        && !other.Names.Except(Names, StringComparer.Ordinal).Any()
        && !other.Numbers.Except(Numbers, StringComparer.Ordinal).Any()
        && !other.MatchKeys.Except(MatchKeys, StringComparer.Ordinal).Any()
        && !other.Documents.Except(Documents, StringComparer.Ordinal).Any()
        && !other.Emails.Except(Emails, StringComparer.Ordinal).Any();

    /// <summary>What either tells: a contact may change while it is being erased.</summary>
    public Person And(Person other) => new()
    {
        ContactIds = [.. ContactIds.Union(other.ContactIds, StringComparer.Ordinal)],
        Names = [.. Names.Union(other.Names, StringComparer.Ordinal)],
        Numbers = [.. Numbers.Union(other.Numbers, StringComparer.Ordinal)],
        MatchKeys = [.. MatchKeys.Union(other.MatchKeys, StringComparer.Ordinal)],
        Documents = [.. Documents.Union(other.Documents, StringComparer.Ordinal)],
        Emails = [.. Emails.Union(other.Emails, StringComparer.Ordinal)],
    };

    internal static StoredJson<Person> Stored { get; } = new(PersonalDataJson.Default, "person");
}
