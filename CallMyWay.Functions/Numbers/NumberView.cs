using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Numbers;

/// <summary>
/// A number as the API shows it. <paramref name="E164"/> is set for a whole number. <paramref name="Display"/> is the
/// national form, with the country code if it is a foreign number. If the text is no number, it is the text as received.
/// </summary>
/// <param name="Name">What the caller's phone says of itself: the caller's own word, which nobody has checked.</param>
public sealed record NumberView(
    string? E164,
    string Display,
    PhoneNumberKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = null)
{
    /// <summary>What earlier releases stored is shown as the numbers of today are.</summary>
    public string Display { get; init; } = HomePlan.WithHyphen(E164, Display);
}
