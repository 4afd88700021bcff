using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Outcomes;

/// <summary>How stored outcomes are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OutcomeList))]
[JsonSerializable(typeof(DeskRules))]
[JsonSerializable(typeof(WrapUpFieldList))]
internal sealed partial class OutcomesJson : JsonSerializerContext;
