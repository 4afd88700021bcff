using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Agents;

/// <summary>How stored agents are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Agent))]
internal sealed partial class AgentsJson : JsonSerializerContext;
