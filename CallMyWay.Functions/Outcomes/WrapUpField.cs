using System.Text.Json.Serialization;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Outcomes;

/// <summary>What the value of a field must be. All values are stored as text.</summary>
public enum WrapUpFieldKind
{
    Text,

    /// <summary>A number with a decimal point: <c>1500.50</c>.</summary>
    Number,

    /// <summary>A day, ISO 8601: <c>2026-11-30</c>.</summary>
    Date,

    /// <summary>One of <see cref="WrapUpField.Choices"/>.</summary>
    Choice,
}

/// <summary>A field that the office adds to the wrap-up, as an administrator defines it.</summary>
/// <param name="Key">
/// The key in a wrap-up's <c>fields</c>. Wrap-ups store it, so the values of a field that is removed stay.
/// </param>
/// <param name="Required">True where a wrap-up can be sent only with it.</param>
/// <param name="Choices">The values to choose from, in their order.</param>
/// <param name="Outcomes">The codes of the outcomes that ask for it; empty for all.</param>
public sealed record WrapUpField(
    string Key,
    string Es,
    string En,
    WrapUpFieldKind Kind,
    bool Required,
    IReadOnlyList<string> Choices,
    IReadOnlyList<string> Outcomes)
{
    /// <summary>True where a wrap-up with this outcome has the field.</summary>
    public bool IsOf(string outcome) => Outcomes.Count == 0 || Outcomes.Contains(outcome);

    /// <summary>True where the field can hold the value.</summary>
    public bool Takes(string value) => Kind switch
    {
        WrapUpFieldKind.Number => FieldText.IsNumber(value),
        WrapUpFieldKind.Date => FieldText.IsDay(value),
        WrapUpFieldKind.Choice => Choices.Contains(value),
        _ => true,
    };
}

/// <summary>All fields in the order in which agents see them, with the list's version.</summary>
public sealed record WrapUpFieldList(
    IReadOnlyList<WrapUpField> Items, [property: JsonPropertyName("etag")] string? ETag);
