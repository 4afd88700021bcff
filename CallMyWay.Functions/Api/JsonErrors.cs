using System.Collections;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Api;

/// <summary>Says in plain words which value of a JSON body is not of its field's kind, and what would be.</summary>
internal static partial class JsonErrors
{
    /// <summary>The value's field with what it takes; nothing for a text that is no JSON at all.</summary>
    /// <param name="exception">What the serializer says.</param>
    /// <param name="root">What the body was read as.</param>
    /// <param name="options">How.</param>
    public static FieldErrors Of(JsonException exception, Type root, JsonSerializerOptions options)
    {
        var errors = new FieldErrors();
        // The reader's own errors are about the text, wherever it broke off.
        if (exception is { InnerException: not JsonException, Path: ['$', _, ..] path })
        {
            var (field, type) = Walk(path, root, options);
            var words = WordsFor(type);
            errors.Add(field, words.Es, words.En);
        }

        return errors;
    }

    /// <summary>The field by its names in the API, and its type; null where the shape does not have it.</summary>
    private static (string Field, Type? Type) Walk(string path, Type root, JsonSerializerOptions options)
    {
        var (field, type) = ("", (Type?)root);
        foreach (Match step in Steps().Matches(path))
        {
            var info = type is null ? null : options.GetTypeInfo(type);
            if (step.Groups["index"] is { Success: true, Value: var index })
            {
                field += $"[{index}]";
                type = info?.ElementType;
                continue;
            }

            var name = step.Groups["name"].Value;
            var property = info?.Properties.FirstOrDefault(
                each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase));
            field += (field.Length == 0 ? "" : ".") + (property?.Name ?? name);
            type = property?.PropertyType ?? info?.ElementType;
        }

        return (field, type);
    }

    private static Phrase WordsFor(Type? given)
    {
        var type = given is null ? null : Nullable.GetUnderlyingType(given) ?? given;
        if (type is { IsEnum: true })
        {
            var names = Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName).ToList();
            return new Phrase($"Elija {Listed(names, "o")}.", $"Choose {Listed(names, "or")}.");
        }

        return type switch
        {
            null => new("No es el valor esperado.", "It is not the value expected."),
            _ when type == typeof(string) => new("Escriba un texto.", "Write a text."),
            _ when type == typeof(bool) => new("Escriba true o false.", "Write true or false."),
            _ when type == typeof(int) || type == typeof(long) => new("Escriba un número entero.", "Write a whole number."),
            _ when type == typeof(decimal) || type == typeof(double) => new("Escriba un número.", "Write a number."),
            _ when type == typeof(DateTimeOffset) => new(
                "Escriba una fecha como 2026-01-31 o 2026-01-31T08:00:00-06:00.",
                "Write a date such as 2026-01-31 or 2026-01-31T08:00:00-06:00."),
            _ when type.IsAssignableTo(typeof(IEnumerable)) && !IsByKey(type) => new("Envíe una lista.", "Send a list."),
            _ => new("Envíe un objeto.", "Send an object."),
        };
    }

    private static bool IsByKey(Type type) => type.IsGenericType
        && (type.IsAssignableTo(typeof(IDictionary)) || type.GetGenericArguments().Length == 2);

    private static string Listed(List<string> names, string or) => names.Count == 1
        ? names[0]
        : $"{string.Join(", ", names.SkipLast(1))} {or} {names[^1]}";

    // A step of a path: ".name", "['na.me']" or "[3]".
    [GeneratedRegex(
        @"\.(?<name>[^.\[]+)|\['(?<name>.*?)'\]|\[(?<index>[0-9]+)\]",
        RegexOptions.CultureInvariant | RegexOptions.Singleline,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Steps();
}
