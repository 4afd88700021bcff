using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>What is to be done today: an agent's own, or for a supervisor the team's.</summary>
[Tags("Calls")]
public sealed class WorkListFunctions(
    WorkList workList, CallScope scope, AgentDirectory agents, AgentStore store)
{
    /// <summary>A team is read agent by agent; whoever has more agents asks for one of them.</summary>
    private const int MostAgents = 50;

    /// <summary>So many who were deleted, the last first: what they left open is found nowhere else.</summary>
    private const int MostDeleted = 20;

    [Function("ListWork"), Allow(Role.Agent)]
    [Asks("agent", "take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<WorkListEntry>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "work-list")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var user = request.HttpContext.User;
        var visible = await scope.FindVisibleAsync(user, cancellationToken);
        var agentId = PlainText.Trimmed(request.Query["agent"]);
        if (agentId is not null && !await scope.IncludesAsync(visible, agentId, cancellationToken))
        {
            return request.Forbidden();
        }

        var roster = await agents.ReadAsync(cancellationToken);
        var deleted = SeesOthers(visible) ? await DeletedAsync(roster, cancellationToken) : [];
        IReadOnlyList<string> whose = agentId is not null ? [agentId] : TeamOf(visible, roster, deleted.Values);
        var one = agentId ?? (SeesOthers(visible) ? null : visible.AgentId);
        List<WorkListEntry> all = [.. await workList.ReadMissedAsync(one, visible, cancellationToken)];
        foreach (var each in whose)
        {
            all.AddRange(await workList.ReadAsync(each, visible, cancellationToken));
        }

        // As in the history: who left is found with what they left.
        if (agentId is not null && all.Count == 0 && roster.Find(agentId) is null && !deleted.ContainsKey(agentId))
        {
            return request.Invalid(errors.Add("agent", AgentFunctions.NoSuchAgent.Es, AgentFunctions.NoSuchAgent.En));
        }

        var isOwn = whose is [var only] && only == visible.AgentId;
        return TypedResults.Ok(Page.Cut(
            [
                .. all.Select(entry => isOwn ? entry : entry with { AgentName = NameOf(entry.AgentId) })
                    .OrderBy(entry => entry.Key, StringComparer.Ordinal),
            ],
            page,
            entry => entry.Key));

        string? NameOf(string? id) => id is null ? null : roster.NameOf(id) ?? deleted.GetValueOrDefault(id)?.Name;
    }

    // Who was created again is not deleted.
    private async Task<Dictionary<string, DeletedAgent>> DeletedAsync(
        AgentRoster roster, CancellationToken cancellationToken) =>
        (await store.ListDeletedAsync(cancellationToken)).Where(agent => roster.Find(agent.AgentId) is null)
            .ToDictionary(agent => agent.AgentId, StringComparer.Ordinal);

    // Whoever sees more than their own calls sees the work of those agents.
    private static IReadOnlyList<string> TeamOf(
        VisibleCalls visible, AgentRoster roster, IEnumerable<DeletedAgent> deleted) =>
        SeesOthers(visible)
            ?
            [
                .. roster.All.Where(agent => visible.IsAll || agent.Team == visible.Team)
                    .Select(agent => agent.AgentId).Order(StringComparer.Ordinal).Take(MostAgents),
                .. deleted.Where(agent => visible.IsAll || agent.Team == visible.Team)
                    .OrderByDescending(agent => agent.DeletedAt).Select(agent => agent.AgentId).Take(MostDeleted),
            ]
            : [visible.AgentId];

    private static bool SeesOthers(VisibleCalls visible) => visible.IsAll || visible.Team is not null;
}
