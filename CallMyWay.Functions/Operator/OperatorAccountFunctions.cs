using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Operator;

/// <summary>An account of the settings, without its password.</summary>
/// <param name="Account">Its username.</param>
/// <param name="AccountIds">The <c>account_id</c> values of its notifications.</param>
/// <param name="DialFormat">The form of the numbers that the operator dials.</param>
/// <param name="HasPassword">False where the settings lack the password.</param>
/// <param name="RecordsAddress">Where it is asked for records, without any secret.</param>
/// <param name="LastTest">The last test; null where there was none.</param>
public sealed record OperatorAccountView(
    string Account,
    IReadOnlyList<string> AccountIds,
    string Currency,
    string TimeZone,
    string DialFormat,
    bool HasPassword,
    string RecordsAddress,
    AccountTestView? LastTest);

/// <summary>What came of a test, in plain words.</summary>
/// <param name="Title">What is so.</param>
/// <param name="Detail">What to do about it.</param>
/// <param name="WaitedSeconds">How long it waited for the account's turn: the operator wants 4 seconds between two.</param>
/// <param name="Status">The HTTP status of the answer; null where there was none.</param>
/// <param name="Answer">The beginning of what the operator answered, where it was no list.</param>
public sealed record AccountTestView(
    AccountVerdict Verdict,
    DateTimeOffset At,
    string Title,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double WaitedSeconds,
    int? Status,
    string? Answer);

/// <summary>Shows an administrator the accounts at the operator, and tests one with a real request.</summary>
[Tags("Records")]
public sealed class OperatorAccountFunctions(
    Accounts accounts,
    IOptions<CallMyWayOptions> options,
    PacedRecords paced,
    AccountTestStore tests,
    IHostDescription host,
    TimeProvider clock)
{
    private static readonly Phrase NoSuchAccount = new(
        "No hay una cuenta con este usuario.", "There is no account with this username.");

    [Function("ListOperatorAccounts"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(Page<OperatorAccountView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "operator-accounts")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var views = new List<OperatorAccountView>();
        foreach (var account in accounts.All)
        {
            var last = await tests.GetAsync(account.Username, cancellationToken);
            views.Add(new OperatorAccountView(
                account.Username,
                accounts.IdsOf(account),
                account.Currency,
                account.TimeZone.Id,
                account.DialFormat,
                paced.Knows(account),
                options.Value.RecordsAddress.GetLeftPart(UriPartial.Authority),
                last is null ? null : ViewOf(last, request)));
        }

        return TypedResults.Ok(new Page<OperatorAccountView>(views, null));
    }

    [Function("TestOperatorAccount"), Allow(Role.Admin), NotAudited("It asks the operator once, and changes nothing.")]
    [Answers(StatusCodes.Status200OK, typeof(AccountTestView))]
    public async Task<IResult> Test(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "operator-accounts/{account}/test")]
        HttpRequest request,
        string account,
        CancellationToken cancellationToken)
    {
        if (accounts.Listed(RouteText.Of(account)) is not { } known)
        {
            return request.NotFound(NoSuchAccount);
        }

        var test = paced.Knows(known)
            ? await AskAsync(known, cancellationToken)
            : new AccountTest(AccountVerdict.NoPassword, clock.GetUtcNow(), 0, 0, "");
        await tests.PutAsync(known.Username, test, CancellationToken.None);
        return TypedResults.Ok(ViewOf(test, request));
    }

    private async Task<AccountTest> AskAsync(Account account, CancellationToken cancellationToken)
    {
        var begins = clock.GetUtcNow();
        DateTimeOffset? turn = null;
        // One record is enough: what counts is that the operator answers with a list.
        var answer = await paced.AskAsync(
            account,
            RecordsQuery.Range(account, begins.AddHours(-1), begins, 0, 1),
            cancellationToken,
            () => turn = clock.GetUtcNow());
        var now = clock.GetUtcNow();
        var waited = Math.Max(0, ((turn ?? now) - begins).TotalSeconds);
        return new AccountTest(
            AccountTest.VerdictOf(answer), now, Math.Round(waited, 1), answer?.Status ?? 0, answer?.Text ?? "");
    }

    private AccountTestView ViewOf(AccountTest test, HttpRequest request)
    {
        var (title, detail) = AccountTest.TextOf(test.Verdict, Where());
        var language = request.Language();
        return new AccountTestView(
            test.Verdict,
            test.At,
            title.In(language),
            detail.In(language),
            test.WaitedSeconds,
            test.Status == 0 ? null : test.Status,
            test.Answer.Length == 0 ? null : test.Answer);
    }

    private Phrase Where() => host.Describe().SignIn == "entra"
        ? new("en la configuración de la aplicación o en Key Vault", "in the app settings or in Key Vault")
        : new("en appsettings.json o en el entorno, y reinicie", "in appsettings.json or the environment, and restart");
}
