using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.ContactImports;

/// <summary>The files of imports and what they did: after that an import can't be undone any more.</summary>
public sealed class ImportSweep(ITables tables) : ISweep
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(14);

    public string Table => StorageNames.ContactImports;

    public async Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Newest first: what was begun earlier has the greater key.
        var old = new RowRange(ImportStore.AllPartition) { From = Keys.NewestFirst(now - KeptFor) };
        var imports = new List<string>();
        await foreach (var row in tables[Table].ReadAllAsync(old, cancellationToken))
        {
            imports.Add(row.Key[(row.Key.IndexOf(Keys.Separator, StringComparison.Ordinal) + 1)..]);
        }

        // The partition that names them comes last: an import's id is of digits and the letters a to f.
        return
        [
            .. imports.Order(StringComparer.Ordinal).Select(id => new SweepRange(new RowRange(id), _ => true)),
            new SweepRange(old, _ => true),
        ];
    }
}
