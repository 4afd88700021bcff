using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Calls;

/// <summary>The records that are stored of calls.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Call))]
[JsonSerializable(typeof(CallFacts))]
[JsonSerializable(typeof(CallKey))]
[JsonSerializable(typeof(EarlierCall))]
internal sealed partial class CallsJson : JsonSerializerContext;
