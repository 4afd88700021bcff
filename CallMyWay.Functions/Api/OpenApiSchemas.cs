using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CallMyWay.Functions.Api;

/// <summary>
/// The shapes of the API's JSON, as named JSON schemas. Each of our types is described once, by what the serializer does
/// with it; others refer to it by its name. The words are those of the type's documentation.
/// </summary>
/// <remarks>
/// What a function takes has to be described before what it answers: a shape that is sent needs fewer fields than one
/// that is only read, in which every field without a null is always there.
/// </remarks>
internal sealed class OpenApiSchemas(XmlDocs docs)
{
    private static readonly JsonSerializerOptions Options = Strict();

    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);

    private readonly Queue<Type> _toDescribe = [];

    /// <summary>The schemas by name.</summary>
    public JsonObject All { get; } = [];

    /// <summary>A reference to the shape of a body that is sent (<paramref name="isSent"/>) or answered.</summary>
    public JsonObject Reference(Type type, bool isSent)
    {
        var reference = To(type);
        while (_toDescribe.TryDequeue(out var next))
        {
            All[NameOf(next)] = Describe(next, isSent);
        }

        return reference;
    }

    // The web defaults also read numbers from text, which is no promise of ours.
    private static JsonSerializerOptions Strict()
    {
        var options = new JsonSerializerOptions(ApiJson.Options) { NumberHandling = JsonNumberHandling.Strict };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private JsonObject To(Type type)
    {
        var name = NameOf(type);
        if (_types.TryAdd(name, type))
        {
            _toDescribe.Enqueue(type);
        }
        else if (_types[name] != type)
        {
            throw new InvalidOperationException(
                $"Two types of the API have one name: {type.FullName} and {_types[name].FullName}. Give one of them a {nameof(SchemaNameAttribute)}.");
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonNode Describe(Type type, bool isSent)
    {
        var schema = Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Transformed(type, context, node, isSent),
        });
        return docs.OfType(type) is { } words && schema is JsonObject described
            ? new JsonObject([KeyValuePair.Create<string, JsonNode?>("description", words), .. Detached(described)])
            : schema;
    }

    private JsonNode Transformed(Type root, JsonSchemaExporterContext context, JsonNode node, bool isSent)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isRoot = context.Path.IsEmpty;
        var mayBeNull = MayBeNull(node);
        if (!isRoot && IsOurs(type) && context.TypeInfo.Kind != JsonTypeInfoKind.Enumerable)
        {
            return Said(context, mayBeNull && IsAlwaysThere(context.PropertyInfo)
                ? new JsonObject { ["anyOf"] = new JsonArray(To(type), new JsonObject { ["type"] = "null" }) }
                : To(type));
        }

        if (type == typeof(DateTimeOffset))
        {
            node = new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        }
        else if (type == typeof(DateOnly))
        {
            node = new JsonObject { ["type"] = "string", ["format"] = "date" };
        }
        else if (type == typeof(TimeOnly))
        {
            // JSON schema's format "time" has a zone.
            node = new JsonObject { ["type"] = "string", ["pattern"] = "^[0-2][0-9]:[0-5][0-9]" };
        }
        else if (type.IsEnum && node is JsonObject values)
        {
            values["type"] = "string";
        }
        else if (node is not JsonObject)
        {
            // Whatever JSON there is.
            node = new JsonObject();
        }

        if (node is JsonObject { } schema)
        {
            if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && schema["properties"] is JsonObject properties)
            {
                Require(context.TypeInfo, schema, properties, isSent);
            }

            if (!IsAlwaysThere(context.PropertyInfo))
            {
                // A null is left out.
                WithoutNull(schema);
            }
        }

        return Said(context, node);
    }

    /// <summary>The schema with what the property's documentation says of it.</summary>
    private JsonNode Said(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.PropertyInfo is { } property && node is JsonObject schema
            && (docs.OfProperty(property.DeclaringType, PropertyOf(property))
                ?? OpenApiWords.Of(NameOf(property.DeclaringType), property.Name)) is { } words)
        {
            schema["description"] = words;
        }

        return node;
    }

    private static void Require(JsonTypeInfo type, JsonObject schema, JsonObject properties, bool isSent)
    {
        var needed = type.Properties
            .Where(property => properties.ContainsKey(property.Name))
            .Where(property => PropertyOf(property)?.IsDefined(typeof(NeededAttribute)) == true
                || IsAlwaysThere(property)
                || (!property.IsGetNullable && !property.IsSetNullable && !IsNullableValue(property)
                    && (!isSent || property.IsRequired)))
            .Select(property => (JsonNode)property.Name)
            .ToArray();
        schema.Remove("required");
        if (needed.Length > 0)
        {
            schema["required"] = new JsonArray(needed);
        }
    }

    private static bool IsNullableValue(JsonPropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null;

    private static bool IsAlwaysThere(JsonPropertyInfo? property) => property is not null
        && PropertyOf(property)?.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Never };

    private static PropertyInfo? PropertyOf(JsonPropertyInfo property) => property.AttributeProvider as PropertyInfo;

    // The names of an enum come without a type.
    private static bool MayBeNull(JsonNode node) => node is JsonObject schema
        && ((schema["type"] is JsonArray types && types.Any(type => type!.GetValue<string>() == "null"))
            || (schema["enum"] is JsonArray names && names.Any(name => name is null)));

    private static void WithoutNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            var left = types.Select(type => type!.GetValue<string>()).Where(type => type != "null").ToArray();
            schema["type"] = left is [var only] ? only : new JsonArray([.. left.Select(type => (JsonNode)type)]);
        }

        if (schema["enum"] is JsonArray values && values.Any(value => value is null))
        {
            schema["enum"] = new JsonArray([.. values.Where(value => value is not null).Select(value => value!.DeepClone())]);
        }
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Detached(JsonObject schema)
    {
        foreach (var (name, value) in schema.ToList())
        {
            schema.Remove(name);
            yield return KeyValuePair.Create(name, value);
        }
    }

    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith("CallMyWay.", StringComparison.Ordinal) == true;

    private static string NameOf(Type type) => type.GetCustomAttribute<SchemaNameAttribute>() is { } named ? named.Name
        : type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{string.Concat(type.GetGenericArguments().Select(NameOf))}"
        : type.Name;
}
