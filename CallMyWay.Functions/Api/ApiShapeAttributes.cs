using System.Text.Json;

namespace CallMyWay.Functions.Api;

/// <summary>The type of an HTTP function's JSON body, for <see cref="OpenApiFunctions"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesAttribute(Type body) : Attribute
{
    public Type Body { get; } = body;
}

/// <summary>A successful answer of an HTTP function; without a type if it has no body.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AnswersAttribute(int status, Type? body = null) : Attribute
{
    public int Status { get; } = status;

    public Type? Body { get; } = body;
}

/// <summary>The query parameters of an HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsksAttribute(params string[] parameters) : Attribute
{
    public IReadOnlyList<string> Parameters { get; } = parameters;
}

/// <summary>A query parameter that is one of these names: those of an enum, and some beside.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AsksOneOfAttribute(string parameter, Type names, params string[] more) : Attribute
{
    public string Parameter { get; } = parameter;

    public IReadOnlyList<string> Values { get; } =
        [.. Enum.GetNames(names).Select(JsonNamingPolicy.CamelCase.ConvertName), .. more];
}

/// <summary>A header that an HTTP function requires.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsHeaderAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>The media types of an HTTP function's body that is no JSON of ours, for <see cref="OpenApiFunctions"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesFileAttribute(params string[] mediaTypes) : Attribute
{
    public IReadOnlyList<string> MediaTypes { get; } = mediaTypes;
}

/// <summary>An HTTP function that answers with a file: its media type.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnswersFileAttribute(string mediaType) : Attribute
{
    public string MediaType { get; } = mediaType;
}

/// <summary>
/// An HTTP function that takes the header <c>If-Match</c> (<see cref="IfMatch"/>), and answers 412 where the row has
/// another version.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesIfMatchAttribute : Attribute
{
    /// <summary>True where it takes <c>If-None-Match: *</c> too.</summary>
    public bool OrNone { get; init; }
}

/// <summary>
/// The statuses by which an HTTP function refuses what it understands, beside those that follow from what it takes.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusesAttribute(params int[] statuses) : Attribute
{
    public IReadOnlyList<int> Statuses { get; } = statuses;
}

/// <summary>The name of a shape in the API's description, where the type's own is another type's too.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class SchemaNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>A field without which a request is always refused.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NeededAttribute : Attribute;
