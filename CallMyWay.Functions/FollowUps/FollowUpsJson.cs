using System.Text.Json.Serialization;

namespace CallMyWay.Functions.FollowUps;

/// <summary>The records that are stored of follow-ups.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FollowUp))]
internal sealed partial class FollowUpsJson : JsonSerializerContext;
