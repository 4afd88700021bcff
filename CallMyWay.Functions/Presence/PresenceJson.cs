using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Presence;

/// <summary>How stored reasons for a pause are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PauseReasonList))]
internal sealed partial class PresenceJson : JsonSerializerContext;
