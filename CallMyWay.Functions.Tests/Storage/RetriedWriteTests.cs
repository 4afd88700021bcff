using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>
/// A write whose response is lost: the client library retries it, and the retry must not conflict with the first try.
/// </summary>
public sealed class RetriedWriteTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private FlakyStorage _service = null!;

    private AzureStorageUnderTest _storage = null!;

    private ITable Table => _storage.Table;

    public async Task InitializeAsync()
    {
        _service = await FlakyStorage.StartAsync();
        _storage = await AzureStorageUnderTest.OpenAsync(_service.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await (_storage?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_service?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [SkippableFact]
    public async Task A_Retried_Insert_That_Finds_Its_Own_Row_Succeeds()
    {
        _service.LoseAnswer(HttpMethod.Post);

        var etag = await Table.InsertAsync(Thing("ours"), None);

        await ShouldBeAsync("ours", etag.ShouldNotBeNull());
    }

    [SkippableFact]
    public async Task A_Retried_Replace_That_Finds_Its_Own_Version_Succeeds()
    {
        var before = await Table.InsertAsync(Thing("before"), None);
        _service.LoseAnswer(HttpMethod.Put);

        var etag = await Table.ReplaceAsync(Thing("ours", before), None);

        etag.ShouldNotBe(before);
        await ShouldBeAsync("ours", etag.ShouldNotBeNull());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Retried_Delete_That_Finds_Nothing_Succeeds(bool byVersion)
    {
        var etag = await Table.InsertAsync(Thing("ours"), None);
        _service.LoseAnswer(HttpMethod.Delete);

        (await Table.DeleteAsync("p", "k", byVersion ? etag : null, None)).ShouldBeTrue();

        _service.Lost.ShouldBe(1);
        (await Table.GetAsync("p", "k", None)).ShouldBeNull();
    }

    [SkippableTheory]
    [InlineData("inserted")]
    [InlineData("upserted")]
    public async Task A_Retried_Insert_That_Finds_Another_Row_Is_Refused(string how)
    {
        var theirs = how == "inserted"
            ? await Table.InsertAsync(Thing("theirs"), None)
            : await Table.UpsertAsync(Thing("theirs"), None);
        _service.LoseAnswer(HttpMethod.Post);

        (await Table.InsertAsync(Thing("ours"), None)).ShouldBeNull();

        await ShouldBeAsync("theirs", theirs.ShouldNotBeNull());
    }

    [SkippableFact]
    public async Task A_Retried_Replace_Or_Delete_That_Finds_Another_Version_Is_Refused()
    {
        var before = await Table.InsertAsync(Thing("before"), None);
        var theirs = await Table.ReplaceAsync(Thing("theirs", before), None);

        _service.LoseAnswer(HttpMethod.Put);
        (await Table.ReplaceAsync(Thing("ours", before), None)).ShouldBeNull();
        await ShouldBeAsync("theirs", theirs.ShouldNotBeNull());

        _service.LoseAnswer(HttpMethod.Delete);
        (await Table.DeleteAsync("p", "k", before, None)).ShouldBeFalse();
        (await Table.GetAsync("p", "k", None)).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task A_Replace_Of_A_Row_That_Is_Gone_Is_Refused()
    {
        var before = await Table.InsertAsync(Thing("before"), None);
        await Table.DeleteAsync("p", "k", null, None);
        _service.LoseAnswer(HttpMethod.Put);

        (await Table.ReplaceAsync(Thing("ours", before), None)).ShouldBeNull();

        _service.Lost.ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData(RowChangeKind.Insert)]
    [InlineData(RowChangeKind.Replace)]
    [InlineData(RowChangeKind.Delete)]
    public async Task A_Retried_Batch_That_Finds_Itself_Done_Succeeds(RowChangeKind kind)
    {
        var before = kind == RowChangeKind.Insert ? null : await Table.InsertAsync(Thing("before"), None);
        await Table.InsertAsync(new Row("p", "old"), None);
        _service.LoseAnswer(HttpMethod.Post);

        (await Table.BatchAsync(
            [RowChange.Delete(new Row("p", "old")), new RowChange(kind, Thing("ours", before))], None)).ShouldBeTrue();

        _service.Lost.ShouldBe(1);
        (await Table.GetAsync("p", "old", None)).ShouldBeNull();
        (await Table.GetAsync("p", "k", None))?.Text("Name").ShouldBe("ours");
    }

    [SkippableTheory]
    [InlineData(RowChangeKind.Insert)]
    [InlineData(RowChangeKind.Replace)]
    [InlineData(RowChangeKind.Delete)]
    public async Task A_Retried_Batch_That_Finds_Another_Version_Is_Refused(RowChangeKind kind)
    {
        var before = await Table.InsertAsync(Thing("before"), None);
        var theirs = await Table.ReplaceAsync(Thing("theirs", before), None);
        _service.LoseAnswer(HttpMethod.Post);

        (await Table.BatchAsync(
            [
                RowChange.Upsert(new Row("p", "other")),
                new RowChange(kind, Thing("ours", kind == RowChangeKind.Insert ? null : before)),
            ],
            None)).ShouldBeFalse();

        await ShouldBeAsync("theirs", theirs.ShouldNotBeNull());
        (await Table.GetAsync("p", "other", None)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_Retried_Batch_Of_Deletes_That_Finds_One_Of_Its_Rows_Is_Refused()
    {
        var before = await Table.InsertAsync(Thing("before"), None);
        var gone = await Table.InsertAsync(new Row("p", "gone"), None);
        await Table.DeleteAsync("p", "gone", null, None);
        _service.LoseAnswer(HttpMethod.Post);

        (await Table.BatchAsync(
            [RowChange.Delete(new Row("p", "gone", gone)), RowChange.Delete(Thing("before", before))], None))
            .ShouldBeFalse();

        await ShouldBeAsync("before", before.ShouldNotBeNull());
    }

    [SkippableFact]
    public async Task A_Refusal_Of_The_First_Try_Costs_One_Request()
    {
        var before = await Table.InsertAsync(Thing("before"), None);
        await Table.UpsertAsync(Thing("theirs"), None);
        var asked = 0;
        _service.Fail(_ =>
        {
            Interlocked.Increment(ref asked);
            return null;
        });

        (await Table.InsertAsync(Thing("ours"), None)).ShouldBeNull();
        (await Table.ReplaceAsync(Thing("ours", before), None)).ShouldBeNull();
        (await Table.DeleteAsync("p", "k", before, None)).ShouldBeFalse();
        (await Table.BatchAsync([RowChange.Replace(Thing("ours", before))], None)).ShouldBeFalse();

        asked.ShouldBe(4);
    }

    [SkippableFact]
    public async Task The_Write_Mark_Is_In_No_Row_That_Is_Read()
    {
        var before = await Table.InsertAsync(Thing("x"), None);
        (await Table.GetAsync("p", "k", None))!.Columns.Keys.ShouldBe(["Name"]);
        await Table.ReplaceAsync(Thing("x", before), None);

        (await Table.GetAsync("p", "k", None))!.Columns.Keys.ShouldBe(["Name"]);
        await Table.BatchAsync([RowChange.Upsert(Thing("x"))], None);
        (await Table.GetAsync("p", "k", None))!.Columns.Keys.ShouldBe(["Name"]);
        (await Table.QueryAsync(new RowRange("p"), None)).Rows.ShouldHaveSingleItem().Columns.Keys.ShouldBe(["Name"]);
    }

    private async Task ShouldBeAsync(string name, string etag)
    {
        _service.Lost.ShouldBeGreaterThan(0);
        var row = (await Table.GetAsync("p", "k", None)).ShouldNotBeNull();
        row.Text("Name").ShouldBe(name);
        row.ETag.ShouldBe(etag);
    }

    private static Row Thing(string name, string? etag = null) => new Row("p", "k", etag).Set("Name", name);
}
