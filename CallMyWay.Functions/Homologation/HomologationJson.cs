using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Homologation;

/// <summary>How runs, their cases and the work for them are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(CaseResult))]
[JsonSerializable(typeof(HomologationWork))]
internal sealed partial class HomologationJson : JsonSerializerContext;
