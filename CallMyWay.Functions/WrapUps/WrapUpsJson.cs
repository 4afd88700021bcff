using System.Text.Json.Serialization;

namespace CallMyWay.Functions.WrapUps;

/// <summary>How stored wrap-ups are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WrapUp))]
[JsonSerializable(typeof(Replaced))]
[JsonSerializable(typeof(Undone))]
[JsonSerializable(typeof(SentVersions))]
internal sealed partial class WrapUpsJson : JsonSerializerContext;
