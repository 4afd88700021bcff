using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Sweeping;

/// <summary>The record that is stored of the sweeps.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SweepPosition))]
internal sealed partial class SweepingJson : JsonSerializerContext;
