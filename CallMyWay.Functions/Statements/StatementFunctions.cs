using System.Globalization;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Statements;

/// <summary>The body of a request that enters the invoice's total; null takes it away.</summary>
public sealed record InvoiceInput
{
    /// <summary>What the operator's invoice says; null takes it away.</summary>
    [Needed, JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal? InvoiceTotal
    {
        get;
        init
        {
            field = value;
            IsGiven = true;
        }
    }

    /// <summary>False where the body does not name it: a slip of the pen takes nothing away.</summary>
    [JsonIgnore]
    public bool IsGiven { get; private init; }
}

/// <summary>The statement of a month, and the invoice's total beside it.</summary>
[Tags("Records")]
public sealed class StatementFunctions(
    MonthStatements statements, StatementStore store, Accounts accounts, AuditLog audit, TimeProvider clock)
{
    private const decimal MaxTotal = 1_000_000_000_000m;

    [Function("GetStatement"), Allow(Role.Admin)]
    [Asks("account"), Answers(StatusCodes.Status200OK, typeof(StatementView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "statements/{month}")] HttpRequest request,
        string month,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var asked = Read(request, month, errors);
        return errors.Any
            ? request.Invalid(errors)
            : TypedResults.Ok(await statements.ReadAsync(
                asked.Account, asked.Month, request.Language(), cancellationToken));
    }

    [Function("PutStatement"), Allow(Role.Admin), Audits("statement.changed")]
    [TakesIfMatch(OrNone = true)]
    [Asks("account"), Takes(typeof(InvoiceInput)), Answers(StatusCodes.Status200OK, typeof(StatementView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "statements/{month}")] HttpRequest request,
        string month,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<InvoiceInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        var asked = Read(request, month, errors);
        if (!input.IsGiven)
        {
            errors.Add(
                "invoiceTotal",
                "Escriba el total de la factura, o null para quitarlo.",
                "Give the invoice's total, or null to take it away.");
        }

        if (input.InvoiceTotal is { } given && (given is < 0 or > MaxTotal || decimal.Round(given, 4) != given))
        {
            errors.Add(
                "invoiceTotal",
                "Escriba un monto de cero o más, con cuatro decimales como máximo.",
                "Enter an amount of zero or more, with four decimals at most.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        return await StoreAsync(asked.Account, asked.Month, input.InvoiceTotal, request, cancellationToken)
            ? TypedResults.Ok(await statements.ReadAsync(
                asked.Account, asked.Month, request.Language(), cancellationToken))
            : request.Changed();
    }

    [Function("ExportStatement"), Allow(Role.Admin), Audits("export.statements")]
    [AsksOneOf(CsvQuery.Name, typeof(CsvForm))]
    [Asks("month", "account", CsvQuery.Name), Answers(StatusCodes.Status200OK), AnswersFile("text/csv")]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "exports/statements.csv")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var (account, month) = Read(request, request.Query["month"], errors);
        var form = CsvQuery.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var statement = await statements.ReadAsync(account, month, request.Language(), cancellationToken);
        var file = $"statement-{Storage.Keys.Encode(account.Username)}-{statement.Month}.csv";
        await audit.WriteAsync(
            request, AuditChange.OfExport("export.statements", file, request), cancellationToken);
        return TypedResults.File(StatementCsv.Of(statement, request.Language(), form), CsvText.ContentType, file);
    }

    /// <summary>False where another has changed it.</summary>
    private async Task<bool> StoreAsync(
        Account account, DateOnly month, decimal? total, HttpRequest request, CancellationToken cancellationToken)
    {
        var before = await store.GetInvoiceAsync(account.Username, month, cancellationToken);
        if (before?.Total == total)
        {
            return true;
        }

        var etag = IfMatch.VersionOf(request);
        return await audit.ChangeAsync(
            request,
            AuditChange.Of(
                "statement.changed",
                string.Create(CultureInfo.InvariantCulture, $"{account.Username}/{month:yyyy-MM}"),
                before is null ? null : new InvoiceInput { InvoiceTotal = before.Total },
                total is null ? null : new InvoiceInput { InvoiceTotal = total }),
            () => StoreAsync(account, month, total, etag, request, cancellationToken),
            stored => stored);
    }

    private async Task<bool> StoreAsync(
        Account account,
        DateOnly month,
        decimal? total,
        string? etag,
        HttpRequest request,
        CancellationToken cancellationToken) =>
        total is { } value
            ? await store.PutInvoiceAsync(
                new Invoice(
                    account.Username,
                    month,
                    value,
                    clock.GetUtcNow(),
                    request.HttpContext.User.RequiredAgentId(),
                    etag),
                cancellationToken) is not null
            : await store.RemoveInvoiceAsync(account.Username, month, etag, cancellationToken);

    private (Account Account, DateOnly Month) Read(HttpRequest request, string? text, FieldErrors errors)
    {
        var month = StatementMonth.Read(text);
        if (month is null)
        {
            errors.Add("month", "Escriba un mes como 2026-01.", "Write a month such as 2026-01.");
        }

        return (accounts.AskedOfAll(request, errors), month ?? default);
    }
}
