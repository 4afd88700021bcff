using System.Globalization;
using System.Reflection;
using CallMyWay.Functions.Reports;

namespace CallMyWay.Functions.Tests.Reports;

/// <summary>Sums of figures.</summary>
public sealed class FiguresTests
{
    [Fact]
    public void Each_Of_The_Figures_Is_Added()
    {
        var sum = new Figures();
        sum.Add(Filled(new Figures())).Add(Filled(new Figures()));

        // As the others are filled with 1, 2, 3 and so on, each sum is twice as much.
        NumbersOf(sum).ShouldBe(NumbersOf(Filled(new Figures())).Select(each => (each.Name, 2 * each.Value)));
    }

    [Fact]
    public void Each_Of_The_Amounts_Of_A_Currency_Is_Added()
    {
        var sum = new Figures();
        for (var i = 0; i < 2; i++)
        {
            sum.Add(new Figures { Amounts = [Filled(new Amounts { Currency = "CRC" })] });
        }

        NumbersOf(sum.Amounts.ShouldHaveSingleItem())
            .ShouldBe(NumbersOf(Filled(new Amounts { Currency = "CRC" })).Select(each => (each.Name, 2 * each.Value)));
    }

    [Theory]
    // What others paid since then can be more than what was paid before.
    [InlineData(5000, 7000, 7000)]
    [InlineData(5000, 1000, 5000)]
    [InlineData(5000, 0, 5000)]
    public void Of_Promises_No_Less_Is_Paid_Than_Before(int before, int now, int paid)
    {
        var figures = PaidOf(now);

        figures.KeepPayments(PaidOf(before));

        (figures.PromisesKept, figures.Amounts!.Single().Paid).ShouldBe((paid, (decimal)paid));

        static Figures PaidOf(int amount) => new()
        {
            PromisesKept = amount,
            Amounts = amount == 0 ? null : [new Amounts { Currency = "CRC", Paid = amount }],
        };
    }

    private static T Filled<T>(T what)
        where T : class
    {
        foreach (var (property, index) in PropertiesOf<T>().Select((property, index) => (property, index)))
        {
            property.SetValue(
                what, Convert.ChangeType(index + 1, property.PropertyType, CultureInfo.InvariantCulture));
        }

        return what;
    }

    private static IReadOnlyList<(string Name, decimal Value)> NumbersOf<T>(T what) =>
    [
        .. PropertiesOf<T>().Select(property => (property.Name, Convert.ToDecimal(
            property.GetValue(what), CultureInfo.InvariantCulture))),
    ];

    private static IEnumerable<PropertyInfo> PropertiesOf<T>() => typeof(T).GetProperties().Where(property =>
        property.CanWrite && property.PropertyType.IsValueType);
}
