using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Reconciliation;

/// <summary>Tells of each day whether all of its calls are known from both sides.</summary>
[Tags("Records")]
public sealed class ReconciliationFunctions(
    DayStore days, Reconciliations reconciliations, Accounts accounts, AuditLog audit, TimeProvider clock)
{
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(31);

    [Function("ListReconciliation"), Allow(Role.Admin)]
    [Asks("from", "to", "account", "take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<DayView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "reconciliation")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var now = clock.GetUtcNow();
        var zone = accounts.Home.TimeZone;
        var (from, to) = TimeQuery.ReadSpan(request, LookBack, zone, now, errors);
        IReadOnlyList<Account> asked =
            request.Query.ContainsKey("account") ? [accounts.AskedOfAll(request, errors)] : accounts.All;
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (first, last) = (zone.DayOf(from), zone.DayOf(to.AddTicks(-1)));
        var found = new List<DayView>();
        foreach (var account in asked)
        {
            // What is still to come is not pending.
            var today = account.TimeZone.DayOf(now);
            var next = await NextAsync(account, today, cancellationToken);
            var read = await days.ListAsync(
                account.Username, first, last < today ? last : today, cancellationToken);
            found.AddRange(read.Select(
                day => DayView.Of(day.At(now), day.IsExpected(next), request.Language(), hasCalls: false)));
        }

        return TypedResults.Ok(Page.Cut([.. found.OrderBy(KeyOf, StringComparer.Ordinal)], page, KeyOf));
    }

    private static string KeyOf(DayView day) => string.Create(
        CultureInfo.InvariantCulture, $"{day.Date:yyyy-MM-dd}~{Keys.Encode(day.Account)}");

    [Function("GetReconciliation"), Allow(Role.Admin)]
    [Asks("account"), Answers(StatusCodes.Status200OK, typeof(DayView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "reconciliation/{date}")] HttpRequest request,
        string date,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var (account, day) = (accounts.AskedOfAll(request, errors), ReadDay(date, errors));
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var now = clock.GetUtcNow();
        var next = await NextAsync(account, account.TimeZone.DayOf(now), cancellationToken);
        var found = await days.GetAsync(account.Username, day, cancellationToken);
        return TypedResults.Ok(
            DayView.Of(found.At(now), found.IsExpected(next), request.Language(), hasCalls: true));
    }

    [Function("StartReconciliation"), Allow(Role.Admin), Audits("reconciliation.started")]
    [Asks("account"), Answers(StatusCodes.Status202Accepted, typeof(DayView))]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reconciliation/{date}")] HttpRequest request,
        string date,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        // The operator is asked for it, so it must be an account of the settings.
        var (account, day) = (accounts.Asked(request, errors), ReadDay(date, errors));
        if (!errors.Any && day > account.TimeZone.DayOf(clock.GetUtcNow()))
        {
            errors.Add("date", "Ese día aún no ha llegado.", "That day is still to come.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        await audit.WriteAsync(
            request,
            new AuditChange(
                "reconciliation.started",
                string.Create(CultureInfo.InvariantCulture, $"{account.Username}/{day:yyyy-MM-dd}"),
                null,
                null),
            cancellationToken);
        var started = await reconciliations.StartAsync(
            account, day, request.HttpContext.User.RequiredAgentId(), cancellationToken);
        return TypedResults.Accepted(
            (string?)null, DayView.Of(started, isExpected: true, request.Language(), hasCalls: true));
    }

    /// <summary>
    /// The day that the schedule has next. Where it never ran, its first day is today. To be read before the days: a day
    /// that the schedule begins meanwhile would count as unscheduled otherwise.
    /// </summary>
    private async ValueTask<DateOnly> NextAsync(
        Account account, DateOnly today, CancellationToken cancellationToken) =>
        await days.GetNextAsync(account.Username, cancellationToken) ?? today;

    private static DateOnly ReadDay(string date, FieldErrors errors)
    {
        if (!DateOnly.TryParseExact(
            date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day.Year is <= 1999 or >= 2200)
        {
            errors.Add("date", "Escriba una fecha como 2026-01-31.", "Write a date such as 2026-01-31.");
        }

        return day;
    }
}
