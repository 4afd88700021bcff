using System.Text.Json.Serialization;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>The records that are stored of clicks.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AgentDials))]
[JsonSerializable(typeof(Dial))]
[JsonSerializable(typeof(DialCount))]
internal sealed partial class ClickToDialJson : JsonSerializerContext;
