using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Outcomes;

/// <summary>One outcome in a request.</summary>
/// <param name="Means">nothing, promise, wrongNumber, doNotCall or notReached.</param>
public sealed record OutcomeInput(
    [property: Needed] string? Code,
    [property: Needed] string? Es,
    [property: Needed] string? En,
    OutcomeRequires? Requires,
    bool? Active,
    string? Means = null);

/// <summary>
/// The body of a request that replaces the outcomes. At least one is active. One that is left out is gone, and calls
/// that have it show its code: an outcome that was used is archived by <c>active: false</c>, and keeps its name.
/// </summary>
public sealed record OutcomesInput([property: Needed] IReadOnlyList<OutcomeInput?>? Items);

/// <summary>Lists the outcomes for agents; replaces them for an administrator.</summary>
public sealed partial class OutcomeFunctions(
    OutcomeStore outcomes, WrapUpFieldStore fields, AuditLog audit)
{
    private const int MaxOutcomes = 100;

    [Function("GetOutcomes"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(OutcomeList))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "outcomes")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        // A desk needs both, and asks once.
        var (list, own) = await fields.GetWithOutcomesAsync(cancellationToken);
        return TypedResults.Ok(list with { Fields = own.Items });
    }

    [Function("PutOutcomes"), Allow(Role.Admin), Audits("outcomes.changed")]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(OutcomesInput)), Answers(StatusCodes.Status200OK, typeof(OutcomeList))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "outcomes")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<OutcomesInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = Check(input);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var list = new OutcomeList(
            [
                .. input.Items!.Select(outcome => new Outcome(
                    outcome!.Code!,
                    outcome.Es!.Trim(),
                    outcome.En!.Trim(),
                    outcome.Requires ?? new OutcomeRequires(),
                    outcome.Active ?? true,
                    MeaningOf(outcome.Means)).Understood),
            ],
            IfMatch.VersionOf(request));
        var before = await outcomes.GetAsync(cancellationToken);
        var change = AuditChange.Of("outcomes.changed", "outcomes", before, list);
        if (before.ETag is not null && change.SaysNothingNew)
        {
            // The request is repeated: it is answered as the first time.
            return TypedResults.Ok(before);
        }

        return await audit.ChangeAsync(
            request,
            change,
            () => outcomes.PutAsync(list, cancellationToken),
            made => made is not null) is { } stored
            ? TypedResults.Ok(stored)
            : request.Changed();
    }

    private static FieldErrors Check(OutcomesInput input)
    {
        var errors = new FieldErrors();
        if (input.Items is not { Count: > 0 and <= MaxOutcomes })
        {
            return errors.Add(
                "items", $"Escriba de 1 a {MaxOutcomes} resultados.", $"Write 1 to {MaxOutcomes} outcomes.");
        }

        if (input.Items.All(outcome => outcome?.Active == false))
        {
            // No wrap-up could be sent.
            errors.Add("items", "Deje al menos un resultado sin archivar.", "Leave at least one outcome active.");
        }

        for (var i = 0; i < input.Items.Count; i++)
        {
            var outcome = input.Items[i];
            if (outcome?.Code is null || !Codes().IsMatch(outcome.Code))
            {
                errors.Add(
                    $"items[{i}].code",
                    "Use de 1 a 40 letras minúsculas, números o guiones.",
                    "Use 1 to 40 small letters, digits or dashes.");
            }
            else if (input.Items.Take(i).Any(other => other?.Code == outcome.Code))
            {
                errors.Add($"items[{i}].code", "Está repetido.", "It appears twice.");
            }

            if (outcome?.Means is not null && MeaningOf(outcome.Means) is null)
            {
                errors.Add(
                    $"items[{i}].means",
                    "Elija nothing, promise, wrongNumber, doNotCall o notReached.",
                    "Choose nothing, promise, wrongNumber, doNotCall or notReached.");
            }

            foreach (var (field, text) in new[] { ("es", outcome?.Es), ("en", outcome?.En) })
            {
                if (string.IsNullOrWhiteSpace(text) || text.Length > 80)
                {
                    errors.Add(
                        $"items[{i}].{field}",
                        "Escriba un texto de hasta 80 caracteres.",
                        "Write a text of at most 80 characters.");
                }
            }
        }

        return errors;
    }

    // A number would be read as one of them too.
    private static OutcomeMeaning? MeaningOf(string? text) =>
        text is not null && text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out OutcomeMeaning means)
            ? means
            : null;

    [GeneratedRegex(
        @"^[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Codes();
}
