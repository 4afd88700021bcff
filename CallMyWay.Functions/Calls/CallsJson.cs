using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Calls;

/// <summary>The records that are stored of calls.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Call))]
[JsonSerializable(typeof(CallKey))]
internal sealed partial class CallsJson : JsonSerializerContext;
