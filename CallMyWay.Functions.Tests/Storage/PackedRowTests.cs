using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>Long texts in one row or several.</summary>
public sealed class PackedRowTests : IAsyncLifetime
{
    private const string Partition = "import";

    private const string Key = "rows~1";

    private readonly SqliteStorageUnderTest _storage = Open();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _storage.DisposeAsync();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1_000, 1)]
    [InlineData(500_000, 2)]
    [InlineData(900_000, 3)]
    public async Task A_Text_Is_Read_As_It_Was_Written_However_Many_Rows_It_Takes(int length, int rows)
    {
        var text = TextOf(length);

        await PackedRow.WriteAsync(_storage.Table, Partition, Key, text, default);

        (await PackedRow.ReadAsync(_storage.Table, Partition, Key, default)).ShouldBe(text);
        (await KeysAsync()).Count.ShouldBe(rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_Process_That_Ends_As_It_Writes_A_Text_Leaves_None_Of_Which_A_Part_Is_Missing(int writes)
    {
        var dying = new OneTable(_storage.Table).EndingAfter(writes);
        await Should.ThrowAsync<CrashException>(
            () => PackedRow.WriteAsync(dying, Partition, Key, TextOf(900_000), default));

        (await PackedRow.ReadAsync(_storage.Table, Partition, Key, default)).ShouldBeNull();

        await PackedRow.WriteAsync(_storage.Table, Partition, Key, TextOf(900_000), default);
        (await PackedRow.ReadAsync(_storage.Table, Partition, Key, default)).ShouldBe(TextOf(900_000));
    }

    // What is erased of a person must not stay in rows that nobody reads any more.
    [Theory]
    [InlineData(10, 1)]
    [InlineData(500_000, 2)]
    [InlineData(900_000, 3)]
    public async Task Of_A_Text_That_Is_Written_Anew_Nothing_Is_Left_And_Others_Stay(int length, int rows)
    {
        await PackedRow.WriteAsync(_storage.Table, Partition, Key, TextOf(900_000), default);
        await PackedRow.WriteAsync(_storage.Table, Partition, "rows~10", "another", default);

        await PackedRow.RewriteAsync(_storage.Table, Partition, Key, TextOf(length), default);

        (await PackedRow.ReadAsync(_storage.Table, Partition, Key, default)).ShouldBe(TextOf(length));
        (await PackedRow.ReadAsync(_storage.Table, Partition, "rows~10", default)).ShouldBe("another");
        (await KeysAsync()).Count.ShouldBe(rows + 1);
    }

    /// <summary>A text that can't be made much shorter.</summary>
    private static string TextOf(int length)
    {
        var random = new Random(length);
        return string.Create(length, random, static (text, random) => random.GetItems(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", text));
    }

    private async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. (await _storage.Table.ReadAsync(new RowRange(Partition), default)).Select(row => row.Key)];

    private static SqliteStorageUnderTest Open() => new();
}
