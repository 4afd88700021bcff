using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.PopUps;

/// <summary>The pop-ups of whoever is signed in.</summary>
public sealed partial class PopUpFunctions(
    IScreens screens,
    PopUpStore popUps,
    PopUpScreens popUpScreens,
    CallFinder finder,
    CallStore calls,
    ClosingRule closing,
    TimeProvider clock,
    ILogger<PopUpFunctions> logger)
{
    [Function("Negotiate"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(ScreenConnection))]
    public async Task<IResult> Negotiate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "pop-ups/negotiate")] HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(
                await screens.NegotiateAsync(request.HttpContext.User.RequiredAgentId(), cancellationToken));
        }
        catch (ScreensException exception)
        {
            Log.NoChannel(logger, exception);
            return request.Problem(
                StatusCodes.Status503ServiceUnavailable,
                new("El canal de avisos no responde", "The channel for pop-ups does not answer"),
                new("Las llamadas se guardan y están en la lista. Se intenta de nuevo por sí solo.", "Calls are kept and are in the list. It is tried again by itself."));
        }
    }

    [Function("GetPopUps"), Allow(Role.Agent)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<PopUp>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pop-ups")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var agentId = request.HttpContext.User.RequiredAgentId();
        var open = await popUps.ListAsync(agentId, page, cancellationToken);
        var now = clock.GetUtcNow();
        return TypedResults.Ok(
            new Page<PopUp>([.. open.Items.Select(call => PopUp.Of(call, call.AgentOf(agentId)!).At(now))], open.Next));
    }

    [Function("AcknowledgePopUp"), Allow(Role.Agent)]
    [Asks("account")]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Acknowledge(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "pop-ups/{callId}/acknowledge")] HttpRequest request, string callId, CancellationToken cancellationToken)
    {
        var agentId = request.HttpContext.User.RequiredAgentId();
        while (await finder.FindAsync(
            callId, request.Query["account"], call => call.AgentOf(agentId) is not null, cancellationToken) is { } call)
        {
            var agent = call.AgentOf(agentId)!;
            var done = call;
            if (agent.AcknowledgedAt is null)
            {
                if (await closing.AsksForOutcomeAsync(call, agentId, cancellationToken))
                {
                    return ClosingRule.Refusal(request);
                }

                var row = await popUps.FindOpenAsync(call, agentId, cancellationToken);
                var facts = call.Facts.With(
                    new AgentDecision(DecisionKind.Acknowledged, clock.GetUtcNow(), agentId));
                done = await calls.SaveAsync(call.With(facts), cancellationToken);
                if (done is null)
                {
                    // A notification of the call came in between; it is done with all the same.
                    continue;
                }

                await popUps.CloseAsync(row is null ? [] : [row], CancellationToken.None);
            }

            // Also where the page that asked has gone meanwhile: the agent may have others.
            await popUpScreens.CloseAsync(done, agent, CancellationToken.None);
            return TypedResults.NoContent();
        }

        return request.NotFound(CallFinder.NoSuchCall);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A screen could not be connected.")]
        public static partial void NoChannel(ILogger logger, Exception exception);
    }
}
