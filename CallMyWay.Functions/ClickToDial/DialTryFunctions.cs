using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>The body of a try-out of the dial rules.</summary>
/// <param name="Number">As an agent would write it.</param>
/// <param name="EndpointId">The phone that would dial; by default one of the first account.</param>
/// <param name="Rules">Rules that are not stored yet; by default those that are.</param>
public sealed record DialTryInput([property: Needed] string? Number, string? EndpointId, DialRulesInput? Rules);

/// <summary>What the dial rules say of a number.</summary>
/// <param name="Number">The number as it is read; null where it is none.</param>
/// <param name="As">What the operator would be asked for; null where nothing would be.</param>
/// <param name="Reason">Why it would not be dialled, or what is to be known of it.</param>
public sealed record DialTryView(bool Allowed, NumberView? Number, string? As, string? Reason);

/// <summary>
/// Tells an administrator whether a number would be dialled now, and as what. It goes the way of a click up to the
/// limits, and calls nobody.
/// </summary>
[Tags("ClickToDial")]
public sealed class DialTryFunctions(
    DialRulesStore store,
    PersonGuard guard,
    MappingStore mappings,
    Accounts accounts,
    PhoneNumberParser numbers,
    TimeProvider clock)
{
    private const int LongestNumber = 64;

    private static readonly Phrase NoNumber = new(
        "No es un solo número de teléfono que se pueda marcar.", "It is not one phone number that can be dialled.");

    [Function("TryDialRules"), Allow(Role.Admin), NotAudited("It changes nothing, and calls nobody.")]
    [Takes(typeof(DialTryInput)), Answers(StatusCodes.Status200OK, typeof(DialTryView))]
    public async Task<IResult> Try(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dial-rules/check")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<DialTryInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        if (PlainText.Trimmed(input.Number) is not { Length: <= LongestNumber } text)
        {
            return request.Invalid(errors.Add(
                "number",
                $"Escriba un número, de hasta {LongestNumber} caracteres.",
                $"Write a number, of at most {LongestNumber} characters."));
        }

        var account = accounts.Home;
        if (PlainText.Trimmed(input.EndpointId) is { } endpointId)
        {
            if (await mappings.GetAsync(endpointId, cancellationToken) is { } mapping)
            {
                account = accounts.Find(mapping.Account);
            }
            else
            {
                errors.Add("endpointId", "No hay un teléfono con ese código.", "There is no phone with that id.");
            }
        }

        var rules = input.Rules is null
            ? await store.GetAsync(cancellationToken)
            : DialRulesReader.Read(input.Rules, numbers, "rules.", errors);
        return errors.Any
            ? request.Invalid(errors)
            : TypedResults.Ok(await CheckAsync(text, account, rules, request.Language(), cancellationToken));
    }

    private async ValueTask<DialTryView> CheckAsync(
        string text, Account account, DialRules rules, string language, CancellationToken cancellationToken)
    {
        var number = numbers.Parse(text);
        if (number is { IsShortCode: true })
        {
            return Refused(numbers.View(number), DialPhrases.ShortCode);
        }

        if (number is not { Kind: PhoneNumberKind.Number, E164: { } whole } || !OneNumber.IsAlone(text, number))
        {
            return Refused(null, NoNumber);
        }

        var view = numbers.View(number);
        var dialled = Dialler.FormatForOperator(numbers, account, whole);
        if (numbers.Parse(dialled).E164 != whole)
        {
            return Refused(view, DialPhrases.Of(DialRefusal.NumberNotAllowed));
        }

        var now = clock.GetUtcNow();
        var refused = Dialler.CheckRules(rules, whole, account.LocalTime(now));
        if (refused is null)
        {
            var person = await guard.FindAsync(number, null, cancellationToken);
            if (await guard.CheckAsync(person, now, cancellationToken) is { Allowed: false, Why: { } why })
            {
                return Refused(view, why);
            }
        }

        return refused switch
        {
            null => new DialTryView(
                true,
                view,
                dialled,
                whole.StartsWith(numbers.HomePrefix, StringComparison.Ordinal)
                    ? null
                    : DialPhrases.Abroad(number.Country).In(language)),
            _ => Refused(view, DialPhrases.Of(refused)),
        };

        DialTryView Refused(NumberView? shown, Phrase why) => new(false, shown, null, why.In(language));
    }
}
