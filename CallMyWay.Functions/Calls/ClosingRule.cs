using CallMyWay.Functions.Api;
using CallMyWay.Functions.Outcomes;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Calls;

/// <summary>Whether an agent may close a call without an outcome, by the desk's rules.</summary>
public sealed class ClosingRule(DeskRulesStore rules)
{
    /// <summary>
    /// True where an outcome is asked for first. Of calls of others, and of those without a conversation, none is
    /// asked; nor of those that the work list does not ask for.
    /// </summary>
    public async ValueTask<bool> AsksForOutcomeAsync(Call call, string agentId, CancellationToken cancellationToken) =>
        call.LacksOutcomeOf(agentId) && (await rules.GetAsync(cancellationToken)).OutcomeRequired;

    /// <summary>409: what the agent is told then.</summary>
    public static IResult Refusal(HttpRequest request) => request.Problem(
        StatusCodes.Status409Conflict,
        new("Falta el resultado", "The outcome is missing"),
        new(
            "Elija el resultado de la llamada y guárdelo: después se cierra.",
            "Choose the outcome of the call and save it: then it closes."));
}
