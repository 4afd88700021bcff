using System.Text.Json.Serialization;

namespace CallMyWay.Functions.DiallingRules;

/// <summary>How the stored rules are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DialRules))]
internal sealed partial class DiallingRulesJson : JsonSerializerContext;
