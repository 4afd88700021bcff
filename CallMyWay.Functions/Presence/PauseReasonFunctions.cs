using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Presence;

/// <summary>One reason in a request.</summary>
public sealed record PauseReasonInput(
    [property: Needed] string? Code, [property: Needed] string? Es, [property: Needed] string? En, bool? Active);

/// <summary>The body of a request that replaces the reasons.</summary>
public sealed record PauseReasonsInput([property: Needed] IReadOnlyList<PauseReasonInput?>? Items);

/// <summary>Lists the reasons for a pause for agents; replaces them for an administrator.</summary>
[Tags("Agents")]
public sealed partial class PauseReasonFunctions(PauseReasonStore reasons, AuditLog audit)
{
    private const int MaxReasons = 30;

    private const int MaxLabel = 80;

    [Function("GetPauseReasons"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(PauseReasonList))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pause-reasons")] HttpRequest request,
        CancellationToken cancellationToken) => TypedResults.Ok(await reasons.GetAsync(cancellationToken));

    [Function("PutPauseReasons"), Allow(Role.Admin), Audits("pause-reasons.changed")]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(PauseReasonsInput)), Answers(StatusCodes.Status200OK, typeof(PauseReasonList))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "pause-reasons")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<PauseReasonsInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = Check(input);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var list = new PauseReasonList(
            [
                .. input.Items!.Select(reason => new PauseReason(
                    reason!.Code!, PlainText.Of(reason.Es)!, PlainText.Of(reason.En)!, reason.Active ?? true)),
            ],
            IfMatch.VersionOf(request));
        var before = await reasons.GetAsync(cancellationToken);
        var change = AuditChange.Of("pause-reasons.changed", "pause-reasons", before, list);
        if (before.ETag is not null && change.SaysNothingNew)
        {
            // The request is repeated: it is answered as the first time.
            return TypedResults.Ok(before);
        }

        return await audit.ChangeAsync(
            request,
            change,
            () => reasons.PutAsync(list, cancellationToken),
            made => made is not null) is { } stored
            ? TypedResults.Ok(stored)
            : request.Changed();
    }

    private static FieldErrors Check(PauseReasonsInput input)
    {
        var errors = new FieldErrors();
        if (input.Items is not { Count: > 0 and <= MaxReasons })
        {
            return errors.Add(
                "items", $"Escriba de 1 a {MaxReasons} motivos.", $"Write 1 to {MaxReasons} reasons.");
        }

        foreach (var (i, reason) in input.Items.Index())
        {
            if (reason?.Code is null || !Codes().IsMatch(reason.Code))
            {
                errors.Add(
                    $"items[{i}].code",
                    "Use de 1 a 40 letras minúsculas sin tilde, números o guiones.",
                    "Use 1 to 40 small letters, digits or dashes.");
            }
            else if (input.Items.Take(i).Any(other => other?.Code == reason.Code))
            {
                errors.Add($"items[{i}].code", "Está repetido.", "It appears twice.");
            }

            foreach (var (field, text) in new[] { ("es", reason?.Es), ("en", reason?.En) })
            {
                if (PlainText.Of(text) is not { Length: <= MaxLabel })
                {
                    errors.Add(
                        $"items[{i}].{field}",
                        $"Escriba un texto de hasta {MaxLabel} caracteres.",
                        $"Write a text of at most {MaxLabel} characters.");
                }
            }
        }

        return errors;
    }

    [GeneratedRegex(
        @"^[a-z0-9][a-z0-9-]{0,39}\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Codes();
}
