using CallMyWay.Functions.Api;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>What a click on a number would lead to.</summary>
/// <param name="Allowed">False if no call would be made.</param>
/// <param name="Message">What the agent should know before the press; null where there is nothing to say.</param>
public sealed record DialCheckView(NumberView Number, bool Allowed, string? Message);

/// <summary>
/// Tells before a click whether the number may be dialled, and whether the person may be called now. It says nothing of
/// the agent's limits, the office's hours and busy phones, which the click itself finds out.
/// </summary>
[Tags("ClickToDial")]
public sealed class DialCheckFunctions(
    DialRulesStore rules, PersonGuard guard, PhoneNumberParser numbers, TimeProvider clock)
{
    private const int LongestNumber = 64;

    [Function("CheckNumber"), Allow(Role.Agent)]
    [Asks("number"), Answers(StatusCodes.Status200OK, typeof(DialCheckView))]
    public async Task<IResult> Check(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dial-checks")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var text = request.Query["number"].ToString();
        var number = text.Length is 0 or > LongestNumber ? null : numbers.Parse(text);
        if (number is not { Kind: PhoneNumberKind.Number } || !OneNumber.IsAlone(text, number))
        {
            return request.Invalid(new FieldErrors().Add(
                "number", "No es un número de teléfono.", "It is not a phone number."));
        }

        var (allowed, message) = await CheckAsync(number, cancellationToken);
        return TypedResults.Ok(new DialCheckView(numbers.View(number), allowed, message?.In(request.Language())));
    }

    private async ValueTask<(bool Allowed, Phrase? Message)> CheckAsync(
        PhoneNumber number, CancellationToken cancellationToken)
    {
        if (number.E164 is not { } whole)
        {
            return (false, number.IsShortCode ? DialPhrases.ShortCode : null);
        }

        var applied = await rules.GetAsync(cancellationToken);
        if (!applied.Enabled || !applied.Allow(whole))
        {
            return (false, DialPhrases.Of(
                applied.Enabled ? DialRefusal.NumberNotAllowed : DialRefusal.SwitchedOff));
        }

        var person = await guard.FindAsync(number, null, cancellationToken);
        var verdict = await guard.CheckAsync(person, clock.GetUtcNow(), cancellationToken);
        return !verdict.Allowed ? (false, verdict.Why)
            : whole.StartsWith(numbers.HomePrefix, StringComparison.Ordinal) ? (true, null)
            : (true, DialPhrases.Abroad(number.Country));
    }
}
