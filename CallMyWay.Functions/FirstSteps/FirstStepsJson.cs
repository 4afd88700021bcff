using System.Text.Json.Serialization;

namespace CallMyWay.Functions.FirstSteps;

/// <summary>How the choice is serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FirstStepsChoice))]
internal sealed partial class FirstStepsJson : JsonSerializerContext;
