using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Outcomes;

/// <summary>The records that are stored of outcomes.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OutcomeList))]
internal sealed partial class OutcomesJson : JsonSerializerContext;
