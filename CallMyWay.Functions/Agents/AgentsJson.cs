using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Agents;

/// <summary>The records that are stored of agents.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Agent))]
internal sealed partial class AgentsJson : JsonSerializerContext;
