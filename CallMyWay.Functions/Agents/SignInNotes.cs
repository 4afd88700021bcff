using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Agents;

/// <summary>When an agent came in last, and what the directory told of them then.</summary>
/// <param name="DirectoryRoles">The app roles that the directory gave them; null where no directory signs in.</param>
public sealed record SignInNote(string AgentId, DateTimeOffset At, IReadOnlyList<string>? DirectoryRoles);

/// <summary>Somebody whom the directory lets in and who is no agent.</summary>
public sealed record Visitor(string SignInName, string? Name, DateTimeOffset At, IReadOnlyList<string> DirectoryRoles);

/// <summary>
/// Who came in when. Partition <c>seen</c> has a row for each agent, <c>visitor</c> one for each person without an agent.
/// </summary>
public sealed class SignInNotes(ITables tables, TimeProvider clock) : IAgentRemains
{
    internal const string VisitorPartition = "visitor";

    internal const string AtColumn = "at";

    /// <summary>How long somebody who is no agent is remembered.</summary>
    internal static readonly TimeSpan VisitorsKept = TimeSpan.FromDays(90);

    private const string SeenPartition = "seen";

    private const string IdColumn = "id";

    private const string NameColumn = "name";

    private const string RolesColumn = "roles";

    private readonly ITable _table = tables[StorageNames.Agents];

    public async Task NoteAsync(
        string agentId, IReadOnlyList<string>? directoryRoles, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(RowOf(SeenPartition, agentId, directoryRoles), cancellationToken);

    public async Task NoteVisitorAsync(
        string signInName, string? name, IReadOnlyList<string> directoryRoles, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            RowOf(VisitorPartition, signInName.Trim().ToLowerInvariant(), directoryRoles).Set(NameColumn, name),
            cancellationToken);

    /// <summary>When each agent came in last.</summary>
    public async Task<IReadOnlyDictionary<string, SignInNote>> ListAsync(CancellationToken cancellationToken)
    {
        var notes = new Dictionary<string, SignInNote>(StringComparer.Ordinal);
        await foreach (var row in _table.ReadAllAsync(new RowRange(SeenPartition), cancellationToken))
        {
            var id = row.Text(IdColumn)!;
            notes[id] = new SignInNote(id, row.Time(AtColumn)!.Value, RolesOf(row));
        }

        return notes;
    }

    /// <summary>Those without an agent, the last seen first.</summary>
    public async Task<IReadOnlyList<Visitor>> ListVisitorsAsync(CancellationToken cancellationToken)
    {
        var visitors = new List<Visitor>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(VisitorPartition), cancellationToken))
        {
            visitors.Add(new Visitor(
                row.Text(IdColumn)!, row.Text(NameColumn), row.Time(AtColumn)!.Value, RolesOf(row) ?? []));
        }

        return [.. visitors.OrderByDescending(visitor => visitor.At)];
    }

    public async Task ForgetAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(SeenPartition, Keys.Encode(agentId), null, cancellationToken);

    private Row RowOf(string partition, string id, IReadOnlyList<string>? roles) =>
        new Row(partition, Keys.Encode(id)).Set(IdColumn, id).Set(AtColumn, clock.GetUtcNow())
            .Set(RolesColumn, roles is null ? null : string.Join(' ', roles));

    private static string[]? RolesOf(Row row) =>
        row.Text(RolesColumn)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
