using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// The contacts' own fields that agents see on a call, in this order, until an administrator defines them: the setting
/// <c>Contacts:Fields</c>. Fields that are not listed follow behind, under their names.
/// </summary>
public sealed class ContactFieldsOptions
{
    public const string Section = "Contacts";

    public IList<ContactField> Fields { get; } = [];
}

/// <summary>How a field is shown.</summary>
public sealed class ContactField
{
    /// <summary>The name that the business gives it: the key in a contact's <c>fields</c>.</summary>
    public string Key { get; set; } = "";

    /// <summary>The label that agents read, in each language; the key if there is none.</summary>
    public string? Es { get; set; }

    public string? En { get; set; }

    /// <summary>
    /// The name of a <see cref="ContactFieldType"/>. It is a string, because the binder silently drops an element with
    /// an enum value that it can't read.
    /// </summary>
    public string Type { get; set; } = nameof(ContactFieldType.Text);

    /// <summary>The currency of an amount, three letters (ISO 4217); if missing, the first account's.</summary>
    public string? Currency { get; set; }

    internal ContactFieldDefinition ToDefinition() => new(
        Key,
        new ContactFieldLabel(Es ?? Key, En ?? Key),
        Enum.Parse<ContactFieldType>(Type, ignoreCase: true) switch
        {
            ContactFieldType.Money => ContactFieldKind.Amount,
            ContactFieldType.Date => ContactFieldKind.Date,
            ContactFieldType.Number => ContactFieldKind.Number,
            _ => ContactFieldKind.Text,
        },
        Currency: Currency);
}

/// <summary>What a field holds. A value of another form is shown as it is.</summary>
public enum ContactFieldType
{
    Text,

    /// <summary>An amount, with a decimal point: <c>1500.50</c>.</summary>
    Money,

    /// <summary>A day, ISO 8601: <c>2026-11-30</c>.</summary>
    Date,
    Number,

    /// <summary>One of the field's choices. Only an administrator defines such a field, not the setting.</summary>
    Choice,
}

/// <summary>Checks the setting at the start, and names what is wrong.</summary>
public sealed class ContactFieldsOptionsValidator : IValidateOptions<ContactFieldsOptions>
{
    private const int Most = 20;

    private static readonly string[] Types =
        [.. Enum.GetNames<ContactFieldType>().Where(name => name != nameof(ContactFieldType.Choice))];

    public ValidateOptionsResult Validate(string? name, ContactFieldsOptions options)
    {
        var failures = new List<string>();
        if (options.Fields.Count > Most)
        {
            failures.Add($"Contacts:Fields names at most {Most} fields.");
        }

        for (var i = 0; i < options.Fields.Count; i++)
        {
            var field = options.Fields[i];
            if (string.IsNullOrWhiteSpace(field.Key) || options.Fields.Take(i).Any(other => other.Key == field.Key))
            {
                failures.Add($"Contacts:Fields:{i}:Key is missing, or there twice.");
            }

            if (!Types.Contains(field.Type, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add($"Contacts:Fields:{i}:Type must be one of {string.Join(", ", Types)}.");
            }

            if (field.Currency is { } currency && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
            {
                failures.Add(
                    $"Contacts:Fields:{i}:Currency must be three capital letters (ISO 4217), such as CRC or USD.");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
