using System.Text.Json.Serialization;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Starts the job that ties earlier calls to the agent of a phone, whenever its mapping is saved, and that takes them
/// back where it was a mistake.
/// </summary>
public sealed class MappingTies(JobQueue queue) : IMappingNews
{
    // The job waits until it is stored, and so is there wherever the process ends.
    public Task LeavesAsync(Mapping mapping, string? to, string by) => queue.StartAsync(
        MappingTieJob.Name,
        new MappingTieWork(mapping.EndpointId, to) { Former = mapping.AgentId, IsAhead = true }.ToJson(),
        mapping.Account,
        by,
        CancellationToken.None);

    // Also where nothing has changed: an earlier request may have stored the mapping and started no job.
    public Task StoredAsync(Mapping mapping, string savedBy) => queue.StartAsync(
        MappingTieJob.Name,
        new MappingTieWork(mapping.EndpointId, mapping.AgentId).ToJson(),
        mapping.Account,
        savedBy,
        CancellationToken.None);

    public Task ImportedAsync(string savedBy) => queue.StartAsync(
        MappingTieJob.Name, new MappingTieWork(null, null).ToJson(), null, savedBy, CancellationToken.None);
}

/// <summary>Which mapping ties earlier calls to its agent, and how far that is.</summary>
/// <param name="EndpointId">The endpoint of the mapping; null for all of them, as after an import.</param>
/// <param name="AgentId">Its agent; null for all of them, and where the mapping was deleted.</param>
public sealed record MappingTieWork(string? EndpointId, string? AgentId)
{
    private static readonly StoredJson<MappingTieWork> Stored = new(MappingTiesJson.Default);

    /// <summary>
    /// Whose phone it was before; null where it was nobody's, and once the calls that it was mistakenly tied to are
    /// taken back.
    /// </summary>
    public string? Former { get; init; }

    /// <summary>True where the job was started before the mapping was stored: it waits for that.</summary>
    public bool? IsAhead { get; init; }

    /// <summary>The last call that was looked at, as the token of a page; null before the first.</summary>
    public string? After { get; init; }

    public static MappingTieWork Read(string json) => Stored.Deserialize(json);

    public string ToJson() => Stored.Serialize(this);
}

/// <summary>How the work is serialized.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(MappingTieWork))]
internal sealed partial class MappingTiesJson : JsonSerializerContext;
