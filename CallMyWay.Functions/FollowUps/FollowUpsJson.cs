using System.Text.Json.Serialization;

namespace CallMyWay.Functions.FollowUps;

/// <summary>How stored follow-ups are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(FollowUp))]
internal sealed partial class FollowUpsJson : JsonSerializerContext;
