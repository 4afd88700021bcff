using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Reports;

/// <summary>How fast the screens of a day were.</summary>
/// <param name="Date">The day on which they told it.</param>
/// <param name="Speed">Of all agents together.</param>
public sealed record DeskSpeedDay(DateOnly Date, DeskSpeed Speed);

/// <summary>How fast an agent's screens were on a day.</summary>
public sealed record DeskSpeedRow(DateOnly Date, string AgentId, string AgentName, DeskSpeed Speed);

/// <summary>How fast the screens were.</summary>
/// <param name="Items">By day and agent; only where cards were measured.</param>
/// <param name="Days">The days with measured cards, the earliest first.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public sealed record DeskSpeedView(
    IReadOnlyList<DeskSpeedRow> Items, IReadOnlyList<DeskSpeedDay> Days, DateOnly From, DateOnly To);

/// <summary>How long it took from a notification to the card on the agent's screen.</summary>
[Tags("Reports")]
public sealed class DeskSpeedFunctions(
    ScreenTimes times, CallScope scope, AgentDirectory agents, FigureKeeper keeper, Accounts accounts)
{
    /// <summary>The measured cards of each day are read one by one, so that a longer time would take long.</summary>
    public const int LongestDays = 31;

    [Function("GetDeskSpeed"), Allow(Role.Supervisor)]
    [Asks("from", "to"), Answers(StatusCodes.Status200OK, typeof(DeskSpeedView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "reports/desk-speed")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var (from, to) = ReportQuery.ReadDays(request, accounts.Home.TimeZone, keeper.Today, errors);
        if (!errors.Any && to.DayNumber - from.DayNumber >= LongestDays)
        {
            errors.Add(
                "from", "Pida como máximo 31 días.", "Ask for 31 days at most.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        var roster = await agents.ReadAsync(cancellationToken);
        var days = Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays);
        var read = await AtOnce.DoAsync(days, async day => (
            Date: day,
            Times: (await times.ReadAsync(day, cancellationToken)).Where(time => IsSeen(time.AgentId)).ToList()));
        return TypedResults.Ok(new DeskSpeedView(
            [.. from day in read
                from agent in day.Times.GroupBy(time => time.AgentId, StringComparer.Ordinal)
                let name = roster.NameOf(agent.Key) ?? agent.Key
                orderby day.Date, name
                select new DeskSpeedRow(day.Date, agent.Key, name, DeskSpeed.Of([.. agent.Select(time => time.Card)]))],
            [.. read.Where(day => day.Times.Count > 0).Select(
                day => new DeskSpeedDay(day.Date, DeskSpeed.Of([.. day.Times.Select(time => time.Card)])))],
            from,
            to));

        // An agent's work is open to who supervises the team that the agent is in now.
        bool IsSeen(string agentId) =>
            visible.IsAll || agentId == visible.AgentId
            || (visible.Team is { } team && roster.Find(agentId)?.Team == team);
    }
}
