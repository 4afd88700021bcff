using System.Text.Json.Serialization;

namespace CallMyWay.Functions.DiallingRules;

/// <summary>The record that is stored of the dial rules.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DialRules))]
internal sealed partial class DiallingRulesJson : JsonSerializerContext;
