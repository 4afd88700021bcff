using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Sqlite;
using FsCheck;
using FsCheck.Fluent;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>Properties of keys, checked for many texts.</summary>
public sealed class KeysProperties
{
    /// <summary>Texts of all kinds: plain, odd, long, and differing only a little.</summary>
    private static readonly Arbitrary<string> Texts = Gen.OneOf(
        Gen.Elements('a', 'B', '0', '_', '~', '|', '.', '-', ' ', '/', '\0', '\u007f', 'é', '日', '+', '%').ArrayOf()
            .Select(c => new string(c)),
        ArbMap.Default.GeneratorFor<UnicodeString>().Select(text => text?.ToString() ?? ""),
        Gen.Choose(90, 110).SelectMany(length => Gen.Elements('a', '_', 'é').Select(c => new string(c, length))),
        Gen.Choose(0, 9).Select(last => new string('x', 400) + last)).Where(Row_Can_Hold).ToArbitrary();

    [Fact]
    public void An_Encoded_Text_Is_Part_Of_A_Valid_Key_And_Always_The_Same() => Prop.ForAll(Texts, text =>
    {
        var key = Keys.Encode(text);
        return Keys.IsValid(key) && !key.Contains(Keys.Separator, StringComparison.Ordinal) && key.Length <= 100
            && string.Equals(key, Keys.Encode(text), StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Different_Texts_Have_Different_Keys() => Prop.ForAll(Texts, Texts, (a, b) =>
        string.Equals(a, b, StringComparison.Ordinal) == string.Equals(Keys.Encode(a), Keys.Encode(b), StringComparison.Ordinal)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_Text_That_Looks_Encoded_Has_A_Key_Of_Its_Own()
    {
        string[] alike = ["_", "", "__", "_5F", "_5f", "~", "_7E", "é", "_C3_A9", "a_b", "a_5Fb", "e\u0301"];
        alike.Select(Keys.Encode).Distinct(StringComparer.Ordinal).Count().ShouldBe(alike.Length);
    }

    [Fact]
    public void The_Newest_Comes_First() => Prop.ForAll(ArbMap.Default.ArbFor<DateTimeOffset>(), ArbMap.Default.ArbFor<DateTimeOffset>(), (a, b) =>
        Math.Sign(string.CompareOrdinal(Keys.NewestFirst(a), Keys.NewestFirst(b))) == Math.Sign(b.UtcTicks.CompareTo(a.UtcTicks))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_Row_Is_The_Same_After_It_Was_Written_And_Read() => Prop.ForAll(Texts, ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<DateTimeOffset>(), (text, number, time) =>
    {
        var row = new Row("p", "k", "7").Set("Text", text).Set("Number", number).Set("Flag", number % 2 == 0);
        if (time.UtcDateTime.Year > 1601)
        {
            row.Set("Time", time);
        }

        var read = RowJson.Read("p", "k", 7, RowJson.Write(row));
        return string.Equals(read.ETag, row.ETag, StringComparison.Ordinal)
            && read.Columns.Count == row.Columns.Count
            && row.Columns.All(column => read.Columns[column.Key].Equals(column.Value));
    }).QuickCheckThrowOnFailure();

    private static bool Row_Can_Hold(string text) => Row.IsWellFormed(text);
}
