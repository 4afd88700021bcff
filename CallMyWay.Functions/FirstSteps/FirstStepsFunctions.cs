using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.FirstSteps;

/// <summary>A step and how far it is.</summary>
public sealed record FirstStepView(FirstStep Step, FirstStepState State);

/// <summary>The list from an empty installation to the first call on a screen.</summary>
/// <param name="Hidden">True where an administrator does not land on it any more.</param>
/// <param name="Done">True where no step is open.</param>
public sealed record FirstStepsView(bool Hidden, bool Done, IReadOnlyList<FirstStepView> Steps);

/// <summary>What an administrator decides of the list; what is missing stays.</summary>
/// <param name="Hidden">Whether it is no more where an administrator lands.</param>
/// <param name="Skipped">The steps that the office does without.</param>
public sealed record FirstStepsInput(bool? Hidden, IReadOnlyList<string?>? Skipped);

/// <summary>Shows an administrator the first steps; remembers what is skipped, and whether the list is hidden.</summary>
[Tags("Agents")]
public sealed class FirstStepsFunctions(FirstStepsProgress progress, FirstStepsStore store)
{
    [Function("GetFirstSteps"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(FirstStepsView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "first-steps")] HttpRequest request,
        CancellationToken cancellationToken) => TypedResults.Ok(await ViewAsync(request, cancellationToken));

    [Function("PutFirstSteps"), Allow(Role.Admin), NotAudited("It says only what an administrator sees first.")]
    [Takes(typeof(FirstStepsInput)), Answers(StatusCodes.Status200OK, typeof(FirstStepsView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "first-steps")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<FirstStepsInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        List<FirstStep?> skipped = [.. (input.Skipped ?? []).Select(StepOf)];
        if (skipped.Contains(null))
        {
            return request.Invalid(new FieldErrors().Add(
                "skipped",
                "Elija account, webhook, people, phones, contacts o call.",
                "Choose account, webhook, people, phones, contacts or call."));
        }

        await store.ChangeAsync(
            before => before with
            {
                Hidden = input.Hidden ?? before.Hidden,
                Skipped = input.Skipped is null ? before.Skipped : [.. skipped.OfType<FirstStep>().Distinct()],
            },
            cancellationToken);
        return TypedResults.Ok(await ViewAsync(request, cancellationToken));
    }

    private async Task<FirstStepsView> ViewAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (choice, states) = await progress.ReadAsync(
            request.HttpContext.User.RequiredAgentId(), cancellationToken);
        return new FirstStepsView(
            choice.Hidden,
            !states.Values.Contains(FirstStepState.Open),
            [.. Enum.GetValues<FirstStep>().Select(step => new FirstStepView(step, states[step]))]);
    }

    // A number would be read as one of them too.
    private static FirstStep? StepOf(string? text) =>
        text is not null && text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out FirstStep step)
            ? step
            : null;
}
