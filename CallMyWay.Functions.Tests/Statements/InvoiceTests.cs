using CallMyWay.Functions.Statements;

namespace CallMyWay.Functions.Tests.Statements;

/// <summary>How an invoice differs from what records add up to.</summary>
public sealed class InvoiceTests
{
    [Theory]
    [InlineData("409.31", "409.3084", "0")]
    [InlineData("0.13", "0.125", "0")]
    [InlineData("105.00", "105", "0")]
    [InlineData("155.14", "409.3084", "-254.1684")]
    [InlineData("409.32", "409.3084", "0.0116")]
    // Who tells it with parts of a cent means them.
    [InlineData("409.3084", "409.3084", "0")]
    [InlineData("409.3101", "409.3084", "0.0017")]
    public void It_Is_In_Cents(string total, string ours, string difference) =>
        new Invoice("8000001", new DateOnly(2026, 3, 1), Money(total), default, "admin").Less(Money(ours))
            .ShouldBe(Money(difference));

    private static decimal Money(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
