using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Outcomes;

/// <summary>
/// The outcomes: one row, as they are read and written together. Until an administrator writes them, there are those of
/// a collection desk.
/// </summary>
public sealed class OutcomeStore(ITables tables)
{
    /// <summary>The code that means a wrong number where the list does not say what its outcomes mean.</summary>
    public const string WrongNumber = "wrong-number";

    /// <summary>The code that says that nobody was reached, whatever the list says of it.</summary>
    public const string NoAnswer = "no-answer";

    internal const string Partition = "outcomes";

    private const string Key = "all";

    private static readonly IReadOnlyList<Outcome> AtFirst =
    [
        new("attended", "Atendido", "Handled", new OutcomeRequires()),
        new("promise-to-pay", "Promesa de pago", "Promise to pay", new OutcomeRequires(Promise: true)),
        new("paid", "Ya pagó", "Already paid", new OutcomeRequires(Note: true)),
        new("call-back", "Llamar después", "Call back", new OutcomeRequires(FollowUp: true)),
        new(NoAnswer, "No contestó", "No answer", new OutcomeRequires()),
        new(WrongNumber, "Número equivocado", "Wrong number", new OutcomeRequires()),
        new("refused", "Se niega a pagar", "Refuses to pay", new OutcomeRequires(Note: true)),
        new("other", "Otro", "Other", new OutcomeRequires(Note: true)),
        new(
            "do-not-call",
            "Pidió no ser llamado",
            "Asked not to be called",
            new OutcomeRequires(),
            Means: OutcomeMeaning.DoNotCall),
    ];

    private static readonly StoredJson<OutcomeList> Stored = new(OutcomesJson.Default);

    private readonly ITable _table = tables[StorageNames.Outcomes];

    private long _changes;

    /// <summary>How often this process has stored them.</summary>
    internal long Changes => Interlocked.Read(ref _changes);

    public async ValueTask<OutcomeList> GetAsync(CancellationToken cancellationToken) =>
        Read(await _table.GetAsync(Partition, Key, cancellationToken) is { } row ? [row] : []);

    /// <summary>The outcomes in the rows of the partition.</summary>
    internal static OutcomeList Read(IReadOnlyList<Row> rows)
    {
        var list = rows.FirstOrDefault(row => row.Key == Key) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag }
            : new OutcomeList(AtFirst, null);
        return list with { Items = [.. list.Items.Select(outcome => outcome.Understood)] };
    }

    /// <summary>
    /// Stores the list over the given version (<see cref="TableExtensions.PutAsync"/>). Null if the list has changed.
    /// </summary>
    public async Task<OutcomeList?> PutAsync(OutcomeList outcomes, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Key, outcomes with { ETag = null }, outcomes.ETag);
        var etag = await _table.PutAsync(row, cancellationToken);
        Interlocked.Increment(ref _changes);
        return etag is null ? null : outcomes with { ETag = etag };
    }
}
