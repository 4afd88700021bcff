using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>A record for testing <see cref="IndexedTable{T}"/>: found by its owner, and by a unique name.</summary>
internal sealed record Thing(string Id, string Owner, string Name, string? Note = null, string? ETag = null);

/// <summary>Things and their index, in one table of the storage under test.</summary>
internal sealed class Things(ITables tables)
{
    public const string Table = "things";

    private const string Partition = "thing";

    private const string NamePartition = "name";

    private const string IdColumn = "id";

    private readonly ITable _table = tables[Table];

    public IndexedTable<Thing> Indexed { get; } = new(tables, new IndexedRecord<Thing>
    {
        Table = Table,
        IndexTables = [Table],
        Write = thing => new Row(Partition, thing.Id, thing.ETag)
            .Set("owner", thing.Owner).Set("name", thing.Name).Set("note", thing.Note),
        Read = row => row.Partition == Partition
            ? new Thing(row.Key, row.Text("owner")!, row.Text("name")!, row.Text("note"), row.ETag)
            : null,
        ETagOf = thing => thing.ETag,
        IndexOf = thing =>
        [
            new IndexRow(Table, OwnerRow(thing)),
            new IndexRow(Table, new Row(NamePartition, thing.Name).Set(IdColumn, thing.Id), IsUnique: true),
        ],
        LeadsTo = (_, row) => row.Partition == Partition ? null
            : new RowKey(Partition, row.Partition == NamePartition ? row.Text(IdColumn)! : row.Key),
    });

    public static Row OwnerRow(Thing thing) =>
        new Row(Keys.Join("owner", thing.Owner), thing.Id).Set("note", thing.Note);

    public static RowKey KeyOf(string id) => new(Partition, id);

    public ValueTask<Thing?> GetAsync(string id) => Indexed.GetAsync(KeyOf(id), CancellationToken.None);

    /// <summary>Stores the thing over any version.</summary>
    public Task<IndexedWrite<Thing>> PutAsync(Thing thing) =>
        Indexed.WriteAsync(KeyOf(thing.Id), _ => thing, CancellationToken.None);

    public Task<Thing?> DeleteAsync(string id) => Indexed.DeleteAsync(KeyOf(id), _ => true, CancellationToken.None);

    /// <summary>What readers find for an owner.</summary>
    public async Task<IReadOnlyList<Thing>> OfOwnerAsync(string owner)
    {
        var rows = await _table.ReadAsync(new RowRange(Keys.Join("owner", owner)), CancellationToken.None);
        return [.. (await Indexed.FollowAsync(Table, rows, CancellationToken.None)).Select(found => found.Record)];
    }

    public async Task<Thing?> OfNameAsync(string name)
    {
        var row = await _table.GetAsync(NamePartition, name, CancellationToken.None);
        return row is null ? null
            : (await Indexed.FollowAsync(Table, [row], CancellationToken.None)).Select(found => found.Record)
                .SingleOrDefault();
    }

    /// <summary>Checks that an existing thing is found by each of its index rows and by no other.</summary>
    public async Task ShouldBeFoundAsync(string id, IEnumerable<string> owners, IEnumerable<string> names)
    {
        var thing = await GetAsync(id);
        foreach (var owner in owners)
        {
            var found = (await OfOwnerAsync(owner)).Where(each => each.Id == id).ToList();
            found.ShouldBe(thing?.Owner == owner ? [thing] : [], $"{thing} of {owner}");
        }

        foreach (var name in names)
        {
            var found = await OfNameAsync(name);
            (found?.Id == id ? found : null).ShouldBe(thing?.Name == name ? thing : null, $"{thing} by {name}");
        }
    }

    /// <summary>Checks that the index row's other columns agree with the thing.</summary>
    public async Task ShouldHoldWhatItSaysAsync(string id)
    {
        if (await GetAsync(id) is { } thing)
        {
            var row = OwnerRow(thing);
            (await _table.GetAsync(row.Partition, row.Key, CancellationToken.None))!.Text("note").ShouldBe(thing.Note);
        }
    }

    /// <summary>All rows, including index rows.</summary>
    public async Task<IReadOnlyList<Row>> RowsAsync()
    {
        const int PageSize = 1000;
        var rows = new List<Row>();
        IReadOnlyList<Row> page;
        do
        {
            RowKey? after = rows.Count == 0 ? null : RowKey.Of(rows[^1]);
            page = await _table.ScanAsync(after, PageSize, CancellationToken.None);
            rows.AddRange(page);
        }
        while (page.Count == PageSize);
        return rows;
    }

    /// <summary>Checks all rows, and those without a record once more.</summary>
    public async Task<IndexCheck> RepairAsync()
    {
        var check = await Indexed.CheckAsync(Table, await RowsAsync(), CancellationToken.None);
        return check with
        {
            Removed = check.Removed + await Indexed.RemoveAsync(check.LeadNowhere, CancellationToken.None)
        };
    }

    /// <summary>Checks that each record has its two index rows, and that there is no other row.</summary>
    public async Task ShouldBeWholeAsync()
    {
        var rows = await RowsAsync();
        var records = rows.Where(row => row.Partition == Partition).ToList();
        foreach (var record in records)
        {
            await ShouldHoldWhatItSaysAsync(record.Key);
        }

        var expected = records
            .SelectMany(row => new[] { (Partition, row.Key), ("owner~" + row.Text("owner"), row.Key), (NamePartition, row.Text("name")!) });
        rows.Select(row => (row.Partition, row.Key)).ShouldBe(expected, ignoreOrder: true);
    }
}
