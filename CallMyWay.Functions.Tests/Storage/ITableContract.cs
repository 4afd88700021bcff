using System.Globalization;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>What every <see cref="ITable"/> does, whatever is below it.</summary>
public abstract class ITableContract : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private IStorageUnderTest _storage = null!;

    protected ITable Table => _storage.Table;

    /// <summary>The storage, empty; skips the test where this machine has none of the kind.</summary>
    protected abstract ValueTask<IStorageUnderTest> OpenAsync();

    public async Task InitializeAsync() => _storage = await OpenAsync();

    public async Task DisposeAsync() => await (_storage?.DisposeAsync() ?? ValueTask.CompletedTask);

    [SkippableFact]
    public async Task A_Row_That_Was_Never_Stored_Is_Null()
    {
        (await Table.GetAsync("p", "k", None)).ShouldBeNull();
        (await Table.QueryAsync(new RowRange("p"), None)).Rows.ShouldBeEmpty();
        (await Table.DeleteAsync("p", "k", null, None)).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task What_Was_Inserted_Is_Read_Again_With_Its_ETag()
    {
        var etag = await Table.InsertAsync(Thing("k", "one"), None);

        var row = await Table.GetAsync("p", "k", None);
        row.ShouldNotBeNull();
        row.ETag.ShouldNotBeNullOrEmpty();
        row.ETag.ShouldBe(etag);
        row.Text("Name").ShouldBe("one");
    }

    [SkippableFact]
    public async Task An_Insert_Leaves_The_Row_That_Is_There()
    {
        var etag = await Table.InsertAsync(Thing("k", "first"), None);
        (await Table.InsertAsync(Thing("k", "second"), None)).ShouldBeNull();

        var row = await Table.GetAsync("p", "k", None);
        row!.Text("Name").ShouldBe("first");
        row.ETag.ShouldBe(etag);
    }

    [SkippableFact]
    public async Task A_Replace_Takes_The_Place_Of_All_Columns()
    {
        await Table.InsertAsync(Thing("k", "one").Set("Old", 1), None);
        var read = await Table.GetAsync("p", "k", None);

        var etag = await Table.ReplaceAsync(new Row("p", "k", read!.ETag).Set("Name", "two"), None);

        etag.ShouldNotBeNull();
        etag.ShouldNotBe(read.ETag);
        var row = await Table.GetAsync("p", "k", None);
        row!.Text("Name").ShouldBe("two");
        row.Number("Old").ShouldBeNull();
        row.ETag.ShouldBe(etag);
    }

    [SkippableFact]
    public async Task A_Replace_Or_A_Delete_Of_A_Changed_Row_Is_Refused()
    {
        var old = await Table.InsertAsync(Thing("k", "one"), None);
        await Table.UpsertAsync(Thing("k", "two"), None);

        (await Table.ReplaceAsync(Thing("k", "three", old), None)).ShouldBeNull();
        (await Table.DeleteAsync("p", "k", old, None)).ShouldBeFalse();
        (await Table.GetAsync("p", "k", None))!.Text("Name").ShouldBe("two");
    }

    [SkippableFact]
    public async Task A_Replace_Or_A_Delete_Of_A_Row_That_Is_Gone_Is_Refused()
    {
        var old = await Table.InsertAsync(Thing("k", "one"), None);
        (await Table.DeleteAsync("p", "k", old, None)).ShouldBeTrue();

        (await Table.ReplaceAsync(Thing("k", "two", old), None)).ShouldBeNull();
        (await Table.DeleteAsync("p", "k", old, None)).ShouldBeFalse();
        (await Table.GetAsync("p", "k", None)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task An_ETag_Of_The_Row_Before_Is_Not_That_Of_The_Same_Row_Made_Again()
    {
        var old = await Table.InsertAsync(Thing("k", "same"), None);
        await Table.DeleteAsync("p", "k", null, None);
        await Table.InsertAsync(Thing("k", "same"), None);

        (await Table.ReplaceAsync(Thing("k", "other", old), None)).ShouldBeNull();
        (await Table.DeleteAsync("p", "k", old, None)).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task Writing_The_Same_Again_Gives_Another_ETag()
    {
        var first = await Table.UpsertAsync(Thing("k", "same"), None);
        var second = await Table.UpsertAsync(Thing("k", "same"), None);
        second.ShouldNotBe(first);
    }

    [SkippableFact]
    public async Task An_Upsert_Takes_The_Place_Of_All_Columns()
    {
        await Table.UpsertAsync(Thing("k", "one").Set("Old", 1), None);
        var etag = await Table.UpsertAsync(Thing("k", "two"), None);

        var row = await Table.GetAsync("p", "k", None);
        row!.Columns.Count.ShouldBe(1);
        row.Text("Name").ShouldBe("two");
        row.ETag.ShouldBe(etag);
    }

    [SkippableFact]
    public async Task A_Replace_Without_ETag_Is_A_Mistake_Of_The_Caller() =>
        await Should.ThrowAsync<ArgumentException>(async () => await Table.ReplaceAsync(Thing("k", "one"), None));

    [SkippableFact]
    public async Task Keys_That_Break_The_Rule_Are_Refused()
    {
        foreach (var key in new[] { "", " ", "a/b", "a b", "é", "a\0b", "a#b", new string('k', 257) })
        {
            Should.Throw<ArgumentException>(() => new Row("p", key));
            Should.Throw<ArgumentException>(() => new Row(key, "k"));
            await Should.ThrowAsync<ArgumentException>(async () => await Table.GetAsync("p", key, None));
            await Should.ThrowAsync<ArgumentException>(async () => await Table.DeleteAsync(key, "k", null, None));
            await Should.ThrowAsync<ArgumentException>(async () => await Table.QueryAsync(new RowRange(key), None));
        }
    }

    [SkippableFact]
    public async Task Keys_At_The_Limits_Of_The_Rule_Are_Kept_As_They_Are()
    {
        const string all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.|~-";
        string[] keys =
            [.. all.Select(c => c.ToString()), all, new string('~', 256), new string('.', 256), "..", "--", "a", "A"];
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            (await Table.InsertAsync(new Row(key, key).Set("Name", key), None)).ShouldNotBeNull($"key {key}");
        }

        foreach (var key in keys)
        {
            (await Table.GetAsync(key, key, None))!.Text("Name").ShouldBe(key);
            (await Table.QueryAsync(new RowRange(key), None)).Rows.Single().Key.ShouldBe(key);
        }
    }

    [SkippableFact]
    public async Task Rows_Come_In_The_Order_Of_The_Characters_Of_Their_Keys()
    {
        string[] keys =
            ["b", "a", "B", "A", "0", "9", "~", "_", "|", "-", ".", "a~", "a.", "a-", "aa", "aB", "a~b", "a0"];
        foreach (var key in keys)
        {
            await Table.InsertAsync(Thing(key, key), None);
        }

        var read = await Table.QueryAsync(new RowRange("p"), None);
        read.Rows.Select(r => r.Key).ShouldBe(keys.Order(StringComparer.Ordinal));
        read.Rows.ShouldAllBe(r => r.Text("Name") == r.Key && r.ETag != null && r.Partition == "p");
    }

    [SkippableFact]
    public async Task A_Range_Has_Its_First_Key_And_Not_Its_Last()
    {
        await Fill(["a", "b", "b~1", "b~2", "bb", "c"]);

        (await Keys_Of(new RowRange("p") { From = "b", Before = "c" }))
            .ShouldBe(["b", "b~1", "b~2", "bb"], ignoreOrder: true);
        (await Keys_Of(new RowRange("p") { From = "bb" })).ShouldBe(["bb", "b~1", "b~2", "c"], ignoreOrder: true);
        (await Keys_Of(new RowRange("p") { Before = "b" })).ShouldBe(["a"]);
        (await Keys_Of(new RowRange("p") { From = "c", Before = "b" })).ShouldBeEmpty();
        (await Keys_Of(new RowRange("other"))).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Prefix_Finds_All_That_Begin_So_And_No_More()
    {
        await Fill(["a", "a~", "a~1", "a~~", "a~z", "a|", "b", "ab"]);

        (await Keys_Of(RowRange.Prefix("p", "a~"))).ShouldBe(["a~", "a~1", "a~z", "a~~"]);
        (await Keys_Of(RowRange.Prefix("p", ""))).Count.ShouldBe(8);
        (await Keys_Of(RowRange.Prefix("p", "x"))).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(1000)]
    public async Task Pages_Follow_Each_Other_Without_Gap_Or_Repetition(int take)
    {
        var keys = Enumerable.Range(0, 25).Select(i => $"k{i:D3}").ToArray();
        await Fill([.. keys, "l"]);

        (await Keys_Of(RowRange.Prefix("p", "k") with { Take = take })).ShouldBe(keys);
    }

    [SkippableFact]
    public async Task More_Than_A_Thousand_Rows_Are_Read_In_Pages()
    {
        for (var i = 0; i < 1050; i += 50)
        {
            var slice = Enumerable.Range(i, 50).Select(n => RowChange.Insert(Thing($"{n:D5}", "x"))).ToList();
            (await Table.BatchAsync(slice, None)).ShouldBeTrue();
        }

        var first = await Table.QueryAsync(new RowRange("p"), None);
        first.Rows.Count.ShouldBeLessThanOrEqualTo(1000);
        first.Next.ShouldNotBeNull();
        (await Keys_Of(new RowRange("p"))).Count.ShouldBe(1050);
    }

    [SkippableFact]
    public async Task A_Page_Goes_On_Where_It_Ended_Though_Rows_Came_And_Went()
    {
        await Fill(["a", "b", "c", "d"]);
        var range = new RowRange("p") { Take = 2 };
        var first = await Table.QueryAsync(range, None);
        await Table.DeleteAsync("p", "b", null, None);
        await Fill(["a1", "c1"]);

        var rest = await Keys_Of(range with { Next = first.Next });
        rest.ShouldBe(["c", "c1", "d"]);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_Page_Of_No_Rows_Or_Of_Too_Many_Is_Refused(int take) =>
        await Should.ThrowAsync<ArgumentException>(
            async () => await Table.QueryAsync(new RowRange("p") { Take = take }, None));

    [SkippableTheory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("%%%")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    public async Task A_Token_That_Is_None_Is_Refused(string token)
    {
        await Fill(["a", "b"]);
        await Should.ThrowAsync<ArgumentException>(
            async () => await Table.QueryAsync(new RowRange("p") { Next = token }, None));
    }

    [SkippableFact]
    public async Task A_Token_Of_Another_Query_Is_Refused()
    {
        await Fill(["a", "b", "c"]);
        var page = await Table.QueryAsync(new RowRange("p") { Take = 1 }, None);
        page.Next.ShouldNotBeNull();
        await Should.ThrowAsync<ArgumentException>(
            async () => await Table.QueryAsync(new RowRange("q") { Next = page.Next }, None));
        await Should.ThrowAsync<ArgumentException>(
            async () => await Table.QueryAsync(new RowRange("p") { From = "b", Next = page.Next }, None));
        var anotherEnd = new RowRange("p") { Before = "c", Next = page.Next };
        await Should.ThrowAsync<ArgumentException>(async () => await Table.QueryAsync(anotherEnd, None));
        var anotherFilter = new RowRange("p") { Where = [new("a", "Name")], Next = page.Next };
        await Should.ThrowAsync<ArgumentException>(async () => await Table.QueryAsync(anotherFilter, None));
        await Fill(["d"]);
        await Table.UpsertAsync(Thing("d", "a"), None);
        var filtered = await Table.QueryAsync(anotherFilter with { Next = null, Take = 1 }, None);
        var withoutFilter = new RowRange("p") { Next = filtered.Next.ShouldNotBeNull() };
        await Should.ThrowAsync<ArgumentException>(async () => await Table.QueryAsync(withoutFilter, None));
    }

    [SkippableFact]
    public async Task Of_A_Range_Those_Rows_Come_That_Hold_What_Is_Asked()
    {
        await Table.InsertAsync(Thing("a", "O'Neill 😀").Set("Other", "x"), None);
        await Table.InsertAsync(Thing("b", "y").Set("Other", "O'Neill 😀"), None);
        await Table.InsertAsync(Thing("c", "O'Neill 😀"), None);
        await Table.InsertAsync(new Row("p", "d").Set("Other", "x"), None);
        await Table.InsertAsync(new Row("q", "a").Set("Name", "O'Neill 😀"), None);

        (await KeysAsync(new ColumnValue("O'Neill 😀", "Name"))).ShouldBe("ac");
        (await KeysAsync(new ColumnValue("O'Neill 😀", "Name", "Other"))).ShouldBe("abc");
        (await KeysAsync(new ColumnValue("O'Neill 😀", "Name", "Other"), new ColumnValue("x", "Other"))).ShouldBe("a");
        (await KeysAsync(new ColumnValue("o'neill 😀", "Name"))).ShouldBe("");
        (await KeysAsync(new ColumnValue("x", "NoColumn"))).ShouldBe("");
        (await KeysAsync(new ColumnValue("' or Name ne '", "Name"))).ShouldBe("");

        async Task<string> KeysAsync(params IReadOnlyList<ColumnValue> where) => string.Concat(
            (await Table.ReadAsync(new RowRange("p") { Where = where }, None)).Select(row => row.Key));
    }

    [SkippableFact]
    public async Task What_Looks_Through_A_Part_Says_Where_It_Goes_On_Or_Has_Looked_Through_All()
    {
        await Task.WhenAll(Enumerable.Range(0, 120).Select(
            async i => await Table.InsertAsync(Thing($"{i:D3}", i % 40 == 39 ? "wanted" : "other"), None)));
        var range = new RowRange("p") { Where = [new("wanted", "Name")], Look = 25, Take = 10 };

        var keys = new List<string>();
        var parts = 0;
        while (true)
        {
            var page = await Table.QueryAsync(range, None);
            keys.AddRange(page.Rows.Select(row => row.Key));
            parts++;
            if (page.GoesOnAt is null)
            {
                page.Next.ShouldBeNull();
                break;
            }

            page.Next.ShouldNotBeNull();
            range = range with { From = page.GoesOnAt };
        }

        keys.ShouldBe(["039", "079", "119"]);
        // The table service bounds a query by its time.
        parts.ShouldBeOneOf(1, 5);
        var full = await Table.QueryAsync(range with { From = null, Look = 100, Take = 1 }, None);
        (full.Rows.Single().Key, full.GoesOnAt).ShouldBe(("039", null), "a full page goes on by itself");
        (await Table.QueryAsync(new RowRange("p") { Look = 5 }, None)).Rows.Count.ShouldBe(120, "nothing is looked for");
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Pages_Of_What_Is_Asked_Follow_Each_Other_Without_Gap_Or_Repetition(int take)
    {
        await Task.WhenAll(Enumerable.Range(0, 120).Select(
            async i => await Table.InsertAsync(Thing($"{i:D3}", i % 4 == 0 ? "wanted" : "other"), None)));
        var range = new RowRange("p") { From = "008", Before = "100", Where = [new("wanted", "Name")], Take = take };

        var keys = new List<string>();
        do
        {
            var page = await Table.QueryAsync(range, None);
            page.Rows.Count.ShouldBeLessThanOrEqualTo(take);
            keys.AddRange(page.Rows.Select(row => row.Key));
            range = range with { Next = page.Next };
        }
        while (range.Next is not null);

        keys.ShouldBe(Enumerable.Range(2, 23).Select(i => $"{4 * i:D3}"));
    }

    [SkippableFact]
    public async Task A_Filter_That_Names_No_Column_Is_Refused()
    {
        foreach (var where in new ColumnValue[] { new("x"), new("x", ""), new("x", "Name' or '"), new("x", "Name", "1") })
        {
            await Should.ThrowAsync<ArgumentException>(
                async () => await Table.QueryAsync(new RowRange("p") { Where = [where] }, None));
        }
    }

    [SkippableFact]
    public async Task Rows_And_Then_A_Change_Are_Stored()
    {
        await Fill(["there"]);

        var inserted = await StoreAfterAsync(
            RowChange.Insert(Thing("record", "one")), Thing("there", "changed"), Thing("new", "new"));
        (await Table.GetAsync("p", "record", None))!.ETag.ShouldBe(inserted.ShouldNotBeNull());
        (await NameOf("there")).ShouldBe("changed");
        (await NameOf("new")).ShouldBe("new");

        var replaced = await StoreAfterAsync(RowChange.Replace(Thing("record", "two", inserted)));
        (await Table.GetAsync("p", "record", None))!.ETag.ShouldBe(replaced.ShouldNotBeNull());
        (await StoreAfterAsync(RowChange.Upsert(Thing("record", "three")))).ShouldNotBeNull();
        (await NameOf("record")).ShouldBe("three");
    }

    [SkippableFact]
    public async Task If_The_Change_Is_Refused_The_Rows_Before_It_Stay_Stored()
    {
        await Fill(["record"]);

        (await StoreAfterAsync(RowChange.Insert(Thing("record", "two")), Thing("a", "a"))).ShouldBeNull();
        (await StoreAfterAsync(RowChange.Replace(Thing("gone", "two", "1")), Thing("b", "b"))).ShouldBeNull();

        (await NameOf("record")).ShouldBe("record");
        (await NameOf("gone")).ShouldBeNull();
        (await NameOf("a")).ShouldBe("a");
        (await NameOf("b")).ShouldBe("b");
        await Should.ThrowAsync<ArgumentException>(() => StoreAfterAsync(RowChange.Delete(Thing("record", ""))));
    }

    [SkippableFact]
    public async Task A_Batch_Does_All_Its_Changes()
    {
        await Fill(["gone", "gone2", "changed"]);
        var changed = (await Table.GetAsync("p", "changed", None))!;
        var gone = (await Table.GetAsync("p", "gone", None))!;

        (await Table.BatchAsync(
            [
                RowChange.Insert(Thing("new", "new")),
                RowChange.Replace(Thing("changed", "changed now", changed.ETag)),
                RowChange.Upsert(Thing("upserted", "upserted")),
                RowChange.Delete(Thing("gone", "", gone.ETag)),
                RowChange.Delete(Thing("gone2", "")),
                RowChange.Delete(Thing("never-there", "")),
            ],
            None)).ShouldBeTrue();

        (await Keys_Of(new RowRange("p"))).ShouldBe(["changed", "new", "upserted"]);
        (await Table.GetAsync("p", "changed", None))!.Text("Name").ShouldBe("changed now");
    }

    public static TheoryData<string> Refusals =>
        ["insert", "replace changed", "replace gone", "delete changed", "delete gone"];

    [SkippableTheory]
    [MemberData(nameof(Refusals))]
    public async Task A_Refused_Change_Leaves_Nothing_Of_Its_Batch(string refused)
    {
        await Fill(["there", "changed", "gone"]);
        var (changed, gone) =
            ((await Table.GetAsync("p", "changed", None))!.ETag!, (await Table.GetAsync("p", "gone", None))!.ETag!);
        await Table.UpsertAsync(Thing("changed", "changed meanwhile"), None);
        await Table.DeleteAsync("p", "gone", null, None);

        var change = refused switch
        {
            "insert" => RowChange.Insert(Thing("there", "again")),
            "replace changed" => RowChange.Replace(Thing("changed", "x", changed)),
            "replace gone" => RowChange.Replace(Thing("gone", "x", gone)),
            "delete changed" => RowChange.Delete(Thing("changed", "", changed)),
            _ => RowChange.Delete(Thing("gone", "", gone)),
        };
        var done = await Table.BatchAsync(
            [RowChange.Upsert(Thing("before", "x")), change, RowChange.Upsert(Thing("zafter", "x"))], None);

        done.ShouldBeFalse();
        (await Keys_Of(new RowRange("p"))).ShouldBe(["changed", "there"]);
        (await Table.GetAsync("p", "changed", None))!.Text("Name").ShouldBe("changed meanwhile");
        (await Table.GetAsync("p", "there", None))!.Text("Name").ShouldBe("there");
    }

    [SkippableFact]
    public async Task A_Batch_Takes_One_To_A_Hundred_Changes()
    {
        var hundred = Enumerable.Range(0, 100).Select(i => RowChange.Insert(Thing($"{i:D3}", "x"))).ToList();
        (await Table.BatchAsync(hundred, None)).ShouldBeTrue();
        (await Keys_Of(new RowRange("p"))).Count.ShouldBe(100);

        await Should.ThrowAsync<ArgumentException>(async () => await Table.BatchAsync([], None));
        await Should.ThrowAsync<ArgumentException>(
            async () => await Table.BatchAsync([.. hundred, RowChange.Upsert(Thing("more", "x"))], None));
    }

    [SkippableFact]
    public async Task A_Batch_That_Breaks_The_Rules_Changes_Nothing()
    {
        var ok = RowChange.Upsert(Thing("a", "x"));
        await Should.ThrowAsync<ArgumentException>(
            async () => await Table.BatchAsync([ok, RowChange.Upsert(new Row("other", "b"))], None));
        await Should.ThrowAsync<ArgumentException>(
            async () => await Table.BatchAsync([ok, RowChange.Delete(Thing("a", "x"))], None));
        await Should.ThrowAsync<ArgumentException>(
            async () => await Table.BatchAsync([ok, RowChange.Replace(Thing("b", "x"))], None));
        (await Table.GetAsync("p", "a", None)).ShouldBeNull();
    }

    public static TheoryData<string> OddTexts =>
    [
        "", " ", "  both ends  ", "'", "\"", "''; DROP TABLE things; --", "\\", "\\u0000", "{\"time\":\"x\"}", "<b>&amp;</b>", "null",
        "\0", "a\0b", "\u0001\u001f\u007f", "\r\n\t", "José Ñandú", "日本語", "👩‍👩‍👧‍👦 🇨🇷", "\ufeffbom", "\u2028\u2029", "e\u0301", "\uffff\ufffe\ufffd", "עברית",
    ];

    [SkippableTheory]
    [MemberData(nameof(OddTexts))]
    public async Task An_Odd_Text_Is_Read_As_It_Was_Written(string text)
    {
        await Table.InsertAsync(new Row("p", "k").Set("Text", text), None);
        (await Table.GetAsync("p", "k", None))!.Text("Text").ShouldBe(text);
        (await Table.QueryAsync(new RowRange("p"), None)).Rows.Single().Text("Text").ShouldBe(text);
    }

    [SkippableFact]
    public async Task A_Column_Holds_Text_Up_To_Its_Limit()
    {
        foreach (var text in new[] { new string('x', Row.MaxTextLength), new string('€', Row.MaxTextLength), string.Concat(Enumerable.Repeat("😀", Row.MaxTextLength / 2)) })
        {
            await Table.UpsertAsync(new Row("p", "k").Set("Text", text), None);
            (await Table.GetAsync("p", "k", None))!.Text("Text").ShouldBe(text);
        }

        Should.Throw<ArgumentException>(() => new Row("p", "k").Set("Text", new string('x', Row.MaxTextLength + 1)));
    }

    [SkippableFact]
    public void Half_Of_A_Surrogate_Pair_Is_Refused()
    {
        // Not a theory: test cases travel as UTF-8, which can't hold these.
        foreach (var text in new[] { "\ud83d", "\ude00", "a\ud83db", "\ude00\ud83d", "😀\ud83d" })
        {
            Should.Throw<ArgumentException>(() => new Row("p", "k").Set("Text", text));
        }
    }

    [SkippableFact]
    public async Task Numbers_Booleans_And_Absent_Values_Keep_Their_Kind()
    {
        await Table.InsertAsync(
            new Row("p", "k").Set("Least", long.MinValue).Set("Most", long.MaxValue).Set("Zero", 0)
                .Set("Yes", value: true).Set("No", value: false)
                .Set("Digits", "007").Set("Nothing", (string?)null),
            None);

        var row = (await Table.GetAsync("p", "k", None))!;
        row.Number("Least").ShouldBe(long.MinValue);
        row.Number("Most").ShouldBe(long.MaxValue);
        row.Number("Zero").ShouldBe(0);
        row.Columns["Yes"].ShouldBe(true);
        row.Columns["No"].ShouldBe(false);
        row.Text("Digits").ShouldBe("007");
        row.Columns.ContainsKey("Nothing").ShouldBeFalse();
    }

    [SkippableTheory]
    [InlineData("1601-01-01T00:00:00.0000000+00:00")]
    [InlineData("1899-12-31T23:59:59.9999999+00:00")]
    [InlineData("1970-01-01T00:00:00.0000000+00:00")]
    [InlineData("2026-02-28T18:30:15.1234567-06:00")]
    [InlineData("9999-12-31T23:59:59.9999999+00:00")]
    public async Task An_Instant_Is_Kept_To_Its_Last_Digit_And_In_Utc(string text)
    {
        var time = DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);
        await Table.InsertAsync(new Row("p", "k").Set("At", time), None);

        var read = (await Table.GetAsync("p", "k", None))!.Time("At");
        read.ShouldBe(time);
        read!.Value.Offset.ShouldBe(TimeSpan.Zero);
    }

    [SkippableFact]
    public void An_Instant_Before_1601_Is_Refused() =>
        Should.Throw<ArgumentException>(
            () => new Row("p", "k").Set("At", new DateTimeOffset(1600, 12, 31, 23, 59, 59, TimeSpan.Zero)));

    [SkippableFact]
    public async Task A_Row_Holds_As_Many_Columns_As_The_Rule_Says()
    {
        var row = new Row("p", "k");
        for (var i = 0; i < Row.MaxColumns; i++)
        {
            row.Set(i == 0 ? new string('c', 64) : $"Column{i}", i);
        }

        await Table.InsertAsync(row, None);
        (await Table.GetAsync("p", "k", None))!.Columns.Count.ShouldBe(Row.MaxColumns);
        Should.Throw<ArgumentException>(() => row.Set("OneMore", 1));
        row.Columns.Count.ShouldBe(Row.MaxColumns);
    }

    [SkippableFact]
    public async Task A_Row_And_A_Batch_Have_A_Largest_Size()
    {
        var row = new Row("p", "large");
        for (var i = 0; i < 15; i++)
        {
            row.Set($"Text{i}", new string('€', Row.MaxTextLength));
        }

        Should.Throw<ArgumentException>(() => row.Set("Text15", new string('€', Row.MaxTextLength)));
        row.Columns.Count.ShouldBe(15);
        row.Set("Text0", "short").Set("Text15", new string('€', Row.MaxTextLength));

        await Table.InsertAsync(row, None);
        (await Table.GetAsync("p", "large", None))!.Size.ShouldBe(row.Size);

        Row Copy(string key) =>
            row.Columns.Aggregate(new Row("p", key), (copy, column) => copy.Set(column.Key, (string)column.Value));
        Row Part(string key, int columns) => row.Columns.Take(columns)
            .Aggregate(new Row("p", key), (copy, column) => copy.Set(column.Key, (string)column.Value));
        var rest = Enumerable.Range(0, 98).Select(i => RowChange.Upsert(Thing($"{i}", new string('€', 500)))).ToList();
        (await Table.BatchAsync([RowChange.Insert(Copy("a")), RowChange.Insert(Part("b", 3)), .. rest], None))
            .ShouldBeTrue();
        await Should.ThrowAsync<ArgumentException>(
            async () => await Table.BatchAsync([RowChange.Upsert(Copy("a")), RowChange.Upsert(Copy("b"))], None));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a b")]
    [InlineData("ñ")]
    [InlineData("RowKey")]
    [InlineData("Timestamp")]
    [InlineData("WriteMark")]
    public void A_Column_Name_That_Breaks_The_Rule_Is_Refused(string name) =>
        Should.Throw<ArgumentException>(() => new Row("p", "k").Set(name, 1));

    [SkippableFact]
    public async Task A_Row_Without_Columns_Is_A_Row()
    {
        await Table.InsertAsync(new Row("p", "k"), None);
        (await Table.GetAsync("p", "k", None))!.Columns.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Scan_Goes_Over_All_Partitions_In_Order_Page_By_Page()
    {
        var rows = new List<(string, string)>();
        foreach (var partition in new[] { "A", "a", "a~b", "b", "one" })
        {
            for (var i = 0; i < (partition == "one" ? 1 : 5); i++)
            {
                await Table.InsertAsync(new Row(partition, $"k{i}").Set("Name", $"{partition} {i}"), None);
                rows.Add((partition, $"k{i}"));
            }
        }

        foreach (var take in new[] { 1, 2, 5, 7, 21, 1000 })
        {
            var scanned = new List<Row>();
            IReadOnlyList<Row> page;
            do
            {
                page = await Table.ScanAsync(scanned.Count == 0 ? null : RowKey.Of(scanned[^1]), take, None);
                page.Count.ShouldBeLessThanOrEqualTo(take);
                scanned.AddRange(page);
            }
            while (page.Count == take);

            scanned.Select(row => (row.Partition, row.Key)).ShouldBe(rows, $"{take} at a time");
            scanned.ShouldAllBe(
                row => row.ETag != null && row.Text("Name") == $"{row.Partition} {row.Key.Substring(1)}");
        }
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_Scan_Takes_As_Many_Rows_As_A_Page_Holds(int take) =>
        await Should.ThrowAsync<ArgumentException>(async () => await Table.ScanAsync(null, take, None));

    [SkippableFact]
    public async Task Concurrent_Increments_By_ETag_Lose_None()
    {
        await Table.InsertAsync(new Row("p", "counter").Set("Count", 0), None);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
            {
                var row = (await Table.GetAsync("p", "counter", None))!;
                done += await Table.ReplaceAsync(row.Set("Count", row.Number("Count") + 1), None) is null ? 0 : 1;
            }
        })));

        (await Table.GetAsync("p", "counter", None))!.Number("Count").ShouldBe(80);
    }

    [SkippableFact]
    public async Task A_Race_Of_Inserts_Has_One_Winner()
    {
        var etags = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            i => Task.Run(async () => await Table.InsertAsync(Thing("k", $"{i}"), None))));

        var winner = etags.Index().Single(e => e.Item is not null);
        var row = (await Table.GetAsync("p", "k", None))!;
        row.ETag.ShouldBe(winner.Item);
        row.Text("Name").ShouldBe($"{winner.Index}");
    }

    private static Row Thing(string key, string name, string? etag = null) => new Row("p", key, etag).Set("Name", name);

    private async Task Fill(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            (await Table.InsertAsync(Thing(key, key), None)).ShouldNotBeNull();
        }
    }

    [SkippableFact]
    public async Task Many_Records_Are_Stored_With_The_Rows_That_Lead_To_Them()
    {
        var (name, tables) = (_storage.TableName, _storage.Tables);
        await Table.InsertAsync(new Row("record-7", "r").Set("Name", "before"), None);
        NewRecord[] records =
        [
            .. Enumerable.Range(0, 260).Select(i => new NewRecord(
                name,
                () => new Row($"record-{i}", "r").Set("Name", $"{i}"),
                [new IndexRow(name, new Row("index", $"i{i:D3}").Set("Of", i)), new IndexRow(name, new Row($"own-{i}", "i"))])),
        ];

        await tables.InsertManyAsync(records, None);
        await tables.InsertManyAsync(records, None);
        await tables.InsertManyAsync([], None);

        var index = await Table.ReadAsync(new RowRange("index"), None);
        index.Select(row => row.Number("Of")).ShouldBe(Enumerable.Range(0, 260).Select(i => (long?)i));
        (await Table.GetAsync("record-259", "r", None))!.Text("Name").ShouldBe("259");
        (await Table.GetAsync("own-0", "i", None)).ShouldNotBeNull();
        (await Table.GetAsync("record-7", "r", None))!.Text("Name").ShouldBe("before", "one that is there stays");
    }

    private Task<string?> StoreAfterAsync(RowChange change, params IEnumerable<Row> first) =>
        _storage.Tables.StoreAfterAsync(
            [.. first.Select(row => new IndexRow(_storage.TableName, row))], _storage.TableName, change, None).AsTask();

    private async Task<string?> NameOf(string key) => (await Table.GetAsync("p", key, None))?.Text("Name");

    private async Task<List<string>> Keys_Of(RowRange range)
    {
        var keys = new List<string>();
        do
        {
            var page = await Table.QueryAsync(range, None);
            page.Rows.Count.ShouldBeLessThanOrEqualTo(range.Take);
            keys.AddRange(page.Rows.Select(r => r.Key));
            range = range with { Next = page.Next };
        }
        while (range.Next is not null);

        return keys;
    }
}
