namespace CallMyWay.Functions.Numbers;

/// <summary>
/// A number as the API shows it: <paramref name="E164"/> where it is a whole number, and <paramref name="Display"/>,
/// which is the national form, with the country's code where it is another's; for what is no number, what was received.
/// </summary>
public sealed record NumberView(string? E164, string Display, PhoneNumberKind Kind);
