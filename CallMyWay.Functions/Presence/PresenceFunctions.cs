using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Presence;

/// <summary>Whoever is signed in pauses, and comes back. Calls ring all the same: it is shown to who supervises.</summary>
[Tags("Agents")]
public sealed class PresenceFunctions(AgentPresence presence, PauseReasonStore reasons, TimeProvider clock)
{
    [Function("PutPresence"), Allow(Role.Agent)]
    [NotAudited("It is an agent's own pause, which the wallboard shows.")]
    [Takes(typeof(PresenceInput)), Answers(StatusCodes.Status200OK, typeof(PresenceView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "me/presence")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<PresenceInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        if (input.Paused is null)
        {
            errors.Add("paused", "Indique true o false.", "Give true or false.");
        }

        string? reason = null;
        if (input.Paused == true && !string.IsNullOrWhiteSpace(input.Reason)
            && (reason = await FindAsync(input.Reason, cancellationToken)) is null)
        {
            errors.Add("reason", "Elija un motivo de la lista.", "Choose a reason of the list.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var pause = await presence.SetAsync(
            request.HttpContext.User.RequiredAgentId(), input.Paused!.Value, reason, cancellationToken);
        return TypedResults.Ok(PresenceView.Of(pause, clock.GetUtcNow()));
    }

    /// <summary>The code of the reason; null if there is none of that code or name that can be chosen.</summary>
    private async ValueTask<string?> FindAsync(string reason, CancellationToken cancellationToken) =>
        (await reasons.GetAsync(cancellationToken)).Items
            .FirstOrDefault(each => each.Active && each.IsCalled(reason))?.Code;
}
