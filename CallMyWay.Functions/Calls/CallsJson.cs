using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The records that are stored of calls. They are written at each notification, so the compiler makes the writing too.
/// </summary>
[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Call))]
[JsonSerializable(typeof(CallFacts))]
[JsonSerializable(typeof(CallKey))]
[JsonSerializable(typeof(EarlierCall))]
internal sealed partial class CallsJson : JsonSerializerContext;
