using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Campaigns;

/// <summary>How what is stored of campaigns, and messages about them, are serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Campaign))]
[JsonSerializable(typeof(CampaignEntry))]
[JsonSerializable(typeof(EntryCounts))]
[JsonSerializable(typeof(BuiltList))]
[JsonSerializable(typeof(ListedSources))]
[JsonSerializable(typeof(BuildWork))]
[JsonSerializable(typeof(AgentCard))]
[JsonSerializable(typeof(UnansweredDials))]
[JsonSerializable(typeof(Coordination))]
[JsonSerializable(typeof(PaceWindow))]
[JsonSerializable(typeof(PulseState))]
[JsonSerializable(typeof(CampaignMessage))]
internal sealed partial class CampaignsJson : JsonSerializerContext;
