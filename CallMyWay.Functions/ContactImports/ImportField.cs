namespace CallMyWay.Functions.ContactImports;

/// <summary>A field that a column can be mapped to, by the names that the API and the files use.</summary>
public static class ImportField
{
    public const string Name = "name";

    public const string Phone = "phone";

    public const string Document = "document";

    public const string Email = "email";

    /// <summary>The contact's id, which an export writes: the row is of that contact.</summary>
    public const string ContactId = "contactId";

    /// <summary>Several of the contact's own fields, as a JSON object: an export writes so what has no column.</summary>
    public const string Fields = "fields";

    /// <summary>In a mapping: the column is left out.</summary>
    public const string None = "-";

    /// <summary>Before the key of a contact's own field, where it may be taken for one of these.</summary>
    public const string OwnPrefix = "field.";

    public static IReadOnlyList<string> Standard { get; } = [Name, Phone, Document, Email, ContactId, Fields];
}
