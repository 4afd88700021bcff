using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Sweeping;

/// <summary>How the stored position is serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SweepPosition))]
internal sealed partial class SweepingJson : JsonSerializerContext;
