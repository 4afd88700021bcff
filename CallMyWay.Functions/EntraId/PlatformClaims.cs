using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CallMyWay.Functions.EntraId;

/// <summary>
/// The claims of the platform's header: pairs of <c>typ</c> and <c>val</c>, which some versions call <c>type</c> and
/// <c>value</c>.
/// </summary>
internal sealed class PlatformClaims
{
    private readonly ILookup<string, string> _values;

    private PlatformClaims(ILookup<string, string> values) => _values = values;

    /// <summary>False if an element of the list is no claim.</summary>
    public static bool TryRead(JsonElement list, [NotNullWhen(true)] out PlatformClaims? claims)
    {
        claims = null;
        var pairs = new List<(string Type, string Value)>();
        foreach (var element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object
                || Text(element, "typ", "type") is not { } type
                || Text(element, "val", "value") is not { } value)
            {
                return false;
            }

            pairs.Add((type, value.Trim()));
        }

        claims = new PlatformClaims(pairs.Where(pair => pair.Value.Length > 0).ToLookup(
            pair => pair.Type, pair => pair.Value, StringComparer.OrdinalIgnoreCase));
        return true;
    }

    /// <summary>All values of the claims with one of these names.</summary>
    public IReadOnlyList<string> All(params IEnumerable<string?> types) =>
        [.. types.OfType<string>().SelectMany(type => _values[type]).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>
    /// The only value of the claims with one of these names, or null if there is none. False if there are several.
    /// </summary>
    public bool TryOne(out string? value, params IEnumerable<string?> types)
    {
        var values = All(types);
        value = values.Count == 1 ? values[0] : null;
        return values.Count <= 1;
    }

    private static string? Text(JsonElement element, string name, string otherName) =>
        (element.TryGetProperty(name, out var value) || element.TryGetProperty(otherName, out value))
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
