using System.Text.Json.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.PopUps;

/// <summary>A page of the open pop-ups.</summary>
/// <param name="OutcomeRequired">
/// True where a call that was talked is closed only with an outcome; at most 30 seconds old.
/// </param>
/// <param name="Roles">
/// The reader's, as <c>GET /api/me</c> has them: a page that shows what others allow asks for that again.
/// </param>
/// <param name="Now">The time by our clock, by which a screen knows how far its own is from it.</param>
public sealed record OpenPopUps(
    IReadOnlyList<PopUp> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    bool OutcomeRequired,
    IReadOnlyList<Role> Roles,
    DateTimeOffset Now);

/// <summary>The pop-ups of whoever is signed in.</summary>
public sealed partial class PopUpFunctions(
    IScreens screens,
    PopUpStore popUps,
    PopUpScreens popUpScreens,
    CallFinder finder,
    CallWriter writer,
    ClosingRule closing,
    DeskRulesStore rules,
    AgentDirectory agents,
    AgentPresence presence,
    IEnumerable<ICallNews> news,
    IEnumerable<IPaintedNews> painted,
    TimeProvider clock,
    ILogger<PopUpFunctions> logger)
{
    [Function("Negotiate"), Allow(Role.Agent)]
    [NotAudited("It opens a connection of one's own screen, and changes nothing.")]
    [Answers(StatusCodes.Status200OK, typeof(ScreenConnection))]
    public async Task<IResult> Negotiate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "pop-ups/negotiate")] HttpRequest request, CancellationToken cancellationToken)
    {
        var user = request.HttpContext.User;
        try
        {
            return TypedResults.Ok(
                await screens.NegotiateAsync(user.RequiredAgentId(), user.EmbedTokenEnd(), cancellationToken));
        }
        catch (ScreensException exception)
        {
            Log.NoChannel(logger, exception);
            return request.Problem(
                StatusCodes.Status503ServiceUnavailable,
                new("La conexión en vivo no responde", "The live connection does not answer"),
                new(
                    "Las llamadas se guardan y están en la lista. Se intenta de nuevo por sí solo.",
                    "Calls are kept and are in the list. It is tried again by itself."));
        }
    }

    [Function("GetPopUps"), Allow(Role.Agent)]
    [Asks("take", "next", PaintedCard.Parameter), Answers(StatusCodes.Status200OK, typeof(OpenPopUps))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pop-ups")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var cards = PaintedCard.Read(request, clock.GetUtcNow(), errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var agentId = request.HttpContext.User.RequiredAgentId();
        await NoteAsync(agentId, cards, cancellationToken);
        // A desk asks for this at each connection and each minute: so it is known who is there.
        var beat = presence.BeatAsync(agentId, cancellationToken);
        var open = await popUps.ListAsync(agentId, page, cancellationToken);
        await beat;
        var now = clock.GetUtcNow();
        List<PopUp> items = [.. open.Items.Select(call => PopUp.Of(call, call.AgentOf(agentId)!).At(now))];
        if (items.Exists(popUp => popUp.Returned is not null))
        {
            var roster = await agents.ReadAsync(cancellationToken);
            items = [.. items.Select(popUp => popUp with { Returned = popUp.Returned?.With(roster) })];
        }

        // A desk asks for this each minute. So it learns of a change without a further request.
        var asked = await rules.GetRecentAsync(cancellationToken);
        return TypedResults.Ok(new OpenPopUps(
            items, open.Next, asked.OutcomeRequired, [.. request.HttpContext.User.Roles()], clock.GetUtcNow()));
    }

    [Function("AcknowledgePopUp"), Allow(Role.Agent)]
    [Refuses(StatusCodes.Status409Conflict)]
    [NotAudited("It closes a card on an agent's own screens.")]
    [Asks("account")]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Acknowledge(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "pop-ups/{callId}/acknowledge")] HttpRequest request, string callId, CancellationToken cancellationToken)
    {
        var agentId = request.HttpContext.User.RequiredAgentId();
        Call? found = null;
        Row? row = null;
        var isRefused = false;
        // Where a notification of the call comes in between, it is done with all the same.
        var done = await writer.ChangeAsync(
            async token =>
            {
                found = await finder.FindAsync(
                    callId, request.Query["account"], call => call.AgentOf(agentId) is not null, token);
                if (found?.AgentOf(agentId)?.AcknowledgedAt is not null)
                {
                    return null;
                }

                isRefused = found is not null && await closing.AsksForOutcomeAsync(found, agentId, token);
                if (found is null || isRefused)
                {
                    return null;
                }

                row = await popUps.FindOpenAsync(found, agentId, token);
                return found;
            },
            call => call.Facts.With(new AgentDecision(DecisionKind.Acknowledged, clock.GetUtcNow(), agentId)),
            cancellationToken);
        if (found is null)
        {
            return request.NotFound(CallFinder.NoSuchCall);
        }

        if (isRefused)
        {
            return ClosingRule.Refusal(request);
        }

        if (done is not null)
        {
            await popUps.CloseAsync(row is null ? [] : [row], CancellationToken.None);
            foreach (var each in news)
            {
                each.Tell(done, found);
            }
        }

        // Also where the page that asked has gone meanwhile: the agent may have others.
        done ??= found;
        await popUpScreens.CloseAsync(done, done.AgentOf(agentId)!, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private async Task NoteAsync(
        string agentId, IReadOnlyList<PaintedCard> cards, CancellationToken cancellationToken)
    {
        if (cards.Count == 0)
        {
            return;
        }

        try
        {
            await AtOnce.DoAsync(painted, async each =>
            {
                await each.NoteAsync(agentId, cards, cancellationToken);
                return true;
            });
        }
        catch (StorageException exception)
        {
            // It is measured, and nothing rests on it.
            Log.NotNoted(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "How long calls took to an agent's screen could not be noted.")]
        public static partial void NotNoted(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Error, "A screen could not be connected.")]
        public static partial void NoChannel(ILogger logger, Exception exception);
    }
}
