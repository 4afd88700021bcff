using System.Text.Json.Serialization;

namespace CallMyWay.Functions.WrapUps;

/// <summary>The records that are stored of wrap-ups.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WrapUp))]
internal sealed partial class WrapUpsJson : JsonSerializerContext;
