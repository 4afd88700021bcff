namespace CallMyWay.Functions.Outcomes;

/// <summary>
/// What a wrap-up is checked by: the outcomes and the own fields, from a reading that is at most half a minute old. What
/// this process changes counts at once, what another one changes after that time.
/// </summary>
public sealed class WrapUpRules(OutcomeStore outcomes, WrapUpFieldStore fields, TimeProvider clock)
{
    /// <summary>They are read again after this.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private volatile Reading? _last;

    public async ValueTask<(OutcomeList Outcomes, WrapUpFieldList Fields)> GetAsync(CancellationToken cancellationToken)
    {
        // Counted before the rows are read: what changes meanwhile is read again.
        var changes = outcomes.Changes + fields.Changes;
        if (_last is { } last && last.Changes == changes && clock.GetElapsedTime(last.At) < Recheck)
        {
            return (last.Outcomes, last.Fields);
        }

        var at = clock.GetTimestamp();
        var (list, own) = await fields.GetWithOutcomesAsync(cancellationToken);
        _last = new Reading(at, changes, list, own);
        return (list, own);
    }

    private sealed record Reading(long At, long Changes, OutcomeList Outcomes, WrapUpFieldList Fields);
}
