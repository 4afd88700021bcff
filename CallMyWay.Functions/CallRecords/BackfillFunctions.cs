using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.CallRecords;

/// <summary>
/// Starts, shows and cancels backfills: the records of a range of time are read from the operator once more.
/// </summary>
[Tags("Records")]
public sealed class BackfillFunctions(
    JobQueue queue,
    JobStore jobs,
    RecordPullStore pulls,
    PacedRecords paced,
    PaceRule rule,
    Accounts accounts,
    AuditLog audit,
    TimeProvider clock)
{
    private const int MostDays = 400;

    /// <summary>A browser's clock may be ahead of ours.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    [Function("StartBackfill"), Allow(Role.Admin), Audits("backfill.started")]
    [Takes(typeof(BackfillInput)), Answers(StatusCodes.Status202Accepted, typeof(BackfillView))]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "call-records/backfill")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<BackfillInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        var account = Check(input.Account, errors);
        var (from, to) = Check(input.From, input.To, account ?? accounts.Home, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var work = BackfillWork.Of(account!, await pulls.GetAsync(account!.Username, cancellationToken), from, to);
        await audit.WriteAsync(
            request, AuditChange.Of("backfill.started", account.Username, null, new { from, to }), cancellationToken);
        var job = await queue.StartAsync(
            BackfillJob.Name,
            work.ToJson(),
            account.Username,
            request.HttpContext.User.RequiredAgentId(),
            cancellationToken);
        return TypedResults.Accepted($"/api/backfills/{job.JobId}", View(request, job));
    }

    [Function("ListBackfills"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<BackfillView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backfills")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (items, next) = await jobs.ListAsync(BackfillJob.Name, page, cancellationToken);
        return TypedResults.Ok(new Page<BackfillView>([.. items.Select(job => View(request, job))], next));
    }

    [Function("GetBackfill"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(BackfillView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backfills/{backfillId}")] HttpRequest request,
        string backfillId,
        CancellationToken cancellationToken) =>
        await jobs.GetAsync(BackfillJob.Name, backfillId, cancellationToken) is { } job
            ? TypedResults.Ok(View(request, job))
            : NotFound(request);

    [Function("CancelBackfill"), Allow(Role.Admin), Audits("backfill.cancelled")]
    [Answers(StatusCodes.Status200OK, typeof(BackfillView))]
    public async Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "backfills/{backfillId}")] HttpRequest request,
        string backfillId,
        CancellationToken cancellationToken) =>
        await audit.ChangeAsync(
            request,
            new AuditChange("backfill.cancelled", backfillId, null, null),
            () => queue.CancelAsync(BackfillJob.Name, backfillId, cancellationToken),
            job => job is { State: JobState.Cancelled }) is { } job
            ? TypedResults.Ok(View(request, job))
            : NotFound(request);

    private Account? Check(string? name, FieldErrors errors)
    {
        var account = name is null ? null : accounts.Listed(name.Trim());
        if (account is null)
        {
            errors.Add(
                "account",
                "Escriba el usuario de una cuenta de la configuración.",
                "Write the username of an account of the settings.");
        }
        else if (!paced.Knows(account))
        {
            errors.Add(
                "account",
                "La configuración no tiene la contraseña de esta cuenta, y sin ella no se puede consultar al operador.",
                "The settings have no password of this account, without which the operator can't be asked.");
        }

        return account;
    }

    private (DateTimeOffset From, DateTimeOffset To) Check(
        string? fromText, string? toText, Account account, FieldErrors errors)
    {
        var now = clock.GetUtcNow();
        var from = TimeQuery.Parse(fromText, "from", account.TimeZone, errors);
        var to = TimeQuery.ParseEnd(toText, "to", account.TimeZone, errors);
        if (from is null || to is null)
        {
            return default;
        }

        if (from >= to)
        {
            errors.Add("from", "Debe ser antes del final del período.", "It must be before the end of the period.");
        }
        else if (to - from > TimeSpan.FromDays(MostDays))
        {
            errors.Add(
                "from",
                $"Pida como máximo {MostDays} días a la vez.",
                $"Ask for at most {MostDays} days at once.");
        }

        if (from > now)
        {
            errors.Add("from", "No puede estar en el futuro.", "It can't be in the future.");
        }

        // The rest of today is still to come, and today is a day that one may ask for.
        var today = account.TimeZone.StartOf(account.LocalTime(now).Date.AddDays(1));
        if (to > (TimeQuery.IsDate(toText) ? today : now + ClockTolerance))
        {
            errors.Add("to", "No puede estar en el futuro.", "It can't be in the future.");
        }

        return (from.Value, to.Value < now ? to.Value : now);
    }

    private BackfillView View(HttpRequest request, Job job) => BackfillView.Of(job, rule, request.Language());

    private static IResult NotFound(HttpRequest request) => request.NotFound(
        new("No hay una lectura de registros con este identificador.", "There is no backfill with this id."));
}
