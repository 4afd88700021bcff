using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Reconciliation;

namespace CallMyWay.Functions.Statements;

/// <summary>Makes the statement of a month, with what could explain a difference from the invoice.</summary>
public sealed class MonthStatements(
    StatementStore store, RecordStore records, DayStore reconciled, TimeProvider clock)
{
    public async Task<StatementView> ReadAsync(
        Account account, DateOnly month, string language, CancellationToken cancellationToken)
    {
        var days = await store.ReadAsync(account, month, StatementMonth.LastDayOf(month), cancellationToken);
        var invoice = await store.GetInvoiceAsync(account.Username, month, cancellationToken);
        return StatementView.Of(
            account,
            month,
            days,
            invoice,
            await CluesAsync(account, month, days, invoice, cancellationToken),
            clock.GetUtcNow(),
            language);
    }

    /// <summary>
    /// What could explain the difference. The month's records are looked through once, until one of its days or the
    /// difference changes.
    /// </summary>
    private async Task<IReadOnlyList<Clue>> CluesAsync(
        Account account,
        DateOnly month,
        IReadOnlyList<DayStatement> days,
        Invoice? invoice,
        CancellationToken cancellationToken)
    {
        var routes = RouteSum.Merge(days.SelectMany(day => day.Routes));
        var includesFee = account.CostIncludesAccessFee;
        var difference = invoice?.Less(RouteSum.Total(routes).AmountBy(includesFee)) ?? 0;
        if (difference == 0)
        {
            return [];
        }

        var compared = await reconciled.ListAsync(
            account.Username, month, StatementMonth.LastDayOf(month), cancellationToken);
        var workedOutAt = days.Select(day => day.WorkedOutAt)
            .Concat(compared.Select(day => day.WorkedOutAt).OfType<DateTimeOffset>())
            .DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        if (await store.GetCluesAsync(account.Username, month, cancellationToken) is { } known
            && known.Difference == difference && known.WorkedOutAt == workedOutAt && known.Form == ClueSearch.Form)
        {
            return known.Clues;
        }

        var (from, until) = StatementMonth.SpanOf(account, month);
        var search = new ClueSearch(difference, from, until, includesFee);
        await foreach (var record in records.ReadAsync(
            account.Username, from - ClueSearch.Before, until + ClueSearch.Behind, cancellationToken))
        {
            search.Add(record);
        }

        foreach (var mismatch in compared.SelectMany(day => day.Mismatches).Where(
            each => each is { Kind: MismatchKind.WebhookOnly, HealedBy: null } or { Kind: MismatchKind.Differing }))
        {
            search.Add(new ClueCall(mismatch.CallId, mismatch.At, mismatch.WebhookCost), mismatch.RecordCost);
        }

        var clues = search.Finish(routes);
        await store.PutCluesAsync(
            account.Username,
            month,
            new FoundClues(difference, workedOutAt, clues, ClueSearch.Form),
            cancellationToken);
        return clues;
    }
}
