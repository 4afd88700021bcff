using System.Text.Json.Serialization;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>How stored dials are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AgentDials))]
[JsonSerializable(typeof(Dial))]
[JsonSerializable(typeof(DialCount))]
internal sealed partial class ClickToDialJson : JsonSerializerContext;
