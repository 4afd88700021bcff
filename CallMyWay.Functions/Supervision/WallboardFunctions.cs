using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Supervision;

/// <summary>The floor, for who supervises it.</summary>
[Tags("Supervision")]
public sealed class WallboardFunctions(
    CallScope scope, Wallboard wallboard, Watchers watchers, WallboardScreens screens, AgentDirectory agents)
{
    /// <summary>
    /// The caller's screens are also told what changes (the message <c>wallboard</c>), for two and a half minutes: a page
    /// that is open asks each minute. Not with <c>live=false</c>. With <c>team</c> it is about one team of those that
    /// the caller may see.
    /// </summary>
    [Function("GetWallboard"), Allow(Role.Supervisor)]
    [Asks("team", "live"), Answers(StatusCodes.Status200OK, typeof(WallboardView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "wallboard")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var isLive = FlagQuery.Find(request, "live", errors) ?? true;
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        var team = request.Query["team"].ToString() is { Length: > 0 } asked ? asked : null;
        var shown = new BoardScope(visible, team);
        var roster = team is null ? null : await agents.ReadAsync(cancellationToken);
        if (visible.IsAll && roster?.All.All(agent => agent.Team != team) == true)
        {
            var words = AgentFunctions.NoSuchTeam;
            return request.Invalid(
                StatusCodes.Status400BadRequest,
                new("No existe ese equipo", "There is no such team"),
                words,
                errors.Add("team", words.Es, words.En));
        }

        // Of another team there is nothing to tell.
        if (isLive && (roster is null || shown.TeamsOf(roster).Contains(team!)))
        {
            // Before the reading: what changes from here on is told.
            await watchers.WatchAsync(visible.AgentId, team, cancellationToken);
            screens.Start();
        }

        return TypedResults.Ok(await wallboard.ReadAsync(shown, cancellationToken));
    }
}
