using System.Text.Json.Serialization;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Contacts;

/// <summary>Somebody whom the business talks with.</summary>
public sealed record Contact
{
    private static readonly IReadOnlyDictionary<string, string> NoFields = new Dictionary<string, string>();

    public required string ContactId { get; init; }

    /// <summary>Empty if only a number is known.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The fields for numbers as they were typed, the main one first. Also what is not understood is kept.
    /// </summary>
    public required IReadOnlyList<string> Numbers { get; init; }

    /// <summary>
    /// What the fields are read as, in their order; a field may hold several numbers. Set only when a contact is shown.
    /// It is not stored in the record.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ContactPhone>? Phones { get; init; }

    /// <summary>The identity document, as it was typed.</summary>
    public string? Document { get; init; }

    public string? Email { get; init; }

    /// <summary>Other fields that the business keeps, by its own names.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    /// <summary>
    /// The ids of the contacts that were merged into this one, also of those that were merged into them before; null for
    /// none. Their calls are this contact's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Merged { get; init; }

    /// <summary>The other application that keeps the contact; null where it lives here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExternalRef? External { get; init; }

    /// <summary>The latest merge of this contact into another one. It stands beside the record.</summary>
    [JsonIgnore]
    public ContactMerge? Merge { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>The contact's id, and those of the contacts that were merged into it: what happened with each is its.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Ids => [ContactId, .. Merged ?? []];

    /// <summary>What people call the contact: the name, else the first number.</summary>
    [JsonIgnore]
    public string Title => Name.Length > 0 ? Name : Numbers.Count > 0 ? Numbers[0] : "";

    /// <summary>True where the other says the same of them, whenever it was written.</summary>
    public bool SaysTheSame(Contact other) =>
        ContactId == other.ContactId && Name == other.Name && Numbers.SequenceEqual(other.Numbers)
        && Document == other.Document && Email == other.Email && IsExternalTheSame(other)
        && (Fields ?? NoFields).OrderBy(field => field.Key, StringComparer.Ordinal)
            .SequenceEqual((other.Fields ?? NoFields).OrderBy(field => field.Key, StringComparer.Ordinal));

    private bool IsExternalTheSame(Contact other) => External is null
        ? other.External is null
        : External.IsSame(other.External) && External.Link == other.External?.Link;

    /// <summary>The contact with what its numbers are read as.</summary>
    public Contact Shown(PhoneNumberParser numbers) => this with
    {
        Phones =
        [
            .. Numbers.SelectMany(field => ContactPhone.AllOf(field, numbers)),
        ],
    };
}

/// <summary>A number of a contact as it is read.</summary>
/// <param name="Text">As it was typed.</param>
/// <param name="Kind">
/// <see cref="PhoneNumberKind.Invalid"/> marks what is not understood: it is shown, and not dialled.
/// </param>
public sealed record ContactPhone(string Text, string? E164, string Display, PhoneNumberKind Kind)
{
    /// <summary>What a field is read as.</summary>
    public static IEnumerable<ContactPhone> AllOf(string? field, PhoneNumberParser numbers) =>
        numbers.ParseAll(field).Select(number =>
            new ContactPhone(number.Received, number.E164, numbers.View(number).Display, number.Kind));
}

/// <summary>Where another application keeps a contact.</summary>
/// <param name="Source">The application's name, such as <c>crm</c>.</param>
/// <param name="Id">The contact's id there.</param>
/// <param name="Link">The page that shows it there; null for none.</param>
public sealed record ExternalRef(string Source, string Id, string? Link)
{
    /// <summary>True for the same contact there, whatever its link. Capitals of the application don't matter.</summary>
    public bool IsSame(ExternalRef? other) =>
        Id == other?.Id && string.Equals(Source, other.Source, StringComparison.OrdinalIgnoreCase);
}
