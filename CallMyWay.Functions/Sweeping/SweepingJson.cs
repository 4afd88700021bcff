using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Sweeping;

/// <summary>How the stored position and the rules of retention are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SweepPosition))]
[JsonSerializable(typeof(RetentionRules))]
[JsonSerializable(typeof(FoundAstray))]
internal sealed partial class SweepingJson : JsonSerializerContext;
