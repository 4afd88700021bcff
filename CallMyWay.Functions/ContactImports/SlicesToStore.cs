namespace CallMyWay.Functions.ContactImports;

/// <summary>Slices that are stored together: what becomes of their rows.</summary>
/// <param name="First">The number of the first slice.</param>
/// <param name="Counts">How many results each slice has.</param>
/// <param name="Results">The results of all of them, in the order of the file.</param>
/// <param name="AreRepeated">True where an earlier try may have stored some of it.</param>
public sealed record SlicesToStore(int First, IReadOnlyList<int> Counts, RowResult[] Results, bool AreRepeated)
{
    /// <summary>The number behind the last slice.</summary>
    public int End => First + Counts.Count;

    public static SlicesToStore Of(int first, IReadOnlyList<IReadOnlyList<RowResult>> slices, bool areRepeated) =>
        new(first, [.. slices.Select(results => results.Count)], [.. slices.SelectMany(results => results)], areRepeated);

    /// <summary>The slice in which a result is.</summary>
    /// <param name="result">Its place among <see cref="Results"/>.</param>
    public int SliceOf(int result)
    {
        var slice = 0;
        for (var before = Counts[0]; before <= result; before += Counts[slice])
        {
            slice++;
        }

        return First + slice;
    }

    public SliceJournal JournalOf(int slice)
    {
        var begin = Counts.Take(slice - First).Sum();
        return new SliceJournal(Results[begin..(begin + Counts[slice - First])]);
    }
}
